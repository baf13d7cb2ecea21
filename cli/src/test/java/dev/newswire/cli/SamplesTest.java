// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.ingest.formats.ParsedArticle;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.RevisionOrder;
import dev.newswire.schemas.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the demo's sample items hold, as the parsers read them in the order of delivery. */
class SamplesTest {

  private static final Instant FIRST_DELIVERY = Instant.parse("2025-04-12T06:00:00Z");
  private static final String RESOURCES = "northwire/tag:northwire.example,2025:NW2504080031";
  private static final String FLASH = "northwire/tag:northwire.example,2025:NW2504100022";
  private static final String RIKSBANK = "northwire/tag:northwire.example,2025:NW2504090004";
  private static final String KUPYANSK = "meridian-news/meridian-20250408-0017";
  private static final String BROKEN_OFF = "meridian-news/meridian-20250408-0042";
  private static final String KILL_OF_BROKEN_OFF = "meridian-news/meridian-20250409-0029";

  private final Map<String, Formats.Content> files = new LinkedHashMap<>();

  @BeforeEach
  void readEveryFileOfTheIndex() throws IOException {
    Formats formats = new Formats();
    Instant receivedAt = FIRST_DELIVERY;
    for (String line : text("index.tsv").lines().toList()) {
      String[] columns = line.split("\t", -1);
      Delivery delivery = Delivery.of(columns[1], columns[0], columns[2], receivedAt);
      try (InputStream content = open(columns[2])) {
        files.put(columns[2], formats.read(delivery, content.readAllBytes()));
      }
      receivedAt = receivedAt.plus(Duration.ofSeconds(1));
    }
  }

  @Test
  void theIndexNamesAFeedOfEachFormat() {
    assertThat(articles().stream().map(raw -> raw.getOriginal().getFormat()))
        .containsOnly("rss", "atom", "nitf", "newsml-g2");
    assertThat(files).hasSize(23);
  }

