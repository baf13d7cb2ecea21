// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static dev.newswire.sink.Samples.NOON;
import static dev.newswire.sink.Samples.article;
import static dev.newswire.sink.Samples.enriched;
import static dev.newswire.sink.Samples.kill;
import static dev.newswire.sink.Samples.place;
import static dev.newswire.sink.Samples.topic;
import static dev.newswire.sink.Samples.usable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.newswire.runtime.UserError;
import dev.newswire.schemas.Embargo;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RelatedArticle;
import dev.newswire.schemas.Rendition;
import dev.newswire.schemas.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of store promises; each kind runs all of it. */
abstract class StoreContract {

  static final String GROUP = "newswire-sink";
  static final Store.Log LOG = new Store.Log("Zm9yIHRoZSB0ZXN0cy4uLg", false);
  static final TopicPartition FIRST = new TopicPartition("newswire.enriched", 0);
  static final TopicPartition SECOND = new TopicPartition("newswire.enriched", 1);

  private TestDatabase place;
  private Store store;
  private long offset;

  /** A database that is empty, and goes when it is closed. */
  abstract TestDatabase emptyDatabase();

  @BeforeEach
  void openStore() {
    place = emptyDatabase();
    store = opened(false);
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
  void theNewestRevisionWinsInWhateverOrderTheyCome() {
    List<EnrichedArticle> revisions =
        new ArrayList<>(
            IntStream.rangeClosed(1, 6).mapToObj(i -> usable("1", i, "Take " + i)).toList());
    Random random = new Random(7);
    for (int order = 0; order < 10; order++) {
      Collections.shuffle(revisions, random);
      String id = "order-" + order;
      for (EnrichedArticle revision : revisions) {
        write(usable(id, number(revision), revision.getArticle().getHeadline()));
      }
    }

    assertThat(headlines("")).hasSize(10).containsOnly("Take 6");
  }

  /** Live records, replays and redriven dead letters, of providers that kill and take back. */
  @Test
  void whateverInterleavesWithWhateverTheTableIsTheOneRightTable() {
    store.close();
    store = opened(true);
    for (int seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      List<EnrichedArticle> records = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ArticleHistory history = ArticleHistory.random(String.format("%02d-%d", seed, i), random);
        records.addAll(history.records());
        expected.add(history.row());
      }
      Collections.shuffle(records, random);

      for (int from = 0; from < records.size(); ) {
        int to = Math.min(records.size(), from + 1 + random.nextInt(20));
        write(records.subList(from, to).toArray(EnrichedArticle[]::new));
        from = to;
      }

      assertThat(rows(ArticleHistory.rowsLike("tidewater/" + String.format("%02d-", seed) + "%")))
          .as("seed " + seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void ofOneRevisionTheNewestEnrichmentWins() {
    assertThat(write(enriched(article("1", 1, "Talks resume"), 2))).containsExactly(Outcome.STORED);
    assertThat(write(enriched(article("1", 1, "Talks resume"), 1))).containsExactly(Outcome.REPEAT);
    assertThat(write(enriched(article("1", 1, "Talks resume"), 3)))
        .containsExactly(Outcome.ENRICHED_AGAIN);

    assertThat(facets("", Facet.By.TOPIC))
        .containsExactly(new Facet("truce-3", "Topic truce-3", 1));
  }

  @Test
  void eachRecordOfABatchHasItsOutcome() {
    List<Outcome> outcomes =
        write(
            usable("1", 2, "Second take"),
            usable("1", 1, "First take"),
            usable("2", 1, "Another"),
            usable("1", 3, "Third take"),
            usable("1", 3, "Third take"));

    assertThat(outcomes)
        .containsExactly(
            Outcome.STORED, Outcome.STALE, Outcome.STORED, Outcome.REPLACED, Outcome.REPEAT);
    assertThat(headlines("")).containsExactlyInAnyOrder("Third take", "Another");
  }

  @Test
  void aBatchThatReplacesTheLastRowAndAddsOthersKeepsThemAll() {
    write(usable("1", 1, "First take"));
    write(usable("1", 2, "Second take"), usable("2", 1, "Another"), usable("3", 1, "A third"));

    assertThat(headlines("")).containsExactlyInAnyOrder("Second take", "Another", "A third");
  }

  @Test
  void aKillWithdrawsTheTextAndKeepsWhoAndWhenAndWhy() {
    write(usable("1", 1, "Minister resigns"));
    write(
        enriched(
            article("1", 2, "")
                .setBody("")
                .setStatus(Status.CANCELED)
                .setStatusReason("legal: do not use")
                .setCanceledBy("tidewater/99")));

    assertThat(headlines("minister")).isEmpty();
    assertThat(headlines("")).isEmpty();
    assertThat(facets("", Facet.By.ENTITY)).isEmpty();
    assertThat(rows("SELECT count(*) FROM published_articles")).containsExactly("0");
    assertThat(rows("SELECT count(*) FROM published_entities")).containsExactly("0");
    assertThat(rows("SELECT count(*) FROM article_entities")).containsExactly("0");
    assertThat(rows("SELECT count(*) FROM article_text")).containsExactly("0");
    assertThat(rows("SELECT status, status_reason, canceled_by, headline FROM articles"))
        .containsExactly("canceled|legal: do not use|tidewater/99|Minister resigns");
    assertThat(rows("SELECT article_id, status_reason FROM withdrawn_articles"))
        .containsExactly("tidewater/1|legal: do not use");
    assertThat(find(SearchQuery.of("").withStatus(Status.CANCELED)))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.headline()).isEmpty();
              assertThat(hit.excerpt()).isEmpty();
              assertThat(hit.record().getArticle().getBody()).isEmpty();
              assertThat(hit.record().getArticle().getStatusReason()).contains("legal");
            });
  }

