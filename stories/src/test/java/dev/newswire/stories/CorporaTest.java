// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.EnrichSettings.Replacements;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.StoryAssignment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Quality on labelled sets, with the entities of the bundled enricher. The bounds are a little
 * below what was measured (docs/stories.md); they are to notice a loss.
 */
class CorporaTest {

  private static final Path FOLDER = Path.of("../../shared/corpora/stories");
  private static final int SHUFFLES = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An article with what the annotator said of it. */
  private record Labelled(RawArticle article, String story, String copies) {}

  @ParameterizedTest
  @CsvSource({
    "feeds-a,       0.69, 0.92, 0.88, 0.95",
    "reuters-a,     0.78, 0.95, 0.99, 0.99",
    "ecb,           0.72, 0.78, 0.95, 0.55",
    "uci-headlines, 0.66, 0.60, 0.00, 0.00",
    "neardup,       0.00, 0.00, 0.99, 0.98"
  })
  void storiesAndCopiesAgreeWithTheAnnotators(
      String set, double f1, double bCubed, double precision, double recall) throws IOException {
    assumeThat(FOLDER).as("needs the labelled sets").isDirectory();
    List<Labelled> labelled = read(set);
    Map<String, StoryAssignment> assigned = assign(enrich(labelled));
    List<Labelled> scored = labelled.stream().filter(a -> !a.story().isEmpty()).toList();
    Measures stories =
        Measures.of(
            ids(scored),
            scored.stream().map(Labelled::story).toList(),
            scored.stream().map(a -> assigned.get(id(a)).getStory()).toList(),
            Set.of());
    Measures copies =
        Measures.of(
            ids(labelled),
            labelled.stream().map(a -> a.copies().isEmpty() ? id(a) : a.copies()).toList(),
            labelled.stream().map(a -> group(id(a), assigned.get(id(a)))).toList(),
            unscored());
    write(set, labelled, assigned);
    System.out.printf(
        "%s: stories P %.3f R %.3f F1 %.3f B3 %.3f, copies P %.3f R %.3f%n",
        set,
        stories.precision(),
        stories.recall(),
        stories.f1(),
        stories.bCubed(),
        copies.precision(),
        copies.recall());

    assertThat(stories.f1()).as("F1 of stories").isGreaterThanOrEqualTo(f1);
    assertThat(stories.bCubed()).as("B3 of stories").isGreaterThanOrEqualTo(bCubed);
    assertThat(copies.precision()).as("precision of copies").isGreaterThanOrEqualTo(precision);
    assertThat(copies.recall()).as("recall of copies").isGreaterThanOrEqualTo(recall);
  }

  /** Leaves what was decided for other measures, as the sets' own program reads it. */
  private static void write(
      String set, List<Labelled> labelled, Map<String, StoryAssignment> assigned)
      throws IOException {
    Path folder = Files.createDirectories(Path.of("target/corpora"));
    Files.write(
        folder.resolve(set + ".tsv"),
        labelled.stream()
            .map(
                article -> {
                  StoryAssignment assignment = assigned.get(id(article));
                  return String.join(
                      "\t",
                      id(article),
                      assignment.getStory(),
                      Objects.toString(assignment.getCopyGroup(), ""));
                })
            .toList());
  }