  @Test
  void everyFileHoldsTheItemsItShould() {
    Map<String, Integer> others =
        files.entrySet().stream()
            .filter(file -> file.getValue().articles().size() != 1)
            .collect(
                Collectors.toMap(Map.Entry::getKey, file -> file.getValue().articles().size()));
    assertThat(others)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "harbour-press.rss.xml", 9,
                "the-daily-lantern.atom.xml", 9,
                "meridian-news/0409-kill-talks-broken-off.xml", 2,
                "meridian-news/0409-truncated.xml", 0));
    assertThat(articles()).hasSize(39);
    assertThat(articles().stream().map(raw -> raw.getArticle().getId()).distinct()).hasSize(33);
  }

  @Test
  void everyArticleIsWhole() {
    assertThat(articles())
        .allSatisfy(
            raw -> {
              assertThat(raw.getWarnings())
                  .as("nothing but where a signal comes from")
                  .allMatch(warning -> warning.startsWith("Signal "));
              assertThat(raw.getArticle().getItemIdDerived()).isFalse();
              assertThat(raw.getArticle().getPartial()).isFalse();
              if (raw.getArticle().getStatus() == Status.USABLE) {
                assertThat(raw.getArticle().getHeadline()).isNotEmpty();
                assertThat(raw.getArticle().getBody()).isNotEmpty();
                assertThat(raw.getArticle().getPublished())
                    .isBetween(
                        Instant.parse("2025-04-07T00:00:00Z"),
                        Instant.parse("2025-04-12T00:00:00Z"));
              }
            });
  }

  @Test
  void theTruncatedFileIsTheOnlyReject() {
    assertThat(files.values().stream().flatMap(read -> read.rejects().stream())).hasSize(1);
    assertThat(files.get("meridian-news/0409-truncated.xml").rejects().get(0).reason())
        .startsWith("The document is no well-formed XML");
  }

  @Test
  void twoArticlesAreCorrectedUnderTheirIds() {
    assertThat(
            articles().stream()
                .map(RawArticle::getArticle)
                .filter(article -> article.getSignals().contains("correction"))
                .map(Article::getId))
        .containsExactly(KUPYANSK, RESOURCES);
    List<Article> kupyansk = revisions(KUPYANSK);
    assertThat(kupyansk).hasSize(2);
    assertThat(RevisionOrder.compare(kupyansk.get(1), kupyansk.get(0))).isPositive();
    assertThat(kupyansk.get(1).getBody()).contains("14 people").doesNotContain("41 people");
    assertThat(kupyansk.get(1).getEditorNotes())
        .containsExactly("Corrects the number of injured in paragraph 2 to 14, not 41.");
  }

  @Test
  void anOlderRevisionArrivesAfterTheNewestAndIsStale() {
    List<Article> revisions = revisions(RESOURCES);
    assertThat(revisions)
        .extracting(article -> article.getRevision().getVersion())
        .containsExactly("1", "3", "2");
    assertThat(RevisionOrder.compare(revisions.get(1), revisions.get(0))).isPositive();
    assertThat(RevisionOrder.compare(revisions.get(2), revisions.get(1))).isNegative();
  }

  @Test
  void oneItemIsDeliveredAgain() {
    List<Article> revisions = revisions(RIKSBANK);
    assertThat(revisions).hasSize(2);
    assertThat(revisions.get(1).getRevision().getContentHash())
        .isEqualTo(revisions.get(0).getRevision().getContentHash());
  }

  @Test
  void twoArticlesAreKilled() {
    assertThat(
            articles().stream()
                .map(RawArticle::getArticle)
                .filter(article -> article.getStatus() == Status.CANCELED)
                .map(Article::getId))
        .containsExactly(BROKEN_OFF, FLASH);
    for (String id : List.of(BROKEN_OFF, FLASH)) {
      List<Article> revisions = revisions(id);
      assertThat(revisions).hasSize(2);
      assertThat(revisions.get(0).getBody()).isNotEmpty();
      assertThat(revisions.get(1).getBody()).isEmpty();
      assertThat(RevisionOrder.compare(revisions.get(1), revisions.get(0))).isPositive();
    }
    assertThat(revisions(BROKEN_OFF).get(1).getCanceledBy()).isEqualTo(KILL_OF_BROKEN_OFF);
  }

  @Test
  void oneArticleIsUnderAnEmbargoThatEndsIn2099() {
    assertThat(
            articles().stream()
                .map(RawArticle::getArticle)
                .filter(article -> article.getEmbargo() != null))
        .singleElement()
        .satisfies(
            article ->
                assertThat(article.getEmbargo().getUntil())
                    .isEqualTo(Instant.parse("2099-01-01T00:01:00Z")));
  }

  @Test
  void oneArticleIsInGerman() {
    assertThat(
            articles().stream()
                .map(RawArticle::getArticle)
                .filter(article -> "de".equals(article.getLanguage()))
                .map(Article::getHeadline))
        .containsExactly("Unterhändler in Wien sprechen über Waffenruhe im Schwarzen Meer");
  }

  @Test
  void theArticleThatSearchMustFindNeverUsesTheWordsOfItsTopics() {
    assertThat(says(revisions("meridian-news/meridian-20250411-0077").get(0)))
        .contains("truce", "natural resources deal", "royalty payments on profits from mining")
        .doesNotContain("ceasefire", "minerals");
    assertThat(articles())
        .allSatisfy(raw -> assertThat(says(raw.getArticle())).doesNotContain("minerals deal"));
  }

  @Test
  void theNearMissesAreThere() {
    assertThat(articles().stream().map(raw -> raw.getArticle().getHeadline()))
        .contains(
            "Thornley Town sign mineral water deal with local spring",
            "Studio moves release of \"The Truce\" to autumn",
            "Copper miner agrees to takeover by Horizon Minerals",
            "Rovers and their supporters call truce over ticket prices");
  }

  private List<RawArticle> articles() {
    return files.values().stream()
        .flatMap(read -> read.articles().stream())
        .map(ParsedArticle::raw)
        .toList();
  }

  private List<Article> revisions(String id) {
    return articles().stream()
        .map(RawArticle::getArticle)
        .filter(article -> article.getId().equals(id))
        .toList();
  }

  private static String says(Article article) {
    return (article.getHeadline() + "\n" + article.getBody()).toLowerCase(Locale.ROOT);
  }

  private static String text(String path) throws IOException {
    try (InputStream content = open(path)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream open(String path) {
    InputStream content = Newswire.class.getResourceAsStream("samples/" + path);
    assertThat(content).as(path).isNotNull();
    return content;
  }
}
