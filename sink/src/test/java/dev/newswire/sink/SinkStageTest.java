// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static dev.newswire.sink.Samples.article;
import static dev.newswire.sink.Samples.enriched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Health.State;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Rules;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage against a real broker and a real database. */
class SinkStageTest {

  @TempDir static Path brokerFolder;
  @TempDir Path folder;

  private static Broker broker;
  private Cluster cluster;
  private Path database;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeAll
  static void startBroker() {
    broker = Broker.start(brokerFolder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void makeTopics() {
    cluster =
        new Cluster(
            broker.bootstrapServers(),
            Cluster.IN_PROCESS_REGISTRY,
            UUID.randomUUID().toString(),
            Map.of());
    database = folder.resolve("newswire.db");
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
    }
  }

  @Test
  void whatIsEnrichedIsStoredAndTheNextRunGoesOnWhereTheLastStopped() {
    try (SinkStage stage = started()) {
      produce(articles(0, 10));
      awaitStored(10);
    }
    produce(articles(10, 20));
    try (SinkStage stage = started()) {
      awaitStored(20);
    }
    assertThat(outcomes("stored")).isEqualTo(20);
    assertThat(outcomes("repeat")).isZero();
  }

  @Test
  void aLoneRecordIsQueryableAtOnce() {
    try (SinkStage stage = started()) {
      produce(articles(0, 1));
      awaitStored(1);
    }
  }

  @Test
  void recordsAreNotKeptWaitingOnceNoMoreCome() {
    try (SinkStage stage = stage(Duration.ofDays(1), SinkSettings.NO_LIMIT)) {
      stage.start();
      produce(articles(0, 1));
      awaitStored(1);
      produce(articles(1, 10));
      awaitStored(10);
    }
  }

  @Test
  void theTimeFromReceiptToStoreIsMeasuredButNotOfWhatIsEnrichedAgain() {
    produce(
        List.of(
            enriched(article("1", 1, "Talks resume"), 1),
            enriched(article("1", 1, "Talks resume"), 2),
            enriched(article("1", 2, "Talks end"), 2)));
    try (SinkStage stage = started()) {
      await().atMost(Duration.ofMinutes(1)).until(() -> outcomes("replaced") == 1);
      Timer latency = meters.get("newswire.latency").timer();
      assertThat(outcomes("enriched-again")).isEqualTo(1);
      assertThat(latency.count()).isEqualTo(2);
      // Samples were received long ago, so that they are beyond the last limit.
      assertThat(latency.takeSnapshot().histogramCounts())
          .hasSizeGreaterThan(5)
          .allSatisfy(limit -> assertThat(limit.count()).isZero());
      assertThat(latency.totalTime(TimeUnit.DAYS)).isGreaterThan(1);
      assertThat(meters.getMeters())
          .anyMatch(meter -> meter.getId().getName().startsWith("kafka.consumer."))
          .anyMatch(meter -> meter.getId().getName().startsWith("kafka.producer."));
    }
  }

  @Test
  void aRecordThatIsNoArticleBecomesADeadLetterAndItsNeighboursAreStored() {
    produce(articles(0, 5));
    produceBytes("tidewater/odd", "no Avro at all".getBytes(StandardCharsets.UTF_8));
    produceBytes("tidewater/nothing", new byte[0]);
    produceBytes("tidewater/rules", rules());
    produceBytes("tidewater/claims", claimsTwoThousandMillionItems());
    produceBytes("tidewater/tombstone", null);
    produce(articles(5, 10));
    try (SinkStage stage = started()) {
      awaitStored(10);
      await().atMost(Duration.ofMinutes(1)).until(() -> outcomes("dead") == 4);
      await().atMost(Duration.ofMinutes(1)).until(() -> outcomes("tombstone") == 1);
      assertThat(stage.health().state()).isEqualTo(State.RUNNING);
    }
    assertThat(deadLetters())
        .hasSize(4)
        .anySatisfy(letter -> assertThat(letter.bytes()).asString().isEqualTo("no Avro at all"))
        .anySatisfy(letter -> assertThat(letter.bytes()).isEmpty())
        .anySatisfy(letter -> assertThat(letter.reason()).contains("schemas.Rules"))
        .anySatisfy(letter -> assertThat(letter.reason()).contains("2147483639"));
    try (SinkStage stage = started()) {
      produce(articles(10, 11));
      awaitStored(11);
    }
    assertThat(deadLetters()).as("dead letters after another run").hasSize(4);
  }

  private byte[] rules() {
    try (Serializer<Rules> serializer = cluster.serializer(cluster.topics().taxonomy())) {
      return serializer.serialize(
          cluster.topics().taxonomy().name(),
          new Rules(1L, java.time.Instant.EPOCH, "topics: []", null, null));
    }
  }

  /** An enriched article ends with an empty list of failures. */
  private byte[] claimsTwoThousandMillionItems() {
    try (Serializer<EnrichedArticle> serializer = cluster.serializer(cluster.topics().enriched())) {
      byte[] valid =
          serializer.serialize(
              cluster.topics().enriched().name(), Samples.usable("claims", 1, "Headline"));
      assertThat(valid).endsWith(0);
      byte[] hostile = java.util.Arrays.copyOf(valid, valid.length + 4);
      byte[] count = {(byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
      System.arraycopy(count, 0, hostile, valid.length - 1, count.length);
      return hostile;
    }
  }

  @Test
  void ofAThousandRecordsTheOneThatTheDatabaseRefusesIsDeadAndTheOthersAreStored()
      throws Exception {
    Database.sqlite(database).open(false).close();
    sql(
        "CREATE TRIGGER refused BEFORE INSERT ON articles WHEN new.item_id = '417'"
            + " BEGIN SELECT RAISE(ABORT, 'not this one'); END");
    produce(articles(0, 1_000));
    try (SinkStage stage = started()) {
      awaitStored(999);
      await().atMost(Duration.ofMinutes(1)).until(() -> outcomes("dead") == 1);
    }
    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).asString().isEqualTo("tidewater/417");
              assertThat(letter.reason()).contains("not this one");
            });
  }

