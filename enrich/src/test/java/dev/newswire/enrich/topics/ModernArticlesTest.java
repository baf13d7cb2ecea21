// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.newswire.enrich.text.Deadline;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The bundled taxonomy against articles of May 2025 (ids that begin with A) and feed items of
 * January 2026 (B), labelled with 25 of its topics (docs/topics.md). The texts are not ours to
 * ship.
 */
final class ModernArticlesTest {

  private static final Path MODERN = Path.of("../../shared/corpora/modern");

  private static final Set<String> TOPICS =
      Set.of(
          ("air-strikes ceasefire climate-change courts cricket cyberattack diplomacy drone-strikes"
                  + " drug-trafficking elections football fraud homicide hostages inflation"
                  + " minerals-deal nuclear-programme oil-price peace-talks prisoner-exchange"
                  + " protests sanctions tariffs tennis terrorism")
              .split(" ", -1));

  private static final List<Scored> SCORED = new ArrayList<>();

  private record Labels(Set<String> topics, Set<String> eitherWay) {}

  private record Scored(String id, Labels labels, Set<String> tags) {}

  @BeforeAll
  static void tag() throws IOException {
    assumeTrue(Files.isDirectory(MODERN), "the corpora are not here");
    Map<String, Labels> own = ownLabels();
    try (TopicMatcher matcher = new TopicMatcher(Taxonomy.bundled().rules())) {
      read(
          "topics-labelled",
          Set.of(),
          item -> add(matcher, item, new Labels(texts(item, "topics"), texts(item, "either_way"))));
      read(
          "articles-unlabelled",
          own.keySet(),
          item -> add(matcher, item, own.get(text(item, "id"))));
    }
  }

  @Test
  void tagsOfFullArticlesAreRightAndFound() {
    assertGood("A", 0.9, 0.8);
  }

  @Test
  void tagsOfFeedItemsAreRightAndFound() {
    assertGood("B", 0.9, 0.8);
  }

  private static void assertGood(String source, double precision, double recall) {
    int right = 0;
    List<String> wrong = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    for (Scored scored : SCORED) {
      if (scored.id().startsWith(source)) {
        for (String tag : scored.tags()) {
          if (scored.labels().topics().contains(tag)) {
            right++;
          } else if (!scored.labels().eitherWay().contains(tag)) {
            wrong.add(tag + " " + scored.id());
          }
        }
        Set<String> lacking = new TreeSet<>(scored.labels().topics());
        lacking.removeAll(scored.tags());
        lacking.forEach(label -> missed.add(label + " " + scored.id()));
      }
    }
    String report = "right %d; wrong %s; missed %s".formatted(right, wrong, missed);
    assertThat(right / (double) (right + wrong.size()))
        .as(report)
        .isGreaterThanOrEqualTo(precision);
    assertThat(right / (double) (right + missed.size())).as(report).isGreaterThanOrEqualTo(recall);
  }

  private interface Reader {
    void read(Map<?, ?> item);
  }

  /** Reads the items of these ids; all of them where none is named. */
  private static void read(String file, Set<String> ids, Reader reader) throws IOException {
    Yaml json = new Yaml(new SafeConstructor(new LoaderOptions()));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(MODERN.resolve(file + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      String start = "{\"id\": \"";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String id = line.substring(start.length(), line.indexOf('"', start.length()));
        if (ids.isEmpty() || ids.contains(id)) {
          // YAML allows no such control characters, which some articles hold.
          reader.read(json.load(line.replaceAll("[\\x7f-\\x84\\x86-\\x9f]", " ")));
        }
      }
    }
  }

  private static void add(TopicMatcher matcher, Map<?, ?> item, Labels labels) {
    Set<String> tags = new TreeSet<>();
    matcher.match(article(item), Optional.of("en"), List.of(), Deadline.NONE).stream()
        .map(Topic::getId)
        .filter(TOPICS::contains)
        .forEach(tags::add);
    SCORED.add(new Scored(text(item, "id"), labels, tags));
  }

  private static Map<String, Labels> ownLabels() throws IOException {
    Map<String, Labels> labels = new HashMap<>();
    try (InputStream in = ModernArticlesTest.class.getResourceAsStream("modern-labels.tsv")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] fields = line.split("\t", -1);
        labels.put(fields[0], new Labels(words(fields[1]), words(fields[2])));
      }
    }
    return labels;
  }

  private static Set<String> words(String words) {
    return words.isEmpty() ? Set.of() : Set.of(words.split(" ", -1));
  }

  private static String text(Map<?, ?> item, String name) {
    return String.valueOf(item.get(name));
  }

  private static Set<String> texts(Map<?, ?> item, String name) {
    Set<String> texts = new TreeSet<>();
    ((List<?>) item.get(name)).forEach(text -> texts.add(String.valueOf(text)));
    return texts;
  }

  private static Article article(Map<?, ?> item) {
    return Article.newBuilder()
        .setId("corpus/1")
        .setProvider("corpus")
        .setItemId("1")
        .setFeed("corpus")
        .setRevision(Revision.newBuilder().setReceivedAt(Instant.EPOCH).setContentHash("").build())
        .setPublished(Instant.EPOCH)
        .setStatus(Status.USABLE)
        .setHeadline(text(item, "headline"))
        .setBody(text(item, "body"))
        .build();
  }
}
