// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.TextField;
import dev.newswire.schemas.Topic;
import dev.newswire.schemas.TopicOrigin;
import dev.newswire.sink.Database;
import dev.newswire.sink.SinkSettings;
import dev.newswire.sink.SinkStage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user asks of five stored articles, and sees. */
class SearchCommandTest {

  private static final Instant MONDAY = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir static Path folder;

  @BeforeAll
  static void storeArticles() {
    try (Broker broker = Broker.start(folder.resolve("kafka"))) {
      Cluster cluster = Cluster.at(broker.bootstrapServers(), Cluster.IN_PROCESS_REGISTRY);
      try (Admin admin = Admin.create(cluster.clientProperties())) {
        new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
      }
      String topic = cluster.topics().enriched().name();
      try (KafkaProducer<String, EnrichedArticle> producer = producer(cluster)) {
        for (EnrichedArticle article :
            List.of(
                article("1", "Truce holds in Ansel", "en", 0, Status.USABLE, "truce"),
                article("2", "Talks on a truce, \"final\" ones", "en", 1, Status.USABLE, "truce"),
                article("3", "Waffenruhe hält", "de", 1, Status.USABLE, "truce"),
                article("4", "Budget draft", "en", 2, Status.WITHHELD, "economy"),
                article("5", "Minister resigns", "en", 2, Status.CANCELED, "economy"))) {
          assertThat(
                  producer.send(new ProducerRecord<>(topic, article.getArticle().getId(), article)))
              .succeedsWithin(Duration.ofSeconds(30));
        }
      }
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      SinkSettings settings = SinkSettings.of(Database.sqlite(folder.resolve("newswire.db")));
      try (SinkStage stage = new SinkStage(cluster, settings, meters)) {
        stage.start();
        await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(
                () ->
                    meters.get("newswire.outcomes").tag("outcome", "stored").counter().count()
                        == 5);
      }
    }
  }

  @Test
  void aStoredArticleIsExplainedByTheBundledRules() {
    Console console =
        newswire(
            "explain",
            "--data",
            folder,
            "--bundled",
            "--id",
            "tidewater/1",
            "--topic",
            "ceasefire");

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("Truce holds in Ansel", "tidewater/1")
        .containsPattern(
            "ceasefire: the article has it \\(score \\d+\\.\\d\\d of \\d\\.\\d\\d needed\\)\\.");
  }

  @Test
  void anArticleThatIsNotPublishedIsNotExplained() {
    for (String id : List.of("tidewater/4", "tidewater/5", "tidewater/none")) {
      Console console = newswire("explain", "--data", folder, "--bundled", "--id", id);

      assertThat(console.exitCode()).isOne();
      assertThat(console.err())
          .isEqualToIgnoringNewLines(
              "newswire: --id: no published article in the store is '" + id + "'");
    }
  }

  private static KafkaProducer<String, EnrichedArticle> producer(Cluster cluster) {
    Serializer<EnrichedArticle> values = cluster.serializer(cluster.topics().enriched());
    return new KafkaProducer<>(cluster.producerProperties(), new StringSerializer(), values);
  }

