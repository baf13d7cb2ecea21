// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The fields of one entry. Texts must be texts: YAML reads NO as a truth value and 1.10 as a
 * number, so such values are refused rather than guessed at.
 */
public final class Fields {

  private final Map<?, ?> values;

  /** What leads from the entry to these fields: empty for those of the entry itself. */
  private final List<Object> path;

  Fields(Map<?, ?> values) {
    this(values, List.of());
  }

  private Fields(Map<?, ?> values, List<Object> path) {
    this.values = values;
    this.path = path;
  }

  /** Makes something of a text. */
  public interface TextReader<T> {

    /**
     * Makes it.
     *
     * @throws Unusable where the text can't be used
     */
    T read(String text) throws Unusable;
  }

  /**
   * Refuses fields of other names, which are misspelt at best.
   *
   * @throws Unusable where there is any
   */
  public void requireOnly(Set<String> names) throws Unusable {
    for (Object name : values.keySet()) {
      if (!names.contains(String.valueOf(name))) {
        throw new Unusable(
            "'" + name + "' is none of " + names.stream().sorted().toList(), to(name));
      }
    }
  }

  /**
   * A text without the white space around it; empty where the field is missing.
   *
   * @throws Unusable where it is no text
   */
  public Optional<String> text(String name) throws Unusable {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      throw new Unusable(
          value instanceof Map || value instanceof List
              ? "'" + name + "' is no text"
              : "'" + name + "' is '" + value + "' to YAML, which is no text; quote it",
          to(name));
    }
    return Optional.of(text.strip());
  }

  /**
   * A list of texts, each without the white space around it; empty where the field is missing.
   *
   * @throws Unusable where it is no list, or holds anything but texts
   */
  public List<String> texts(String name) throws Unusable {
    return texts(name, text -> text);
  }

  /**
   * What is made of each text of a list; empty where the field is missing.
   *
   * @throws Unusable where it is no list, or holds anything but texts, or one that the reader can't
   *     use
   */
  public <T> List<T> texts(String name, TextReader<T> reader) throws Unusable {
    Object value = values.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw new Unusable("'" + name + "' is no list", to(name));
    }
    List<T> made = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      if (!(item instanceof String text) || text.isBlank()) {
        throw new Unusable(
            "'" + name + "' holds '" + item + "', which is no text; quote it", to(name, i));
      }
      try {
        made.add(reader.read(text.strip()));
      } catch (Unusable e) {
        throw new Unusable(e.getMessage(), to(name, i));
      }
    }
    return List.copyOf(made);
  }

  /**
   * A number; empty where the field is missing.
   *
   * @throws Unusable where it is none, or is not from {@code least} to {@code most}
   */
  public OptionalDouble number(String name, double least, double most) throws Unusable {
    Object value = values.get(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (!(value instanceof Number number)) {
      throw new Unusable("'" + name + "' is '" + value + "', which is no number", to(name));
    }
    double given = number.doubleValue();
    if (!(given >= least && given <= most)) {
      throw new Unusable(
          "'" + name + "' is " + given + ", not from " + least + " to " + most, to(name));
    }
    return OptionalDouble.of(given);
  }

  /**
   * Whether a field is true; false where it is missing.
   *
   * @throws Unusable where it is neither true nor false
   */
  public boolean flag(String name) throws Unusable {
    Object value = values.get(name);
    if (value == null) {
      return false;
    }
    if (!(value instanceof Boolean flag)) {
      throw new Unusable(
          "'" + name + "' is '" + value + "', which is neither true nor false", to(name));
    }
    return flag;
  }

  /**
   * The entries of a mapping, each with fields of its own; empty where the field is missing.
   *
   * @throws Unusable where it is no mapping of names to mappings
   */
  public Map<String, Fields> entries(String name) throws Unusable {
    Object value = values.get(name);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new Unusable("'" + name + "' is no mapping of names to values", to(name));
    }
    Map<String, Fields> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key) || !(entry.getValue() instanceof Map<?, ?> own)) {
        throw new Unusable(
            "'" + name + "' holds '" + entry.getKey() + "', which is no mapping; quote its name",
            to(name, entry.getKey()));
      }
      entries.put(key, new Fields(own, to(name, key)));
    }
    return entries;
  }

  private List<Object> to(Object... steps) {
    List<Object> whole = new ArrayList<>(path);
    whole.addAll(List.of(steps));
    return List.copyOf(whole);
  }
}
