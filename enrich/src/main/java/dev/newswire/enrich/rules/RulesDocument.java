// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A kind of document: one list of entries, each with fields, of which one is the entry's name.
 *
 * @param list name of the list
 * @param entry what an entry is called where it has no name
 * @param name the field that is an entry's name
 */
public record RulesDocument(String list, String entry, String name) {

  private static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;
  private static final int DEEPEST = 20;

  /** Takes one entry. */
  public interface Reader {

    /**
     * Takes it.
     *
     * @throws Unusable where it can't be used
     */
    void read(String name, Fields fields) throws Unusable;
  }

  /**
   * Reads a document.
   *
   * @return what can't be used; empty where everything can
   */
  public List<Fault> read(String yaml, Reader reader) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST_DOCUMENT);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(false);
    try {
      Object document = new Yaml(new SafeConstructor(options)).load(yaml);
      if (document instanceof Map<?, ?> map && map.get(list) instanceof List<?> entries) {
        Found found = read(entries, reader);
        return found.isEmpty() ? List.of() : found.faults(new Lines(yaml, options));
      }
      return List.of(new Fault("document", 0, "it has no list named '" + list + "'"));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      return List.of(new Fault("document", line, "it is no YAML: " + oneLine(e.getMessage())));
    } catch (YAMLException | StackOverflowError e) {
      return List.of(new Fault("document", 0, "it is no YAML: " + oneLine(e.getMessage())));
    }
  }

  /** What is wrong, with the way that leads to it. */
  private final class Found {

    private final List<Fault> faults = new ArrayList<>();
    private final List<List<Object>> paths = new ArrayList<>();

    void add(String where, String reason, int index, List<Object> path) {
      faults.add(new Fault(where, 0, reason));
      List<Object> whole = new ArrayList<>(List.of(list, index));
      whole.addAll(path);
      paths.add(whole);
    }

    boolean isEmpty() {
      return faults.isEmpty();
    }

    List<Fault> faults(Lines lines) {
      List<Fault> placed = new ArrayList<>();
      for (int i = 0; i < faults.size(); i++) {
        Fault fault = faults.get(i);
        placed.add(new Fault(fault.where(), lines.of(paths.get(i)), fault.reason()));
      }
      return List.copyOf(placed);
    }
  }

  private Found read(List<?> entries, Reader reader) {
    Found found = new Found();
    for (int i = 0; i < entries.size(); i++) {
      String where = entry + " " + (i + 1);
      try {
        if (!(entries.get(i) instanceof Map<?, ?> values)) {
          throw new Unusable("it is no mapping of names to values");
        }
        Fields fields = new Fields(values);
        where =
            fields
                .text(name)
                .filter(given -> !given.isEmpty())
                .orElseThrow(() -> new Unusable("it has no " + name));
        reader.read(where, fields);
      } catch (Unusable e) {
        found.add(where, e.getMessage(), i, e.path());
      } catch (RuntimeException | StackOverflowError e) {
        // Whatever an entry provokes in a parser is that entry's fault.
        found.add(where, "it can't be read: " + oneLine(e.toString()), i, List.of());
      }
    }
    return found;
  }

  /** A message on one line, as a fault's reason is. */
  public static String oneLine(String message) {
    return message == null ? "" : message.replaceAll("\\s+", " ").strip();
  }
}
