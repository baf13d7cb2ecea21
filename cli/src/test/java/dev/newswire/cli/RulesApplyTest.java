// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.EnrichStage;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.PublishedRules;
import dev.newswire.ingest.Publisher;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Health.State;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Rules;
import dev.newswire.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules published by command, and taken over by a running enricher. */
@Timeout(240)
class RulesApplyTest {

  private static final String FIRST =
      """
      topics:
        - {id: otters, queries: [otter], matches: [Otters came back to the river.]}
        - {id: herons, queries: [heron]}
      """;

  private static final String SECOND =
      """
      topics:
        - {id: river-life, queries: [otter OR heron]}
        - {id: herons, queries: [heron OR egret]}
      """;

  private static final String ENTITIES =
      """
      entities:
        - {name: Quenby Marsh Reserve, aliases: [the Quenby fen], kind: place, country: GB,
           latitude: 52.5, longitude: -1.25}
      """;

  @TempDir Path folder;
  private final List<EnrichedArticle> enriched = new ArrayList<>();
  private Broker broker;
  private Cluster cluster;
  private KafkaConsumer<String, EnrichedArticle> enrichedReader;

  @BeforeEach
  void startBroker() {
    broker = Broker.start(folder.resolve("kafka"));
    cluster =
        new Cluster(
            broker.bootstrapServers(),
            Cluster.IN_PROCESS_REGISTRY,
            Cluster.DEFAULT_PREFIX,
            Map.of("commit.interval.ms", "100"));
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
    }
    enrichedReader =
        new KafkaConsumer<>(
            cluster.consumerProperties(),
            new StringDeserializer(),
            cluster.deserializer(cluster.topics().enriched()));
    List<TopicPartition> partitions =
        enrichedReader.partitionsFor(cluster.topics().enriched().name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    enrichedReader.assign(partitions);
    enrichedReader.seekToBeginning(partitions);
  }

  @AfterEach
  void stopBroker() {
    enrichedReader.close();
    broker.close();
  }

  @Test
  void aTaxonomyIsPublishedUnderTheNextVersionWithWhatChanged() throws IOException {
    assertThat(onCluster("topics", "list").out()).contains("the bundled taxonomy: ");

    Console first = onCluster("topics", "apply", file("first.yaml", FIRST));
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("published taxonomy 1: 2 topics; against the bundled taxonomy")
        .containsPattern("added +2  otters, herons");
    assertThat(onCluster("topics", "apply", file("first.yaml", FIRST)).out())
        .contains("taxonomy 1 is this very document already");

    assertThat(onCluster("topics", "apply", file("second.yaml", SECOND)).out())
        .contains("published taxonomy 2: 2 topics; against taxonomy 1")
        .containsPattern("added +1  river-life")
        .containsPattern("removed +1  otters")
        .containsPattern("changed +1  herons");
    assertThat(onCluster("topics", "list").out()).contains("river-life", "taxonomy 2, published 2");
    assertThat(onCluster("topics", "show").out()).isEqualTo(SECOND);
  }

