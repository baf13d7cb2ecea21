// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training.knowledge;

import dev.newswire.enrich.entities.KnowledgeFile;
import dev.newswire.enrich.entities.KnownEntity;
import dev.newswire.schemas.EntityKind;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Builds the bundled knowledge base. Arguments: the folder of the corpora, the folder of the lists
 * kept by hand, and the file to write. The same sources give the same file, to the byte.
 */
public final class BuildKnowledgeBase {

  /** The better ones first. */
  private static final List<String> SOURCES =
      List.of(
          "rigour-territories",
          "natural-earth-places",
          "wof-places",
          "congress-legislators",
          "every-politician-scrapers",
          "everypolitician-2015",
          "partyfacts",
          "fb15k-wikidata",
          "reep-football",
          "name-suggestion-index",
          "ror");

  /** Corpora of edited text, whose lower-case words are plain words. */
  private static final List<String> EDITED = List.of("redocred", "crossner", "gum");

  /** A country with fewer politicians in the better source is taken from the older one. */
  private static final int ENOUGH = 100;

  private final Path corpora;
  private final Path lists;

  private BuildKnowledgeBase(Path corpora, Path lists) {
    this.corpora = corpora;
    this.lists = lists;
  }

  /** Builds, and prints what came of it. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException(
          "give the folder of the corpora, that of the lists, and the file to write");
    }
    BuildKnowledgeBase build = new BuildKnowledgeBase(Path.of(arguments[0]), Path.of(arguments[1]));
    Assembly assembly = build.assembly();
    List<Draft> drafts = assembly.assemble();
    Regions.locate(drafts);
    Path target = Path.of(arguments[2]);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
      List<KnownEntity> entities = drafts.stream().map(Draft::entity).toList();
      KnowledgeFile.write(
          entities, build.countryWords(drafts), countryIds(drafts), ForeignAliases.of(drafts), out);
    }
    for (EntityKind kind : EntityKind.values()) {
      System.out.printf(
          "%s: %d, with an id %d%n",
          kind,
          drafts.stream().filter(draft -> draft.kind == kind).count(),
          drafts.stream().filter(draft -> draft.kind == kind && !draft.id.isEmpty()).count());
    }
    System.out.printf(
        "%d ids given to entities of the list, %d in conflict with it, %d KB%n",
        assembly.adopted(), assembly.conflicts().size(), Files.size(target) / 1024);
    assembly.conflicts().forEach(System.out::println);
  }

  /** Puts all sources together. */
  private Assembly assembly() throws IOException {
    List<SourceRow> politicians = rows("every-politician-scrapers");
    Set<String> covered =
        politicians.stream()
            .collect(Collectors.groupingBy(SourceRow::country, Collectors.counting()))
            .entrySet()
            .stream()
            .filter(country -> country.getValue() >= ENOUGH && !country.getKey().equals("TR"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Selection selection = new Selection(plainWords(), covered);
    Assembly assembly = new Assembly();
    assembly.addCurated(CuratedList.read(lists.resolve("curated.tsv")));
    for (String source : SOURCES) {
      for (SourceRow row : rows(source)) {
        selection.take(row).ifPresent(assembly::add);
      }
    }
    return assembly;
  }

  private List<SourceRow> rows(String source) {
    return SourceRow.read(corpora.resolve("kb"), source);
  }

  /** Words that edited text writes in lower case. */
  private Set<String> plainWords() throws IOException {
    Set<String> words = new HashSet<>();
    for (String corpus : EDITED) {
      Path file = corpora.resolve("ner").resolve(corpus + ".tsv.gz");
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        reader
            .lines()
            .map(line -> line.split("\t", -1)[0])
            .filter(word -> word.matches("\\p{Ll}+"))
            .forEach(words::add);
      }
    }
    return words;
  }

  private static SortedMap<String, String> countryIds(List<Draft> drafts) {
    SortedMap<String, String> ids = new TreeMap<>();
    for (Draft draft : drafts) {
      boolean country =
          draft.isPlace() && draft.isCurated() && draft.size == Selection.SIZE_OF_A_COUNTRY;
      if (country && !draft.id.isEmpty() && !draft.country.isEmpty()) {
        ids.putIfAbsent(draft.country, draft.id);
      }
    }
    return ids;
  }

  /** Codes of countries by their names, adjectives and capitals; words of several are left out. */
  private SortedMap<String, String> countryWords(List<Draft> drafts) throws IOException {
    Map<String, Set<String>> codes = new HashMap<>();
    for (String line : Files.readAllLines(lists.resolve("demonyms.tsv"))) {
      if (!line.startsWith("#")) {
        String[] columns = line.split("\t", -1);
        for (String word : columns[1].split(",", -1)) {
          codes.computeIfAbsent(word, key -> new HashSet<>()).add(columns[0]);
        }
      }
    }
    for (Draft draft : drafts) {
      boolean country = draft.isPlace() && draft.size == Selection.SIZE_OF_A_COUNTRY;
      boolean capital = draft.role.startsWith("capital");
      if ((country || capital) && !draft.country.isEmpty()) {
        for (String name : draft.names) {
          codes.computeIfAbsent(name, key -> new HashSet<>()).add(draft.country);
        }
      }
    }
    List<String> ambiguous = new ArrayList<>(List.of("Georgia", "Jordan", "Chad", "Washington"));
    SortedMap<String, String> words = new TreeMap<>();
    codes.forEach(
        (word, ofWord) -> {
          if (ofWord.size() == 1 && !ambiguous.contains(word)) {
            words.put(word, ofWord.iterator().next());
          }
        });
    return words;
  }
}