  @ParameterizedTest
  @CsvSource({"feeds-a, 0.97", "reuters-a, 0.93", "ecb, 0.96"})
  void anOrderShuffledWithinAnHourGivesNearlyTheSameStories(String set, double wanted)
      throws IOException {
    assumeThat(FOLDER).as("needs the labelled sets").isDirectory();
    List<EnrichedArticle> articles = enrich(read(set));
    List<String> ids = articles.stream().map(article -> article.getArticle().getId()).toList();
    Map<String, StoryAssignment> inOrder = assign(articles);
    double agreement = 0;
    for (long seed = 0; seed < SHUFFLES; seed++) {
      List<EnrichedArticle> shuffled = new ArrayList<>(articles);
      Collections.shuffle(shuffled, new Random(seed));
      shuffled.sort(
          Comparator.comparing(
              article -> article.getArticle().getPublished().truncatedTo(ChronoUnit.HOURS)));
      Map<String, StoryAssignment> outOfOrder = assign(shuffled);
      agreement +=
          Measures.of(
                      ids,
                      ids.stream().map(id -> inOrder.get(id).getStory()).toList(),
                      ids.stream().map(id -> outOfOrder.get(id).getStory()).toList(),
                      Set.of())
                  .bCubed()
              / SHUFFLES;
    }
    System.out.printf("%s: shuffled within an hour, B3 %.3f%n", set, agreement);
    assertThat(agreement).as("B3 of the two").isGreaterThanOrEqualTo(wanted);
  }

  private static List<EnrichedArticle> enrich(List<Labelled> labelled) {
    List<EnrichedArticle> articles = new ArrayList<>();
    try (LiveEnricher enricher =
        LiveEnricher.bundled(Replacements.NONE, Limits.DEFAULT, new SimpleMeterRegistry())) {
      for (Labelled article : labelled) {
        EnrichedArticle enriched = enricher.enrich(article.article());
        enriched.setLanguage(article.article().getArticle().getLanguage());
        articles.add(enriched);
      }
    }
    return articles;
  }

  private static Map<String, StoryAssignment> assign(List<EnrichedArticle> articles) {
    StoryEngine engine = new StoryEngine(StorySettings.DEFAULT, Long.MIN_VALUE, List.of());
    Map<String, StoryAssignment> assigned = new HashMap<>();
    for (EnrichedArticle article : articles) {
      engine
          .accept(article)
          .assignments()
          .forEach((id, value) -> assigned.put(id, value.orElseThrow()));
    }
    return assigned;
  }

  private static String group(String id, StoryAssignment assignment) {
    return assignment.getCopyGroup() == null ? id : assignment.getCopyGroup();
  }

  private static String id(Labelled article) {
    return article.article().getArticle().getId();
  }

  private static List<String> ids(List<Labelled> articles) {
    return articles.stream().map(CorporaTest::id).toList();
  }

  private static Set<String> unscored() throws IOException {
    Set<String> pairs = new HashSet<>();
    for (String line : Files.readAllLines(FOLDER.resolve("unscored-duplicate-pairs.tsv"))) {
      String[] ids = line.split("\t", 2);
      pairs.add(ids[0] + "\t" + ids[1]);
      pairs.add(ids[1] + "\t" + ids[0]);
    }
    return pairs;
  }

  private static List<Labelled> read(String set) throws IOException {
    List<Labelled> articles = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(set + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        articles.add(labelled(JSON.readTree(line)));
      }
    }
    return articles;
  }

  private static Labelled labelled(JsonNode json) {
    Instant when = Instant.parse(json.get("published").asText());
    String language = json.get("lang").asText();
    Article article =
        Article.newBuilder()
            .setId(json.get("id").asText())
            .setProvider(json.get("provider").asText())
            .setItemId("-")
            .setFeed("-")
            .setRevision(Revision.newBuilder().setReceivedAt(when).setContentHash("-").build())
            .setPublished(when)
            .setStatus(Status.USABLE)
            .setLanguage(language)
            .setHeadline(json.get("headline").asText())
            .setBody(json.get("body").asText().replace("\n", "\n\n"))
            .build();
    byte[] none = {};
    Original original =
        new Original(ByteBuffer.wrap(none), "text/plain", "text", ContentHash.sha256(none), "-");
    // A story told in two languages is two.
    String story = json.get("story").isNull() ? "" : json.get("story").asText() + " " + language;
    return new Labelled(
        new RawArticle(article, original, List.of(), null),
        story,
        json.get("duplicate_group").isNull() ? "" : json.get("duplicate_group").asText());
  }
}