  private static EnrichedArticle article(
      String itemId, String headline, String language, int day, Status status, String topic) {
    Instant published = MONDAY.plus(Duration.ofDays(day));
    return EnrichedArticle.newBuilder()
        .setArticle(
            Article.newBuilder()
                .setId("tidewater/" + itemId)
                .setProvider("tidewater")
                .setItemId(itemId)
                .setFeed("tidewater-world")
                .setRevision(
                    Revision.newBuilder()
                        .setVersionCreated(published)
                        .setReceivedAt(published)
                        .setContentHash(itemId)
                        .build())
                .setPublished(published)
                .setStatus(status)
                .setStatusReason(status == Status.CANCELED ? "legal" : null)
                .setHeadline(headline)
                .setBody("The ministry said so.")
                .build())
        .setLanguage(language)
        .setEntities(
            List.of(
                Entity.newBuilder()
                    .setKind(EntityKind.PLACE)
                    .setName("Port Ansel")
                    .setWikidataId("Q77")
                    .setSalience(1)
                    .setMentions(List.of(new Mention(TextField.BODY, 0, 3, "The")))
                    .build()))
        .setTopics(
            List.of(
                Topic.newBuilder()
                    .setId(topic)
                    .setLabel("Label")
                    .setOrigin(TopicOrigin.RULE)
                    .setStrength(1)
                    .build()))
        .setStamp(
            EnrichmentStamp.newBuilder().setEnricher(1).setTaxonomy(1).setModel("test").build())
        .build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --count                                 | 3
          truce --count                           | 2
          truce --count -- -talks                 | 1
          --topic truce --language de --count     | 1
          --entity ansel --count                  | 3
          --entity Q77 --since 2026-03-03 --count | 2
          --until 2026-03-03 --count              | 1
          --provider northern --count             | 0
          --status withheld --count               | 1
          --status canceled --count               | 1
          """)
  void filtersAreCombined(String line, String expected) {
    assertThat(search(line.split(" ", -1)).out().strip()).isEqualTo(expected);
  }

  @Test
  void csvHasALineOfHeadingsAndQuotesWhatNeedsIt() {
    assertThat(search("truce", "--sort", "time", "--csv").out())
        .isEqualTo(
            "id,provider,published,status,language,headline,topics,entities,url\r\n"
                + "tidewater/2,tidewater,2026-03-03T12:00:00Z,usable,en,"
                + "\"Talks on a truce, \"\"final\"\" ones\",truce,Port Ansel,\r\n"
                + "tidewater/1,tidewater,2026-03-02T12:00:00Z,usable,en,"
                + "Truce holds in Ansel,truce,Port Ansel,\r\n");
  }

  @Test
  void countsAreShownAsBars() {
    assertThat(search("--by", "day").out().lines().map(String::strip))
        .containsExactly(
            "VALUE       ARTICLES",
            "2026-03-03         2  ████████████████████████",
            "2026-03-02         1  ████████████");
    assertThat(search("--by", "topic", "--json").out().strip())
        .isEqualTo("{\"value\":\"truce\",\"detail\":\"Label\",\"articles\":3}");
    assertThat(search("--by", "entity", "--csv").out()).endsWith("Port Ansel,place Q77,3\r\n");
  }

  @Test
  void ofWhatWasKilledOnlyWhoAndWhenAndWhyAreShown() {
    for (String format : List.of("--json", "--csv", "--limit=9")) {
      assertThat(search("--status", "canceled", format).out())
          .contains("tidewater/5", "canceled")
          .doesNotContain("Minister")
          .doesNotContain("ministry");
    }
    assertThat(search("--status", "canceled").out()).contains("legal");
    assertThat(search("--status", "withheld", "--json").out())
        .contains("\"status\":\"withheld\"", "Budget draft");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --status gone        | --status: 'gone' is no status; it is usable, withheld or canceled
          --sort size          | --sort: 'size' is no order; it is relevance or time
          --by year            | --by: 'year' is no kind of count; it is topic, entity, provider, day or story
          --json --csv         | --json and --csv: give one of them
          """)
  void aWrongCommandLineGetsOneLine(String line, String expected) {
    Console console = search(line.split(" ", -1));

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err().lines()).singleElement().asString().contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mysql://localhost/news                  | is no store; it is sqlite:FILE or postgresql://
          sqlite:/nowhere/at/all.db               | there is no database
          postgresql://localhost:1/news?user=desk | can't read 'postgresql://localhost:1/news'
          """)
  void aStoreThatCannotBeReadIsNamed(String url, String expected) {
    Console console = newswire("search", "--store", url);

    assertThat(console.exitCode()).isNotZero();
    assertThat(console.err().lines()).singleElement().asString().contains(expected);
  }

  private static Console search(String... arguments) {
    Object[] all = new Object[arguments.length + 3];
    all[0] = "search";
    all[1] = "--data";
    all[2] = folder;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return newswire(all);
  }
}
