// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.enrich.EnrichSettings.Replacements;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Health.State;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.TopicSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EnrichStageTest {

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
  void articlesAreEnrichedOnTheBrokerAndTheStageClosesCleanly(@TempDir Path state)
      throws Exception {
    Cluster cluster = cluster("running");
    createTopics(cluster);
    EnrichStage stage =
        new EnrichStage(
            cluster,
            EnrichSettings.live(cluster, state, 2, Replacements.NONE),
            new SimpleMeterRegistry());
    stage.start();
    try (stage) {
      publish(cluster, Articles.raw("1", "Putin arrives in Beijing", "Vladimir Putin arrived."));
      assertThat(read(cluster, 1))
          .extracting(article -> article.getArticle().getId())
          .containsExactly("tidewater/1");
      assertThat(stage.health().state()).isEqualTo(State.RUNNING);
    }
    stage.await();
    assertThat(stage.health().state()).isEqualTo(State.STOPPED);
  }

  @Test
  void aPoisonRecordBecomesADeadLetterAndItsNeighboursGoOn(@TempDir Path state) throws Exception {
    Cluster cluster = cluster("poison");
    createTopics(cluster);
    byte[] poison = "not Avro".getBytes(StandardCharsets.UTF_8);
    publish(cluster, Articles.raw("1", "One", "The first."));
    publishBytes(cluster, "tidewater/2", poison);
    publish(cluster, Articles.raw("3", "Three", "The third."));
    EnrichStage stage =
        new EnrichStage(cluster, EnrichSettings.live(cluster, state), new SimpleMeterRegistry());
    stage.start();
    try (stage) {
      assertThat(read(cluster, 2))
          .extracting(article -> article.getArticle().getItemId())
          .containsExactlyInAnyOrder("1", "3");
      assertThat(readDeadLetters(cluster, 1))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.key()).asString().isEqualTo("tidewater/2");
                assertThat(letter.bytes()).isEqualTo(poison);
                assertThat(letter.topic()).contains("poison.raw");
                assertThat(letter.reason()).contains("does not begin with a zero byte");
              });
    }
  }

  @Test
  void aMissingTopicIsToldInOneLine(@TempDir Path state) {
    Cluster cluster = cluster("missing");
    try (EnrichStage stage =
        new EnrichStage(cluster, EnrichSettings.live(cluster, state), new SimpleMeterRegistry())) {
      stage.start();
      assertThatThrownBy(stage::await)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("missing.raw")
          .hasMessageContaining("newswire init");
      assertThat(stage.health().state()).isEqualTo(State.FAILED);
    }
  }

  private static Cluster cluster(String prefix) {
    return new Cluster(
        broker.bootstrapServers(),
        Cluster.IN_PROCESS_REGISTRY,
        prefix,
        Map.of("commit.interval.ms", "100"));
  }

  private static void createTopics(Cluster cluster) {
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, java.util.Optional.empty()).ensure(cluster.topics().all());
    }
  }

  private static void publish(Cluster cluster, RawArticle... articles) throws Exception {
    try (KafkaProducer<String, RawArticle> producer =
        new KafkaProducer<>(
            cluster.producerProperties(),
            new StringSerializer(),
            cluster.serializer(cluster.topics().raw()))) {
      for (RawArticle article : articles) {
        producer
            .send(
                new ProducerRecord<>(
                    cluster.topics().raw().name(), article.getArticle().getId(), article))
            .get();
      }
    }
  }

  private static void publishBytes(Cluster cluster, String key, byte[] value) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            cluster.producerProperties(), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(cluster.topics().raw().name(), key, value)).get();
    }
  }

  private static List<EnrichedArticle> read(Cluster cluster, int number) {
    return read(cluster, cluster.topics().enriched(), new StringDeserializer(), number).stream()
        .map(ConsumerRecord::value)
        .toList();
  }

  private static List<DeadLetter> readDeadLetters(Cluster cluster, int number) {
    return read(
            cluster, cluster.topics().deadLetters("enrich"), new ByteArrayDeserializer(), number)
        .stream()
        .map(DeadLetter::read)
        .toList();
  }

  /** Reads a topic from its beginning until it has given so many records. */
  private static <K, V> List<ConsumerRecord<K, V>> read(
      Cluster cluster, TopicSpec<V> topic, Deserializer<K> keys, int number) {
    List<ConsumerRecord<K, V>> records = new ArrayList<>();
    try (KafkaConsumer<K, V> consumer =
        new KafkaConsumer<>(cluster.consumerProperties(), keys, cluster.deserializer(topic))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= number;
              });
    }
    return records;
  }
}