  @Test
  void aKillStaysWhateverOlderRevisionComesLate() {
    write(kill("1", 5));
    write(usable("1", 4, "Late"));
    assertThat(headlines("")).isEmpty();

    write(usable("1", 6, "Back again"));
    assertThat(headlines("")).containsExactly("Back again");
  }

  @Test
  void aWithheldArticleIsBackWhenItIsUsableAgain() {
    write(usable("1", 1, "Draft budget"));
    write(enriched(article("1", 2, "").setBody("").setStatus(Status.WITHHELD)));
    assertThat(headlines("")).isEmpty();
    assertThat(find(SearchQuery.of("").withStatus(Status.WITHHELD)))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.headline()).isEqualTo("Draft budget");
              assertThat(hit.record().getArticle().getStatus()).isEqualTo(Status.WITHHELD);
            });

    write(usable("1", 3, "Final budget"));
    assertThat(headlines("budget")).containsExactly("Final budget");
  }

  @Test
  void anEmbargoHidesUntilItsMomentAndLiftsByItself() {
    Instant soon = Instant.now().plusSeconds(2);
    write(
        enriched(article("1", 1, "Prize announced").setEmbargo(new Embargo(soon, null))),
        enriched(
            article("2", 1, "For ever").setEmbargo(new Embargo(null, "until further notice"))));
    assertThat(headlines("")).isEmpty();

    await().untilAsserted(() -> assertThat(headlines("prize")).containsExactly("Prize announced"));
    assertThat(Instant.now()).isAfterOrEqualTo(soon);
    assertThat(headlines("ever")).isEmpty();
  }

  @Test
  void offsetsChangeWithTheRowsOrNotAtAll() {
    write(usable("1", 1, "One"));
    long reached = offset;
    EnrichedArticle refused = usable("bad\0id", 1, "Two");

    assertThatThrownBy(
            () ->
                store.write(
                    Batch.of(List.of(usable("3", 1, "Three"), refused)), GROUP, Map.of(FIRST, 99L)))
        .isInstanceOf(BadRecord.class);

    assertThat(headlines("")).containsExactly("One");
    assertThat(claimedAnew()).isEqualTo(OptionalLong.of(reached));
    assertThat(store.claim(GROUP, LOG, List.of(SECOND)).get(SECOND)).isEmpty();
    assertThat(store.claim("another-group", LOG, List.of(FIRST)).get(FIRST)).isEmpty();
  }

  @Test
  void whoseClaimIsOlderCannotWrite() {
    try (Store second = place.database().open(false)) {
      second.claim(GROUP, LOG, List.of(FIRST));

      assertThatThrownBy(
              () ->
                  store.write(Batch.of(List.of(usable("1", 1, "Late"))), GROUP, Map.of(FIRST, 1L)))
          .isInstanceOf(Fenced.class);
      assertThat(headlines("")).isEmpty();

      second.write(Batch.of(List.of(usable("1", 1, "In time"))), GROUP, Map.of(FIRST, 1L));
      assertThat(headlines("")).containsExactly("In time");
    }
    store.claim(GROUP, LOG, List.of(FIRST));
    store.write(Batch.of(List.of(usable("2", 1, "Claimed anew"))), GROUP, Map.of(FIRST, 2L));
    assertThat(headlines("")).hasSize(2);
  }

  @Test
  void offsetsOfAnotherLogAreRefusedAndForgottenWhereToldTo() {
    store.write(Batch.of(List.of(usable("1", 1, "Stored"))), GROUP, Map.of(FIRST, 7L));

    assertThatThrownBy(() -> store.claim(GROUP, new Store.Log("other", false), List.of(FIRST)))
        .isInstanceOf(OtherLog.class)
        .hasMessageContaining("newswire.enriched");
    assertThat(claimedAnew()).as("after a refusal").hasValue(7);

    assertThat(store.claim(GROUP, new Store.Log("other", true), List.of(FIRST)).get(FIRST))
        .isEmpty();
    assertThat(store.claim(GROUP, new Store.Log("other", false), List.of(FIRST)).get(FIRST))
        .isEmpty();
    assertThat(headlines("")).containsExactly("Stored");
  }

  @Test
  void everyRevisionIsKeptWhereAskedFor() {
    store.close();
    store = opened(true);
    write(usable("1", 2, "Second take"), usable("1", 1, "First take"));
    write(enriched(article("1", 2, "Second take"), 5));
    write(enriched(article("1", 2, "Second take"), 4));
    write(kill("1", 3));

    assertThat(rows("SELECT version, status, headline, taxonomy FROM revisions ORDER BY version"))
        .containsExactly("1|usable|First take|1", "2|usable|Second take|5", "3|canceled||1");
    assertThat(headlines("")).isEmpty();
  }

  @Test
  void strangeTextIsStoredFaithfully() {
    String sql = "'); DROP TABLE articles; --\\\" \t\n$1 ? {} %_";
    EnrichedArticle strange =
        enriched(
            article("sql", 1, sql)
                .setId(sql)
                .setItemId(sql)
                .setBody(sql)
                .setSlugline(sql)
                .setByline("\uD83D\uDE00 \u202E\u0007")
                .setDateline(sql)
                .setProvider(sql)
                .setFeed(sql)
                .setUrl(sql)
                .setStatusReason(sql)
                .setEmbargo(new Embargo(NOON, sql)));
    strange.getArticle().getRevision().setVersion(sql);
    strange.getArticle().getRevision().setContentHash(sql);
    strange.setEntities(List.of(place(sql, sql, 0)));
    strange.setTopics(List.of(topic(sql)));
    strange.setLanguage(sql);
    strange.getStamp().setModel(sql);
    store.close();
    store = opened(true);
    write(strange);

    assertThat(find(SearchQuery.of(""))).singleElement().extracting(Hit::record).isEqualTo(strange);
    assertThat(rows("SELECT headline FROM articles")).containsExactly(sql);
    assertThat(rows("SELECT byline FROM articles")).containsExactly("\uD83D\uDE00 \u202E\u0007");
    assertThat(rows("SELECT name FROM article_entities WHERE wikidata_id = name"))
        .containsExactly(sql);
    assertThat(rows("SELECT article_id FROM articles WHERE article_id = item_id"))
        .containsExactly(sql);
    assertThat(rows("SELECT version FROM revisions")).containsExactly(sql);
    assertThat(find(SearchQuery.of("").withTopics(List.of(sql)))).hasSize(1);
    assertThat(find(SearchQuery.of("").withLanguages(List.of(sql)))).hasSize(1);
    assertThat(find(SearchQuery.of("").withProviders(List.of(sql)))).hasSize(1);
    assertThat(find(SearchQuery.of("'); DROP \"--"))).hasSize(1);
    assertThat(find(SearchQuery.of("\" OR NEAR( * : ^ && | !"))).isEmpty();
  }

  @Test
  void aNulIsKeptInTheRecordAndReplacedInTheColumns() {
    EnrichedArticle record = usable("nul", 1, "a\0b");
    write(record);

    assertThat(find(SearchQuery.of(""))).singleElement().extracting(Hit::record).isEqualTo(record);
    assertThat(rows("SELECT headline FROM articles")).containsExactly("a\uFFFDb");
  }

  @Test
  void halfACharacterIsReplaced() {
    write(usable("half", 1, "a\uD83Db"));

    assertThat(rows("SELECT headline FROM articles")).containsExactly("a\uFFFDb");
  }

  @Test
  void aMegabyteOfHeadlineIsStored() {
    StringBuilder headline = new StringBuilder("beginning");
    for (int word = 0; headline.length() < 1_000_000; word++) {
      headline.append(" wörd").append(word);
    }
    EnrichedArticle large = usable("large", 1, headline.toString());
    write(large, usable("small", 1, "Neighbour"));

    assertThat(find(SearchQuery.of("beginning")))
        .singleElement()
        .satisfies(
            hit ->
                assertThat(hit.record().getArticle().getHeadline().length())
                    .isEqualTo(headline.length()));
  }

  @Test
  void fiveThousandEntitiesAreStored() {
    EnrichedArticle crowded = usable("crowd", 1, "Everybody came");
    crowded.setEntities(
        IntStream.range(0, 5_000).mapToObj(i -> place("Town " + i, "Q" + (i + 1), i)).toList());
    write(crowded);

    assertThat(rows("SELECT count(*) FROM published_entities")).containsExactly("5000");
    assertThat(find(SearchQuery.of("").withEntities(List.of("Q4321")))).hasSize(1);
    assertThat(find(SearchQuery.of("").withEntities(List.of("TOWN 77")))).hasSize(1);
    assertThat(find(SearchQuery.of("").withEntities(List.of("Q5001")))).isEmpty();
  }

  @Test
  void renditionsAndRelatedArticlesAreRowsOfTheArticleThatGoWithAKill() {
    EnrichedArticle record = usable("pictured", 1, "Harbour reopens");
    record
        .getArticle()
        .setRenditions(
            List.of(
                new Rendition("https://a.example/q.jpg", "image", 9L, 4, 3, "The quay", "HBR"),
                new Rendition("https://a.example/v.mp4", null, null, null, null, null, null)));
    record
        .getArticle()
        .setRelated(
            List.of(
                new RelatedArticle(
                    "associated-with", "tidewater/9", "https://a.example/9", "Storm")));
    write(record);

    assertThat(
            rows(
                "SELECT article_id, place, href, media_type, size, width, height, caption, credit"
                    + " FROM published_renditions ORDER BY place"))
        .containsExactly(
            "tidewater/pictured|1|https://a.example/q.jpg|image|9|4|3|The quay|HBR",
            "tidewater/pictured|2|https://a.example/v.mp4|null|null|null|null|null|null");
    assertThat(rows("SELECT relation, related_article_id, url, title FROM published_related"))
        .containsExactly("associated-with|tidewater/9|https://a.example/9|Storm");

    write(kill("pictured", 2));
    assertThat(rows("SELECT href FROM article_renditions")).isEmpty();
    assertThat(rows("SELECT url FROM article_related")).isEmpty();
  }

  @Test
  void momentsFarAwayAreStored() {
    Instant last = Instant.parse("9999-12-31T23:59:59.999Z");
    Instant early = Instant.parse("1861-04-12T04:30:00Z");
    write(
        enriched(article("far", 1, "Far").setPublished(last).setExpires(last)),
        enriched(article("old", 1, "Old").setPublished(early).setFirstCreated(early)));

    assertThat(headlines("")).containsExactly("Far", "Old");
    SearchQuery before1900 =
        SearchQuery.of("")
            .between(Optional.empty(), Optional.of(Instant.parse("1900-01-01T00:00:00Z")));
    assertThat(find(before1900)).extracting(Hit::headline).containsExactly("Old");
    assertThat(facets("", Facet.By.DAY))
        .extracting(Facet::value)
        .containsExactly("9999-12-31", "1861-04-12");
  }

  @Test
  void aMomentBeyondAllCalendarsIsStoredOrRefusedAsABadRecord() {
    EnrichedArticle record =
        enriched(article("end", 1, "End").setPublished(Instant.ofEpochMilli(Long.MAX_VALUE)));
    try {
      write(record);
      assertThat(find(SearchQuery.of(""))).extracting(Hit::record).containsExactly(record);
    } catch (BadRecord e) {
      assertThat(e).hasMessageContaining("published");
      assertThat(headlines("")).isEmpty();
    }
  }

  @Test
  void anIdOfTenThousandCharactersIsStoredOrRefusedAsABadRecord() {
    StringBuilder id = new StringBuilder();
    new Random(1).ints(10_000, 'a', 'z' + 1).forEach(id::appendCodePoint);
    try {
      write(usable(id.toString(), 1, "Long"));
      assertThat(rows("SELECT item_id FROM articles")).containsExactly(id.toString());
      assertThat(write(usable(id.toString(), 1, "Long"))).containsExactly(Outcome.REPEAT);
    } catch (BadRecord e) {
      assertThat(e).hasMessageContaining("index");
      assertThat(headlines("")).isEmpty();
    }
  }

  @Test
  void searchKnowsWordsPhrasesExclusionAndAllFilters() {
    write(
        enriched(article("1", 1, "Zelensky visits Café Élysée").setPublished(NOON)),
        enriched(
            article("2", 1, "Visiting the harbour")
                .setBody("The café is closed. Ships wait.")
                .setPublished(NOON.plusSeconds(86_400)),
            2),
        enriched(
            article("3", 1, "Nothing of that")
                .setProvider("northern")
                .setBody("")
                .setPublished(NOON.plusSeconds(172_800)),
            2));

    assertThat(headlines("cafe")).hasSize(2);
    assertThat(headlines("visit")).hasSize(2);
    assertThat(headlines("visit -harbour")).containsExactly("Zelensky visits Café Élysée");
    assertThat(headlines("-visits")).containsExactly("Nothing of that");
    assertThat(headlines("\"the café\"")).containsExactly("Visiting the harbour");
    assertThat(headlines("\"café the\"")).isEmpty();
    assertThat(headlines("ELYSEE zelensky")).hasSize(1);
    assertThat(headlines("!!! ... -")).hasSize(3);
    assertThat(find(SearchQuery.of("").withTopics(List.of("truce-2")))).hasSize(2);
    assertThat(
            find(SearchQuery.of("").between(Optional.of(NOON.plusSeconds(1)), Optional.empty()))
                .stream()
                .map(Hit::headline))
        .containsExactly("Nothing of that", "Visiting the harbour");
    assertThat(
            find(
                SearchQuery.of("cafe").between(Optional.empty(), Optional.of(NOON.plusSeconds(1)))))
        .hasSize(1);
    assertThat(facets("", Facet.By.PROVIDER))
        .containsExactly(new Facet("tidewater", "", 2), new Facet("northern", "", 1));
    assertThat(facets("cafe", Facet.By.TOPIC)).hasSize(2);
    assertThat(facets("", Facet.By.ENTITY))
        .containsExactly(new Facet("Ansel", "place Q1000001", 3));
    assertThat(facets("", Facet.By.DAY))
        .extracting(Facet::value)
        .containsExactly("2026-03-04", "2026-03-03", "2026-03-02");
    assertThat(find(SearchQuery.of("harbour")))
        .singleElement()
        .extracting(Hit::headline)
        .isEqualTo("Visiting the \u0001harbour\u0002");
    assertThat(find(SearchQuery.of("ships")))
        .singleElement()
        .extracting(Hit::excerpt)
        .asString()
        .contains("\u0001Ships\u0002 wait");
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEndedThoughOthersCome() {
    for (int i = 1; i <= 5; i++) {
      // Two of them have one moment.
      Instant published = NOON.plusSeconds(60L * (i / 2));
      write(enriched(article("" + i, 1, "Article " + i).setPublished(published)));
    }
    try (Search search = place.database().search()) {
      List<Hit> page = search.find(SearchQuery.of("").page(2, 0));
      write(enriched(article("6", 1, "Newer").setPublished(NOON.plusSeconds(900))));
      List<String> found = new ArrayList<>();
      while (!page.isEmpty()) {
        page.forEach(hit -> found.add(hit.headline()));
        var last = page.get(page.size() - 1).record().getArticle();
        page =
            search.findAfter(
                SearchQuery.of("").page(2, 0),
                new Search.Position(last.getPublished(), last.getId()));
      }
      assertThat(found)
          .containsExactly("Article 4", "Article 5", "Article 2", "Article 3", "Article 1");
    }
  }

  @Test
  void placesAreCountedWithTheirCoordinates() {
    write(usable("1", 1, "Truce agreed"), usable("2", 1, "Truce holds"));
    try (Search search = place.database().search()) {
      assertThat(search.places(SearchQuery.of("truce")))
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.name()).isEqualTo("Ansel");
                assertThat(found.wikidataId()).contains("Q1000001");
                assertThat(found.articles()).isEqualTo(2);
                assertThat(found.latitude()).isBetween(-90.0, 90.0);
              });
      assertThat(search.places(SearchQuery.of("nothing"))).isEmpty();
    }
  }

  @Test
  void whatWasKilledIsToldOfWithoutItsText() {
    write(usable("1", 1, "Truce agreed"), usable("2", 1, "Truce holds"));
    write(kill("1", 2));
    try (Search search = place.database().search()) {
      assertThat(search.article("tidewater/1")).isEmpty();
      assertThat(search.withdrawal("tidewater/1"))
          .get()
          .extracting(Search.Withdrawal::status)
          .isEqualTo(Status.CANCELED);
      assertThat(search.withdrawal("tidewater/2")).isEmpty();
      assertThat(search.withdrawn(Instant.EPOCH, 10))
          .extracting(Search.Withdrawal::articleId)
          .containsExactly("tidewater/1");
      assertThat(search.offsets(GROUP, "newswire.enriched")).containsEntry(0, 3L);
    }
  }

  @Test
  void theQuestionsOfTheDocumentationHaveAnswers() throws Exception {
    store.close();
    store = opened(true);
    EnrichedArticle rich = usable("1", 2, "Truce holds");
    rich.setEntities(List.of(place("Ansel", "Q1000001", 56), place("Tarn", "Q1000002", 60)));
    EnrichedArticle plain = usable("3", 1, "No topic");
    plain.setTopics(List.of());
    plain
        .getArticle()
        .setRenditions(List.of(new Rendition("q.jpg", "image/jpeg", null, null, null, "Q", null)));
    write(rich, usable("1", 1, "Truce agreed"), usable("2", 1, "More talks"), kill("9", 1), plain);

    List<String> questions =
        Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "docs", "storage.md")))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(questions).hasSize(11);
    assertThat(questions.stream().map(this::rows).map(List::size))
        .as("rows of each answer")
        .containsExactly(1, 1, 2, 1, 2, 2, 1, 1, 1, 1, 1);
    assertThat(rows(questions.get(0))).containsExactly("truce-1|2");
    assertThat(rows(questions.get(1))).containsExactly("2026-03-02T12:00Z|2");
    assertThat(rows(questions.get(2)))
        .containsExactly("place|Ansel|Q1000001|3|3", "place|Tarn|Q1000002|1|1");
    assertThat(rows(questions.get(3))).containsExactly("place|Tarn|1");
    assertThat(rows(questions.get(8))).containsExactly("tidewater/3|No topic");
  }

  @Test
  void anOldDatabaseIsUpgradedWithItsArticles() throws SQLException {
    store.close();
    place.close();
    place = emptyDatabase();
    Flyway.configure()
        .dataSource(place.jdbcUrl(), null, null)
        .locations("classpath:dev/newswire/sink/" + place.kind())
        .target("1")
        .load()
        .migrate();
    place.execute(
        "INSERT INTO consumer_offsets VALUES ('" + GROUP + "', 'newswire.enriched', 0, 3, 17)");
    assertThatThrownBy(() -> place.database().search())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("run the sink once");

    store = place.database().open(true);

    assertThat(store.claim(GROUP, LOG, List.of(FIRST)).get(FIRST)).hasValue(17);
    store.write(Batch.of(List.of(usable("1", 1, "New"))), GROUP, Map.of(FIRST, 18L));
    assertThat(headlines("")).containsExactly("New");
  }

  @Test
  void aDatabaseOfANewerVersionIsRefusedWithOneLine() throws SQLException {
    store.close();
    place.execute(
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " VALUES (99, '99', 'future', 'SQL', 'V99__future.sql', 'x', 1, true)");

    assertThatThrownBy(() -> place.database().open(false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tables of version 99")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> place.database().search()).isInstanceOf(UserError.class);
  }

  @Test
  void aDatabaseOfSomebodyElseIsRefusedWithOneLine() throws SQLException {
    store.close();
    place.close();
    place = emptyDatabase();
    place.execute("CREATE TABLE customers (name text)");

    assertThatThrownBy(() -> place.database().search())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds no articles yet");
    assertThatThrownBy(() -> place.database().open(false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not newswire's")
        .hasMessageNotContaining("\n");
  }

  private Store opened(boolean keepRevisions) {
    Store opened = place.database().open(keepRevisions);
    opened.claim(GROUP, LOG, List.of(FIRST));
    return opened;
  }

  private OptionalLong claimedAnew() {
    return store.claim(GROUP, LOG, List.of(FIRST)).get(FIRST);
  }

  private List<Outcome> write(EnrichedArticle... records) {
    return store.write(Batch.of(List.of(records)), GROUP, Map.of(FIRST, offset += records.length));
  }

  private static int number(EnrichedArticle article) {
    return Integer.parseInt(article.getArticle().getRevision().getVersion());
  }

  private List<String> headlines(String text) {
    return find(SearchQuery.of(text)).stream()
        .map(hit -> hit.headline().replaceAll("[\u0001\u0002]", ""))
        .toList();
  }

  private List<Hit> find(SearchQuery query) {
    try (Search search = place.database().search()) {
      List<Hit> hits = search.find(query);
      assertThat(search.count(query)).isEqualTo(hits.size());
      return hits;
    }
  }

  private List<Facet> facets(String text, Facet.By by) {
    try (Search search = place.database().search()) {
      return search.count(SearchQuery.of(text), by);
    }
  }

  private List<String> rows(String sql) {
    try {
      return place.rows(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
