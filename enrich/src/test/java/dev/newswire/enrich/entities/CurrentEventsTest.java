// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Links the names in items of Wikipedia's current events of 2025, which link them to articles. A
 * title's id and kind are those of the one entity of the knowledge base's sources that has it as
 * its label; titles of several are not counted.
 */
class CurrentEventsTest {

  private static final Path CORPORA = Path.of("../../shared/corpora");

  private static final KnowledgeBase BASE = KnowledgeBase.bundled();

  /** Every third item is read. */
  private static final int STEP = 3;

  /** Errors in items from this day on were not looked at when the linker was made. */
  private static final String UNSEEN_FROM = "2025-09-01";

  private final Map<String, Set<String>> idsOfTitle = new HashMap<>();
  private final Map<String, EntityKind> kinds = new HashMap<>();

  private static final class Score {
    int labelled;
    int linked;
    int right;

    double precision() {
      return (double) right / linked;
    }

    double recall() {
      return (double) right / labelled;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d labelled, %d linked, precision %.3f, recall %.3f",
          labelled,
          linked,
          precision(),
          recall());
    }
  }

  @Test
  void namesInTheWorldNewsOf2025AreLinkedRightlyOrNotAtAll() throws IOException {
    assumeTrue(Files.exists(CORPORA), "the corpora are not here");
    readTitles();
    EntityAnnotator annotator = new EntityAnnotator(BASE, CrfRecognizer.bundled());
    Map<EntityKind, Score> seen = new EnumMap<>(EntityKind.class);
    Map<EntityKind, Score> unseen = new EnumMap<>(EntityKind.class);
    List<String> wrong = new ArrayList<>();
    List<JsonNode> items = items();
    for (int i = 0; i < items.size(); i += STEP) {
      boolean later = items.get(i).get("date").asText().compareTo(UNSEEN_FROM) >= 0;
      score(items.get(i), annotator, later ? unseen : seen, later ? new ArrayList<>() : wrong);
    }
    String report = "until August: " + seen + "\nlater: " + unseen;
    System.out.println(report);
    for (Map<EntityKind, Score> part : List.of(seen, unseen)) {
      assertThat(part.get(EntityKind.PERSON).precision()).as(report).isGreaterThan(0.98);
      assertThat(part.get(EntityKind.PERSON).recall()).as(report).isGreaterThan(0.84);
      assertThat(part.get(EntityKind.PLACE).precision()).as(report).isGreaterThan(0.98);
      assertThat(part.get(EntityKind.PLACE).recall()).as(report).isGreaterThan(0.74);
      assertThat(part.get(EntityKind.ORGANISATION).precision())
          .as("%s%n%s", report, String.join("\n", wrong))
          .isGreaterThan(0.90);
      assertThat(part.get(EntityKind.ORGANISATION).recall()).as(report).isGreaterThan(0.46);
    }
  }

  private void score(
      JsonNode item, EntityAnnotator annotator, Map<EntityKind, Score> scores, List<String> wrong) {
    String text = item.get("text").asText();
    List<Entity> entities = annotator.annotate("", text);
    for (JsonNode link : item.get("links")) {
      Set<String> ids = idsOfTitle.getOrDefault(key(link.get(2).asText()), Set.of());
      if (ids.size() != 1) {
        continue;
      }
      String expected = ids.iterator().next();
      String name = text.substring(link.get(0).asInt(), link.get(1).asInt());
      int start = text.codePointCount(0, link.get(0).asInt());
      Optional<String> given =
          entities.stream()
              .filter(
                  entity ->
                      entity.getMentions().stream()
                          .anyMatch(m -> m.getStart() == start && m.getText().equals(name)))
              .findFirst()
              .map(Entity::getWikidataId);
      Score score = scores.computeIfAbsent(kinds.get(expected), key -> new Score());
      score.labelled++;
      score.linked += given.isPresent() ? 1 : 0;
      score.right += given.isPresent() && given.get().equals(expected) ? 1 : 0;
      if (given.isPresent() && !given.get().equals(expected)) {
        wrong.add(name + ": " + given.get() + " for " + expected + " in: " + text);
      }
    }
  }

  private static String key(String title) {
    return KnowledgeBase.fold(title.replace('_', ' '));
  }

  private void readTitles() throws IOException {
    try (var files = Files.list(CORPORA.resolve("kb"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tsv.gz")).sorted().toList()) {
        try (BufferedReader reader = reader(file)) {
          reader.lines().skip(1).forEach(line -> addTitles(line.split("\t", -1)));
        }
      }
    }
    for (String name : BASE.kindsByName().keySet()) {
      for (KnownEntity known : BASE.named(name)) {
        boolean sure = known.name().equals(name) || known.tier() == KnownEntity.Tier.CURATED;
        if (sure && known.wikidataId().isPresent()) {
          kinds.put(known.wikidataId().get(), known.kind());
          idsOfTitle
              .computeIfAbsent(key(name), key -> new HashSet<>())
              .add(known.wikidataId().get());
        }
      }
    }
  }

  private void addTitles(String[] columns) {
    EntityKind kind =
        switch (columns[1]) {
          case "PER" -> EntityKind.PERSON;
          case "ORG" -> EntityKind.ORGANISATION;
          default -> EntityKind.PLACE;
        };
    kinds.putIfAbsent(columns[0], kind);
    idsOfTitle.computeIfAbsent(key(columns[2]), k -> new HashSet<>()).add(columns[0]);
  }

  private static List<JsonNode> items() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> items = new ArrayList<>();
    try (BufferedReader reader = reader(CORPORA.resolve("modern/current-events.jsonl.gz"))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        items.add(mapper.readTree(line));
      }
    }
    return items;
  }

  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }
}