  @Test
  void anOutageLosesAndRepeatsNothing() throws Exception {
    try (SinkStage stage = started()) {
      produce(articles(0, 100));
      awaitStored(100);
      sql("ALTER TABLE articles RENAME TO elsewhere");
      produce(articles(100, 200));
      await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.OUTAGE);
      produce(articles(200, 300));
      sql("ALTER TABLE elsewhere RENAME TO articles");
      awaitStored(300);
      await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.RUNNING);
      produce(articles(300, 400));
      awaitStored(400);
    }
    assertThat(outcomes("stored")).isEqualTo(400);
    assertThat(outcomes("repeat")).isZero();
    assertThat(outcomes("dead")).isZero();
  }

  @Test
  void aFullDiskLosesNothingAndIsLoggedOnce() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, 16);
        StageLog log = new StageLog()) {
      database = disk.folder().resolve("newswire.db");
      try (SinkStage stage = started()) {
        produce(articles(0, 100));
        awaitStored(100);
        disk.fill();
        produce(articles(100, 1_500));
        await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.OUTAGE);
        assertThat(stage.health().detail()).contains("the disk of the database is full");
        produce(articles(1_500, 1_600));
        disk.free();
        awaitStored(1_600);
        await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.RUNNING);
      }
      assertThat(log.outages())
          .satisfiesExactly(
              begin -> assertThat(begin).startsWith("WARN sink: outage").contains("full"),
              end -> assertThat(end).isEqualTo("INFO sink: the outage is over"));
    }
    assertThat(outcomes("repeat") + outcomes("dead")).isZero();
  }

  @Test
  void aReadOnlyDatabaseIsWaitedFor() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, 16)) {
      database = disk.folder().resolve("newswire.db");
      try (SinkStage stage = started()) {
        produce(articles(0, 100));
        awaitStored(100);
      }
      produce(articles(100, 200));
      disk.remount("ro");
      try (SinkStage stage = started()) {
        await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.OUTAGE);
        disk.remount("rw");
        awaitStored(200);
        await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.RUNNING);
      }
    }
    assertThat(outcomes("repeat") + outcomes("dead")).isZero();
  }

  @Test
  void aDatabaseThatAnotherHoldsLockedIsWaitedFor() throws Exception {
    try (SinkStage stage = started()) {
      produce(articles(0, 10));
      awaitStored(10);
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database);
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
        produce(articles(10, 20));
        await().atMost(Duration.ofSeconds(30)).until(() -> stage.health().state() == State.OUTAGE);
        statement.execute("COMMIT");
      }
      awaitStored(20);
    }
    assertThat(outcomes("repeat")).isZero();
  }

  @Test
  void aDatabaseThatIsTakenAwayIsFilledAnewFromTheBeginning() throws Exception {
    try (SinkStage stage = started()) {
      produce(articles(0, 10));
      awaitStored(10);
      Files.delete(database);
      Files.deleteIfExists(Path.of(database + "-wal"));
      Files.deleteIfExists(Path.of(database + "-shm"));
      produce(articles(10, 20));
      awaitStored(20);
    }
  }

  @Test
  void anOutageThatLastsLongerThanAllowedEndsTheStage() throws Exception {
    Database.sqlite(database).open(false).close();
    sql("ALTER TABLE articles RENAME TO elsewhere");
    try (SinkStage stage = stage(Duration.ofMillis(500), Duration.ofSeconds(1))) {
      stage.start();
      produce(articles(0, 1));
      await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.FAILED);
      assertThat(stage.health().detail())
          .contains("longer than the limit")
          .contains("no such table");
    }
  }

  @Test
  void twoInstancesShareThePartitionsAndOneTakesOverFromTheOther() {
    SinkStage first = started();
    try (SinkStage second = started()) {
      produce(articles(0, 200));
      awaitStored(200);
      produce(articles(200, 400));
      first.close();
      produce(articles(400, 600));
      awaitStored(600);
    }
    assertThat(outcomes("stored")).isEqualTo(600);
    assertThat(outcomes("repeat")).isZero();
  }

  @Test
  void aStageWhosePartitionsAnotherClaimedWritesNothingUntilItHasThemAgain() {
    try (SinkStage stage = started()) {
      produce(articles(0, 50));
      awaitStored(50);
      try (Store other = Database.sqlite(database).open(false)) {
        other.claim(cluster.group("sink"), new Store.Log(topicId(), false), partitions());
      }
      produce(articles(50, 100));
      awaitStored(100);
    }
    assertThat(outcomes("stored")).isEqualTo(100);
    assertThat(outcomes("repeat")).isZero();
  }

  @Test
  void aStoreThatAnotherLogFilledIsRefusedUntilToldToBeginAnew() throws Exception {
    try (SinkStage stage = started()) {
      produce(articles(0, 50));
      awaitStored(50);
    }
    makeTheTopicAgain();
    produce(articles(50, 60));

    try (SinkStage stage = started()) {
      assertThatThrownBy(stage::await)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("another topic named " + cluster.topics().enriched().name())
          .hasMessageNotContaining("\n");
    }

    SinkSettings usual = SinkSettings.of(Database.sqlite(database));
    SinkSettings anew =
        new SinkSettings(
            usual.database(),
            usual.keepRevisions(),
            usual.batchRecords(),
            usual.batchBytes(),
            usual.flushInterval(),
            usual.outageLimit(),
            true,
            usual.fencedPause());
    try (SinkStage stage = new SinkStage(cluster, anew, meters)) {
      stage.start();
      awaitStored(60);
    }
  }

  /** What a claim says of the group's place is seen by those who ask Kafka. */
  @Test
  void theStoresOffsetsAreToldToKafkaAtTheClaim() throws Exception {
    try (SinkStage stage = started()) {
      produce(articles(0, 50));
      awaitStored(50);
    }
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      admin.deleteConsumerGroups(List.of(cluster.group("sink"))).all().get();
      try (SinkStage stage = started()) {
        await()
            .atMost(Duration.ofMinutes(1))
            .until(
                () ->
                    admin
                            .listConsumerGroupOffsets(cluster.group("sink"))
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .values()
                            .stream()
                            .filter(offset -> offset != null)
                            .mapToLong(offset -> offset.offset())
                            .sum()
                        == 50);
      }
    }
  }

  private void makeTheTopicAgain() throws Exception {
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      String name = cluster.topics().enriched().name();
      admin.deleteTopics(List.of(name)).all().get();
      await().until(() -> !admin.listTopics().names().get().contains(name));
      new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
    }
  }

  private String topicId() {
    String name = cluster.topics().enriched().name();
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      return admin
          .describeTopics(List.of(name))
          .topicNameValues()
          .get(name)
          .get()
          .topicId()
          .toString();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private SinkStage stage(Duration flushInterval, Duration outageLimit) {
    SinkSettings usual = SinkSettings.of(Database.sqlite(database));
    return new SinkStage(
        cluster,
        new SinkSettings(
            usual.database(),
            false,
            usual.batchRecords(),
            usual.batchBytes(),
            flushInterval,
            outageLimit,
            false,
            Duration.ofSeconds(1)),
        meters);
  }

  private SinkStage started() {
    SinkStage stage = new SinkStage(cluster, SinkSettings.of(Database.sqlite(database)), meters);
    stage.start();
    return stage;
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 30000");
      statement.execute(text);
    }
  }

  private void awaitStored(int articles) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              try (Search search = Database.sqlite(database).search()) {
                assertThat(search.count(SearchQuery.of(""))).isEqualTo(articles);
              }
            });
  }

  private double outcomes(String outcome) {
    Counter counter = meters.find("newswire.outcomes").tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  private static List<EnrichedArticle> articles(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> Samples.usable(Integer.toString(number), 1, "Headline " + number))
        .toList();
  }

  private void produce(List<EnrichedArticle> articles) {
    try (KafkaProducer<byte[], byte[]> producer = producer();
        Serializer<EnrichedArticle> serializer = cluster.serializer(cluster.topics().enriched())) {
      String topic = cluster.topics().enriched().name();
      assertThat(
              articles.stream()
                  .map(
                      article ->
                          send(
                              producer,
                              article.getArticle().getId(),
                              serializer.serialize(topic, article)))
                  .toList())
          .allSatisfy(sent -> assertThat(sent.get().hasOffset()).isTrue());
    }
  }

  private void produceBytes(String key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      assertThat(send(producer, key, value)).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        cluster.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Future<RecordMetadata> send(
      KafkaProducer<byte[], byte[]> producer, String key, byte[] value) {
    return producer.send(
        new ProducerRecord<>(
            cluster.topics().enriched().name(), key.getBytes(StandardCharsets.UTF_8), value));
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, cluster.topics().enriched().partitions())
        .mapToObj(number -> new TopicPartition(cluster.topics().enriched().name(), number))
        .toList();
  }

  private List<DeadLetter> deadLetters() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            cluster.consumerProperties(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(cluster.topics().deadLetters("sink").name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<DeadLetter> letters = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> letters.add(DeadLetter.read(record)));
      }
      return letters;
    }
  }
}