  @Test
  void whatWasPublishedIsListedWithWhoDidItAndAnyOfItCanBeRestored() throws IOException {
    assertThat(onCluster("topics", "history").out()).contains("no taxonomy was published");
    onCluster("topics", "apply", file("first.yaml", FIRST), "--by", "Ada", "--note", "otters");
    onCluster("topics", "apply", file("second.yaml", SECOND), "--by", "Bo");

    Console restored = onCluster("topics", "restore", "1", "--by", "Ada");

    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("published taxonomy 3: 2 topics; against taxonomy 2");
    assertThat(onCluster("topics", "show").out()).isEqualTo(FIRST);
    assertThat(onCluster("topics", "history").out().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).containsPattern("3 .* Ada .* 1 +1 +1 +restores 1"),
            line -> assertThat(line).containsPattern("2 .* Bo .* 1 +1 +1 +-"),
            line -> assertThat(line).containsPattern("1 .* Ada .* 2 +\\d+ +0 +otters"));
    assertThat(onCluster("topics", "history", "--json").out().lines().findFirst())
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .contains(
                        "\"version\":3", "\"publishedBy\":\"Ada\"", "\"added\":[\"otters\"]"));
    assertThat(onCluster("topics", "restore", "9").err())
        .isEqualToIgnoringNewLines(
            "newswire: VERSION: no taxonomy 9 is kept; 'newswire topics history' lists those that"
                + " are");
    assertThat(onCluster("topics", "restore", "0").out())
        .contains("published taxonomy 4", "against taxonomy 3");
  }

  @Test
  void aFaultIsRefusedAndAFailingExampleUnlessForced() throws IOException {
    Path faulty = file("faulty.yaml", FIRST + "  - {id: broken, queries: ['(']}\n");
    Path failing = file("failing.yaml", FIRST.replace("Otters came", "Beavers came"));

    for (Console refused :
        List.of(
            onCluster("topics", "apply", faulty),
            onCluster("topics", "apply", "--force", faulty),
            onCluster("topics", "apply", failing))) {
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err().lines()).singleElement().asString().contains("was not published");
    }
    assertThat(onCluster("topics", "list").out()).contains("the bundled taxonomy: ");
    assertThat(onCluster("topics", "apply", "--force", failing).out())
        .contains("published taxonomy 1");
  }

  @Test
  void whatIsInUseIsTheLastThatCanBeUsed() throws Exception {
    onCluster("topics", "apply", file("first.yaml", FIRST));
    publishTaxonomy(2, "topics: [{id: broken, queries: ['(']}]");

    assertThat(onCluster("topics", "list").out()).contains("otters", "taxonomy 1, published ");
    assertThat(onCluster("topics", "show").out()).isEqualTo(FIRST);
    assertThat(onCluster("topics", "apply", file("second.yaml", SECOND)).out())
        .contains("published taxonomy 3: 2 topics; against taxonomy 1");
  }

  @Test
  void aListOfEntitiesIsCheckedWithAllItsFaults() throws IOException {
    assertThat(newswire("entities", "lint", file("good.yaml", ENTITIES)).out())
        .contains("entities: 1, faults: 0");

    Console faulty =
        newswire(
            "entities",
            "lint",
            file(
                "bad.yaml",
                "entities: [{name: A, kind: ship}, {kind: place}, {name: Bramble Fen, kind: place}]"));
    assertThat(faulty.exitCode()).isEqualTo(1);
    assertThat(faulty.out().lines()).hasSize(3).last().asString().contains("1, faults: 2");
  }

  @Test
  void oneTopicIsShownWithItsQueriesAndExamples() throws IOException {
    onCluster("topics", "apply", file("first.yaml", FIRST));

    assertThat(onCluster("topics", "show", "otters").out())
        .startsWith("otters: ")
        .contains("queries", "must match")
        .doesNotContain("heron OR");
    Console unknown = onCluster("topics", "show", "badgers");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("TOPIC: no topic in use is 'badgers'");
  }

  @Test
  void twoThatPublishAtOnceNeverTakeTheSameVersion() {
    List<CompletableFuture<Optional<Long>>> publications =
        Stream.of(FIRST, SECOND, FIRST)
            .map(document -> CompletableFuture.supplyAsync(() -> versionOf(document)))
            .toList();
    List<Long> versions =
        publications.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();

    assertThat(versions).isNotEmpty().doesNotHaveDuplicates();
    assertThat(newestVersion()).isEqualTo(versions.size());
  }

  /** Publishes a document; empty where somebody else did at the same moment. */
  private Optional<Long> versionOf(String document) {
    try {
      PublishedRules rules = new PublishedRules(cluster);
      return Optional.of(
          rules
              .publish(LiveEnricher.TAXONOMY, document, Optional.empty(), Optional.empty())
              .getVersion());
    } catch (UserError e) {
      assertThat(e).hasMessageContaining("somebody else published");
      return Optional.empty();
    }
  }

  @Test
  void theNextArticleIsTaggedByWhatWasAppliedAndABadRuleStopsNothing() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    EnrichStage stage =
        new EnrichStage(cluster, EnrichSettings.live(cluster, folder.resolve("state")), meters);
    try (stage) {
      stage.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> stage.health().state() == State.RUNNING);
      onCluster("topics", "apply", file("first.yaml", FIRST));
      assertThat(enriched("otters seen").getStamp().getTaxonomy()).isEqualTo(1);
      assertThat(topicsOf("otters again")).containsExactly("otters");

      onCluster("topics", "apply", file("second.yaml", SECOND));
      assertThat(topicsOf("otters once more")).containsExactly("river-life");

      Console published = onCluster("entities", "apply", file("entities.yaml", ENTITIES));
      assertThat(published.out()).contains("published entity list 1: 1 entities; against none");
      assertThat(onCluster("entities", "list").out()).contains("GB 52.5,-1.25", "entity list 1, ");
      await()
          .untilAsserted(
              () -> {
                EnrichedArticle article = enriched("otters at the Quenby fen");
                assertThat(article.getStamp().getEntityList()).isEqualTo(1);
                assertThat(article.getEntities())
                    .filteredOn(entity -> entity.getName().equals("Quenby Marsh Reserve"))
                    .singleElement()
                    .satisfies(place -> assertThat(place.getLatitude()).isEqualTo(52.5));
              });

      publishRaw("no Avro at all".getBytes(StandardCharsets.UTF_8));
      publishTaxonomy(3, "topics: [{id: broken, queries: ['(']}, {id: swans, queries: [swan]}]");
      assertThat(topicsOf("swans land")).containsExactly("swans");
      assertThat(meters.get("newswire.rules.skipped").counter().count()).isEqualTo(2);
      assertThat(stage.health().state()).isEqualTo(State.RUNNING);
    }
  }

  /** Enriches articles that say this until one is enriched by rules newer than the last seen. */
  private EnrichedArticle enriched(String text) throws Exception {
    String id = text.replace(' ', '-');
    long newest = newestVersion();
    List<EnrichedArticle> seen = new ArrayList<>();
    int number = 0;
    while (seen.isEmpty() || seen.get(seen.size() - 1).getStamp().getTaxonomy() < newest) {
      String item = id + "-" + number++;
      ingest(item, text);
      await()
          .pollInSameThread()
          .atMost(Duration.ofSeconds(60))
          .until(() -> readEnriched().stream().anyMatch(article -> isItem(article, item)));
      enriched.stream().filter(article -> isItem(article, item)).forEach(seen::add);
    }
    return seen.get(seen.size() - 1);
  }

  private List<String> topicsOf(String text) throws Exception {
    return enriched(text).getTopics().stream().map(Topic::getId).toList();
  }

  private long newestVersion() {
    return new PublishedRules(cluster).inUse(LiveEnricher.TAXONOMY).orElseThrow().getVersion();
  }

  private void ingest(String item, String text) throws IOException {
    String feed =
        "<rss version=\"2.0\"><channel><title>t</title><item><guid>%s</guid><title>%s</title>"
                .formatted(item, text)
            + "<description>The keeper said so on Monday.</description></item></channel></rss>";
    try (Publisher publisher = new Publisher(cluster, "rules-test", new Formats())) {
      publisher.publishAgain(
          Delivery.of("tidewater", "tidewater-world", "feed.xml", Instant.now()),
          feed.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Publishes a taxonomy without looking at it, as another program may. */
  private void publishTaxonomy(long version, String document) throws Exception {
    publishRaw(
        cluster
            .serializer(cluster.topics().taxonomy())
            .serialize(
                cluster.topics().taxonomy().name(),
                new Rules(version, Instant.EPOCH, document, null, null)));
  }

  private void publishRaw(byte[] value) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            cluster.producerProperties(), new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  cluster.topics().taxonomy().name(), LiveEnricher.TAXONOMY, value))
          .get();
    }
  }

  private static boolean isItem(EnrichedArticle article, String item) {
    return article.getArticle().getItemId().endsWith("#" + item);
  }

  private List<EnrichedArticle> readEnriched() {
    enrichedReader.poll(Duration.ofMillis(100)).forEach(record -> enriched.add(record.value()));
    return enriched;
  }

  private Console onCluster(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
    return newswire(all.toArray());
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
