// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static dev.newswire.sink.Samples.NOON;
import static dev.newswire.sink.Samples.article;
import static dev.newswire.sink.Samples.enriched;
import static dev.newswire.sink.Samples.kill;
import static dev.newswire.sink.Samples.usable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.schemas.Embargo;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import dev.newswire.schemas.StoryTag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of store promises of stories and copies; each kind runs all of it. */
abstract class StoryStoreContract {

  private static final TopicPartition STORIES = new TopicPartition("newswire.stories", 0);

  private TestDatabase place;
  private Store store;
  private long offset;

  /** A database that is empty, and goes when it is closed. */
  abstract TestDatabase emptyDatabase();

  @BeforeEach
  void openStore() {
    place = emptyDatabase();
    store = place.database().open(false);
    store.claim(StoreContract.GROUP, StoreContract.LOG, List.of(STORIES));
  }

  @AfterEach
  void closeStore() {
    if (store != null) {
      store.close();
    }
    if (place != null) {
      place.close();
    }
  }

  @Test
  void aStoryIsReadWithTheHeadlineAndCountsOfItsArticles() {
    write(usable("1", 1, "Truce agreed"), usable("2", 1, "Truce agreed at last"));
    tell(story("a1", 2), "tidewater/1", assigned("a1", 0), "tidewater/2", assigned("a1", 1));

    assertThat(rows("SELECT story_id, lead, headline, articles, originals FROM published_stories"))
        .containsExactly("a1|tidewater/1|Truce agreed|2|2");
    assertThat(rows("SELECT entities FROM stories").get(0)).contains("Ansel");
  }

  @Test
  void aKilledHeadlineIsNotShownEvenBeforeTheStageHasHeardOfIt() {
    write(usable("1", 1, "Truce agreed"), usable("2", 1, "Truce agreed at last"));
    tell(story("a1", 2), "tidewater/1", assigned("a1", 0), "tidewater/2", assigned("a1", 1));

    write(kill("1", 2));

    assertThat(rows("SELECT lead, headline, articles FROM published_stories"))
        .containsExactly("tidewater/2|Truce agreed at last|1");
    write(kill("2", 2));
    assertThat(rows("SELECT * FROM published_stories")).isEmpty();
  }

  @Test
  void anArticleUnderEmbargoNeitherLeadsNorCountsBeforeItsMoment() {
    write(
        enriched(
            article("1", 1, "Not yet")
                .setEmbargo(new Embargo(Instant.now().plusSeconds(3600), null))),
        enriched(
            article("2", 1, "Over").setEmbargo(new Embargo(Instant.now().minusSeconds(1), null))));
    tell(story("a1", 2), "tidewater/1", assigned("a1", 0), "tidewater/2", assigned("a1", 1));

    assertThat(rows("SELECT headline, articles FROM published_stories")).containsExactly("Over|1");
  }

  @Test
  void whatHasNoValueAnyMoreIsTakenOut() {
    write(usable("1", 1, "Truce agreed"));
    tell(story("a1", 1), "tidewater/1", assigned("a1", 0));

    store.write(
        new Batch(
            List.of(),
            Map.of("tidewater/1", Optional.empty()),
            Map.of("a1", Optional.empty(), "unknown", Optional.empty())),
        StoreContract.GROUP,
        Map.of(STORIES, ++offset));

    assertThat(rows("SELECT * FROM stories")).isEmpty();
    assertThat(rows("SELECT * FROM story_articles")).isEmpty();
    assertThat(rows("SELECT next_offset FROM consumer_offsets")).containsExactly("" + offset);
  }

  @Test
  void anArticleMovesToTheStoryThatItsOwnTurnedOutToBe() {
    write(usable("1", 1, "Truce agreed"));
    tell(story("b2", 1), "tidewater/1", assigned("b2", 0));
    Story merged = Story.newBuilder().setId("b2").setMergedInto("a1").build();
    tell(merged, "tidewater/1", assigned("a1", 0));
    tell(story("a1", 1));

    assertThat(rows("SELECT story_id, headline FROM published_stories"))
        .containsExactly("a1|Truce agreed");
    assertThat(rows("SELECT merged_into FROM stories WHERE story_id = 'b2'")).containsExactly("a1");
  }

  @Test
  void theQuestionsInTheDocumentationAreAnswered() throws Exception {
    EnrichedArticle copy = usable("2", 1, "Truce agreed");
    copy.getArticle().setProvider("harbour");
    EnrichedArticle revised = usable("1", 3, "Truce agreed; correction");
    revised.getArticle().setFirstCreated(NOON);
    write(revised, copy, usable("3", 1, "Other news"));
    tell(
        story("a1", 2),
        "tidewater/1",
        copied("a1", null, 0),
        "tidewater/2",
        copied("a1", "tidewater/1", 70));
    tell(story("c3", 1), "tidewater/3", assigned("c3", 0));

    List<String> questions =
        Pattern.compile("```sql stories\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "docs", "storage.md")))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(questions).hasSize(5);
    assertThat(rows(questions.get(0)))
        .containsExactly("a1|Truce agreed; correction|1|2|2", "c3|Other news|1|1|1");
    assertThat(rows(questions.get(1))).hasSize(2).first().asString().startsWith("a1|tidewater|");
    assertThat(rows(questions.get(2))).containsExactly("tidewater|harbour|1");
    assertThat(rows(questions.get(3)))
        .containsExactly("tidewater/2|Truce agreed|tidewater/1|Truce agreed; correction");
    assertThat(rows(questions.get(4)))
        .containsExactly("2026-03-02T12:00Z|1", "2026-03-02T13:00Z|1");
  }

  private static StoryAssignment assigned(String story, int minutes) {
    return new StoryAssignment(story, null, null, 0.5, NOON.plusSeconds(60L * minutes), 1);
  }

  private static StoryAssignment copied(String story, String original, int minutes) {
    Instant published = NOON.plusSeconds(60L * minutes);
    return new StoryAssignment(story, "tidewater/1", original, 0.5, published, 1);
  }

  private static Story story(String id, int articles) {
    return Story.newBuilder()
        .setId(id)
        .setLanguage("en")
        .setFirst(NOON)
        .setLast(NOON)
        .setArticles(articles)
        .setOriginals(articles)
        .setProviders(List.of("tidewater"))
        .setEntities(List.of(new StoryTag("Q1000001", "Ansel", articles)))
        .build();
  }

  private void write(EnrichedArticle... articles) {
    store.write(Batch.of(List.of(articles)), StoreContract.GROUP, Map.of(STORIES, ++offset));
  }

  /** Stores a story and assignments: an article's id and its assignment by turns. */
  private void tell(Story story, Object... assignments) {
    Map<String, Optional<StoryAssignment>> assigned = new java.util.HashMap<>();
    for (int i = 0; i < assignments.length; i += 2) {
      assigned.put((String) assignments[i], Optional.of((StoryAssignment) assignments[i + 1]));
    }
    store.write(
        new Batch(List.of(), assigned, Map.of(story.getId(), Optional.of(story))),
        StoreContract.GROUP,
        Map.of(STORIES, ++offset));
  }

  private List<String> rows(String sql) {
    try {
      return place.rows(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
