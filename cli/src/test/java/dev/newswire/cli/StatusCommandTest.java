// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.operations.Offsets;
import dev.newswire.operations.PipelineStatus;
import dev.newswire.operations.RecordCount;
import dev.newswire.operations.StageStatus;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.sink.Database;
import dev.newswire.sink.SinkSettings;
import dev.newswire.sink.SinkStage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every figure of the status against the truth. */
@Timeout(120)
class StatusCommandTest {

  private static final int PARTITIONS = 4;

  private static Broker broker;

  @BeforeAll
  static void startBroker(@TempDir Path folder) {
    broker = Broker.start(folder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aStoppedSinkLagsByWhatItHasNotReadAndNotByTransactionMarkers() {
    Cluster cluster = cluster("stopped");
    Instant old = Instant.now().minusSeconds(300);
    // Ten transactions: each leaves a marker that takes an offset of every partition.
    for (int i = 0; i < 10; i++) {
      writeInTransaction(cluster, cluster.topics().enriched(), 0, 5, old.plusSeconds(i));
      writeInTransaction(cluster, cluster.topics().enriched(), 1, 1, old.plusSeconds(i));
    }
    // In partition 0 six of fifty are read: one transaction, its marker, one record of the next.
    commit(cluster, "sink", cluster.topics().enriched(), Map.of(0, 7L, 1, 2L));

    StageStatus sink = stage(cluster, "sink", Clock.systemUTC());

    assertThat(sink.state()).contains("empty");
    assertThat(sink.members()).isEqualTo(OptionalInt.of(0));
    assertThat(sink.partitions()).isEqualTo(OptionalInt.of(3 * PARTITIONS));
    assertThat(sink.lag()).contains(new RecordCount(44 + 9, true));
    assertThat(sink.age().orElseThrow()).isBetween(Duration.ofSeconds(299), Duration.ofHours(1));
    assertThat(sink.details())
        .extracting(detail -> detail.lag().orElseThrow().records())
        .startsWith(44L, 9L, 0L, 0L);
    assertThat(sink.catchUp()).isEmpty();

    assertThat(status(cluster, "--stage", "sink", "--max-lag-records", "53").exitCode()).isZero();
    assertThat(status(cluster, "--stage", "sink", "--max-lag-records", "52").exitCode())
        .isEqualTo(3);
    assertThat(status(cluster, "--stage", "sink", "--max-lag", "30s").exitCode()).isEqualTo(3);
    assertThat(status(cluster, "--stage", "sink", "--max-lag", "1h").exitCode()).isZero();
    assertThat(status(cluster, "--partitions").out())
        .contains("stopped-sink", "empty", "53", "5m ")
        .containsPattern("stopped-sink +stopped.enriched +0 +7 +60 +44 +5m \\d\\ds +-");
    assertThat(status(cluster, "--json").out())
        .contains("\"group\":\"stopped-sink\",\"state\":\"empty\",\"members\":0,\"partitions\":12")
        .contains("\"lag\":53,\"lagExact\":true");
  }

  @Test
  void aTopicThatIsIdleAfterTransactionsHasNoLag() {
    Cluster cluster = cluster("idle");
    writeInTransaction(cluster, cluster.topics().enriched(), 0, 5, Instant.now().minusSeconds(60));
    commit(cluster, "sink", cluster.topics().enriched(), Map.of(0, 5L));

    StageStatus sink = stage(cluster, "sink", Clock.systemUTC());

    assertThat(sink.details().get(0).committed()).isEqualTo(OptionalLong.of(5));
    assertThat(sink.details().get(0).end()).isEqualTo(OptionalLong.of(6));
    assertThat(sink.lag()).contains(RecordCount.ZERO);
    assertThat(sink.age()).contains(Duration.ZERO);
    assertThat(sink.catchUp()).contains(Duration.ZERO);
    assertThat(
            status(cluster, "--stage", "sink", "--max-lag", "0s", "--max-lag-records", "0")
                .exitCode())
        .isZero();
  }

  @Test
  void aGroupThatIsNotThereIsMissingAndNothingIsMadeUpOfIt() {
    Cluster cluster = cluster("missing");
    writeInTransaction(cluster, cluster.topics().raw(), 0, 5, Instant.now());

    StageStatus enrich = stage(cluster, "enrich", Clock.systemUTC());

    assertThat(enrich.state()).contains("missing");
    assertThat(enrich.lag()).isEmpty();
    assertThat(enrich.age()).isEmpty();
    assertThat(enrich.rate()).isEmpty();
    assertThat(enrich.dead()).isEqualTo(OptionalLong.of(0));
    Console console = status(cluster, "--stage", "enrich", "--max-lag", "1h");
    assertThat(console.exitCode()).isEqualTo(3);
    assertThat(console.out())
        .containsPattern("missing-enrich +missing +0 +4 +\\? +\\? +\\? +\\? +0");
  }

  @Test
  void aClusterWithoutTopicsIsShownAsUnknownAndLeftWithoutThem() {
    Cluster cluster =
        new Cluster(broker.bootstrapServers(), Cluster.IN_PROCESS_REGISTRY, "bare", Map.of());

    assertThat(status(cluster).out())
        .containsPattern("sink +bare-sink +missing +0 +\\? +\\? +\\? +\\? +\\? +\\?");
    assertThat(status(cluster, "--stage", "sink", "--max-dead", "5").exitCode()).isEqualTo(3);
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      assertThat(Offsets.get(admin.listTopics().names())).noneMatch(name -> name.contains("bare"));
    }
  }

  @Test
  void theRateIsWhatWasCommittedInTheLastMinute() {
    Cluster cluster = cluster("rate");
    for (int i = 0; i < 8; i++) {
      writeInTransaction(cluster, cluster.topics().raw(), 0, 10, Instant.now());
    }
    Instant begin = Instant.now();
    commit(cluster, "enrich", cluster.topics().raw(), Map.of(0, 0L));
    commit(cluster, "enrich", cluster.topics().raw(), Map.of(0, 66L));

    // Sixty records were read. Seen half a minute later:
    StageStatus later = stage(cluster, "enrich", Clock.offset(Clock.systemUTC(), half()));
    double longest = Duration.between(begin, Instant.now().plus(half())).toMillis() / 1000.0;
    assertThat(later.rate().orElseThrow()).isBetween(60 / longest, 60 / 30.0);
    assertThat(later.lag()).contains(new RecordCount(20, true));
    assertThat(later.catchUp().orElseThrow().toMillis())
        .isBetween(9_000L, (long) (longest * 1000 / 3) + 1);
    // Two minutes later nothing has moved for a minute.
    StageStatus idle =
        stage(cluster, "enrich", Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)));
    assertThat(idle.rate()).hasValue(0);
    assertThat(idle.catchUp()).isEmpty();
    // At once there is too little time to tell.
    assertThat(stage(cluster, "enrich", Clock.fixed(begin, Clock.systemUTC().getZone())).rate())
        .isEmpty();
  }

  @Test
  void aMemberIsCountedAndNamedWithItsPartitions() {
    Cluster cluster = cluster("members");
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put("group.id", cluster.group("sink"));
    properties.put("client.id", "teller");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(
          List.of(
              cluster.topics().enriched().name(),
              cluster.topics().storyAssignments().name(),
              cluster.topics().stories().name()));
      await()
          .untilAsserted(
              () -> {
                consumer.poll(Duration.ofMillis(100));
                assertThat(consumer.assignment()).hasSize(3 * PARTITIONS);
              });

      StageStatus sink = stage(cluster, "sink", Clock.systemUTC());

      assertThat(sink.state()).contains("stable");
      assertThat(sink.members()).isEqualTo(OptionalInt.of(1));
      assertThat(sink.details())
          .allSatisfy(detail -> assertThat(detail.member().orElseThrow()).startsWith("teller/"));
    }
  }

  @Test
  void deadLettersAreCountedUntilTheyAreRedriven() throws Exception {
    Cluster cluster = cluster("dead");
    try (KafkaProducer<byte[], byte[]> producer = producer(cluster, Optional.empty())) {
      for (int i = 0; i < 3; i++) {
        DeadLetter letter =
            new DeadLetter(
                new byte[0],
                "x".getBytes(UTF_8),
                "unreadable",
                "",
                Optional.of(cluster.topics().raw().name()),
                0,
                i,
                Map.of());
        producer.send(letter.toRecord(cluster.topics().deadLetters("enrich"))).get();
      }
    }
    assertThat(newswire("dead", "redrive", "enrich-0-1", server(), "--topic-prefix", "dead").err())
        .isEmpty();

    assertThat(stage(cluster, "enrich", Clock.systemUTC()).dead()).isEqualTo(OptionalLong.of(2));
    assertThat(status(cluster, "--max-dead", "2").exitCode()).isZero();
    assertThat(status(cluster, "--max-dead", "1").exitCode()).isEqualTo(3);
  }

  @Test
  void aRunningReplayIsSeenWithWhatItHasLeftOfItsPlan() {
    Cluster cluster = cluster("replayed");
    writeInTransaction(cluster, cluster.topics().raw(), 0, 30, Instant.now());
    commit(cluster, "replay-7", cluster.topics().raw(), Map.of(0, 10L));
    commit(cluster, "replay-7.plan", cluster.topics().raw(), Map.of(0, 25L));

    Console console = status(cluster, "--max-lag", "0s", "--stage", "enrich");

    assertThat(console.out()).containsPattern("replay +replayed-replay-7 +empty +0 +4 +15 ");
    assertThat(console.out()).doesNotContain(".plan");
  }

  @Test
  void brokersThatDoNotAnswerAreNamedInOneLine() {
    String server = "localhost:" + Broker.freePort();

    Console console =
        newswire(
            "status",
            "--bootstrap-server",
            server,
            "-X",
            "default.api.timeout.ms=2000",
            "-X",
            "request.timeout.ms=1000");

    assertThat(console.exitCode()).isEqualTo(1);
    assertThat(console.err().lines())
        .singleElement()
        .asString()
        .contains("--bootstrap-server", server);
  }

  private static Duration half() {
    return Duration.ofSeconds(30);
  }

  @Test
  void anOutageOfTheStoreIsShownForAsLongAsTheSinkIsThere() {
    Cluster cluster = cluster("outage");
    Database nobodyThere =
        Database.of("postgresql://127.0.0.1:1/news?user=newswire", Optional.empty());
    try (SinkStage sink =
        new SinkStage(cluster, SinkSettings.of(nobodyThere), new SimpleMeterRegistry())) {
      sink.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(stage(cluster, "sink", Clock.systemUTC()).outage())
                      .hasValueSatisfying(why -> assertThat(why).contains("refused")));

      assertThat(status(cluster).out()).contains("outage of sink: the database can't be used now");
      assertThat(status(cluster, "--json").out()).contains("\"outage\":\"the database can't");
    }
    assertThat(stage(cluster, "sink", Clock.systemUTC()).outage()).isEmpty();
  }

  private static Cluster cluster(String prefix) {
    Cluster cluster =
        new Cluster(broker.bootstrapServers(), Cluster.IN_PROCESS_REGISTRY, prefix, Map.of());
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
    }
    return cluster;
  }

  private static String server() {
    return "--bootstrap-server=" + broker.bootstrapServers();
  }

  private static Console status(Cluster cluster, String... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("status", server(), "--topic-prefix", cluster.prefix()));
    arguments.addAll(List.of(more));
    return newswire(arguments.toArray());
  }

  private static StageStatus stage(Cluster cluster, String stage, Clock clock) {
    try (Admin admin = Admin.create(cluster.clientProperties());
        PipelineStatus status = new PipelineStatus(cluster, admin, clock)) {
      return status.read(List.of(stage)).get(0);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Cluster cluster, Optional<String> id) {
    Map<String, Object> properties = cluster.producerProperties();
    id.ifPresent(name -> properties.put("transactional.id", name));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  // A send that fails makes the commit fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void writeInTransaction(
      Cluster cluster, TopicSpec<?> topic, int partition, int number, Instant at) {
    try (KafkaProducer<byte[], byte[]> producer =
        producer(cluster, Optional.of(cluster.group("test")))) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = 0; i < number; i++) {
        producer.send(
            new ProducerRecord<>(
                topic.name(), partition, at.toEpochMilli(), new byte[] {1}, new byte[] {2}));
      }
      producer.commitTransaction();
    }
  }

  private static void commit(
      Cluster cluster, String group, TopicSpec<?> topic, Map<Integer, Long> offsets) {
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      Map<TopicPartition, OffsetAndMetadata> wanted = new java.util.HashMap<>();
      offsets.forEach(
          (partition, offset) ->
              wanted.put(
                  new TopicPartition(topic.name(), partition), new OffsetAndMetadata(offset)));
      Offsets.get(admin.alterConsumerGroupOffsets(cluster.group(group), wanted).all());
    }
  }
}
