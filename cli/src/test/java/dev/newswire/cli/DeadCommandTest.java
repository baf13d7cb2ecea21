// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.broker.Broker;
import dev.newswire.operations.DeadLetters;
import dev.newswire.operations.Redrive;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.schemas.DeadLetter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadCommandTest {

  @TempDir Path folder;
  private Broker broker;
  private Cluster cluster;

  @BeforeEach
  void startBroker() {
    broker = Broker.start(folder);
    cluster = Cluster.at(broker.bootstrapServers(), Cluster.IN_PROCESS_REGISTRY);
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
    }
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void aDeadLetterIsListedShownAndRedrivenOntoItsTopicOnce() throws Exception {
    ConsumerRecord<byte[], byte[]> poison =
        new ConsumerRecord<>(
            cluster.topics().raw().name(),
            2,
            41L,
            "tidewater/1".getBytes(UTF_8),
            "not avro".getBytes(UTF_8));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            cluster.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              DeadLetter.ofRecord(poison, new IllegalStateException("unknown magic byte"))
                  .toRecord(cluster.topics().deadLetters("enrich")))
          .get();
    }

    assertThat(dead("list").out())
        .contains("enrich-0-0", "newswire.raw-2@41", "unknown magic byte");
    assertThat(dead("list", "--json").out())
        .contains("\"id\":\"enrich-0-0\"", "\"redriven\":false");
    assertThat(dead("show", "enrich-0-0").out()).contains("unknown magic byte", "not avro");
    assertThat(dead("show", "enrich-0-0").out()).contains("tidewater/1");

    assertThat(dead("redrive", "--all").out()).contains("redriven: 1");

    Awaitility.await().untilAsserted(() -> assertThat(rawValues()).containsExactly("not avro"));
    Awaitility.await()
        .untilAsserted(() -> assertThat(dead("list").out()).contains("no dead letters"));
    assertThat(dead("list", "--redriven").out()).contains("enrich-0-0", "(redriven)");
    Console again = dead("redrive", "enrich-0-0");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("enrich-0-0 was redriven before");
  }

  @Test
  void manyDeadLettersAreRedrivenSomeAtATimeAndAgainOnlyThoseThatAreLeft() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            cluster.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < 1_200; i++) {
        ConsumerRecord<byte[], byte[]> poison =
            new ConsumerRecord<>(
                cluster.topics().raw().name(), 0, i, ("a/" + i).getBytes(UTF_8), new byte[] {7});
        producer
            .send(
                DeadLetter.ofRecord(poison, new IllegalStateException("poison"))
                    .toRecord(cluster.topics().deadLetters("enrich")))
            .get();
      }
    }
    DeadLetters letters = new DeadLetters(cluster);
    letters.redrive(List.of(letters.find("enrich-0-700")));
    assertThat(letters.count("enrich")).isEqualTo(1_199);
    List<Long> progress = new ArrayList<>();

    Redrive.Counts counts =
        new Redrive(cluster, letters).redriveAll(List.of("enrich"), progress::add);

    assertThat(counts).isEqualTo(new Redrive.Counts(1_199, 0));
    assertThat(progress).containsExactly(500L, 1_000L, 1_199L);
    assertThat(rawValues()).hasSize(1_200);
    assertThat(letters.count("enrich")).isZero();
    assertThat(letters.find("enrich-0-3").redriven()).isTrue();
    assertThat(new Redrive(cluster, letters).redriveAll(List.of("enrich"), progress::add))
        .isEqualTo(new Redrive.Counts(0, 0));
  }

  @Test
  void anIdThatIsNotThereIsNamed() {
    Console console = dead("show", "sink-0-7");

    assertThat(console.exitCode()).isEqualTo(1);
    assertThat(console.err().lines()).singleElement().asString().contains("'sink-0-7'");
  }

  @Test
  void topicsThatExistWithOtherSettingsAreNamedAndLeftAlone() {
    Console console =
        newswire(
            "init",
            "--bootstrap-server",
            broker.bootstrapServers(),
            "--partitions",
            7,
            "--retention",
            "30d");

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("newswire.raw")
        .contains("partitions is 4, not 7")
        .contains("retention.ms is -1, not 2592000000");
  }

  private Console dead(String command, String... arguments) {
    List<Object> all = new ArrayList<>(List.of("dead", command));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
    return newswire(all.toArray());
  }

  private List<String> rawValues() {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            cluster.consumerProperties(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(cluster.topics().raw().name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> values.add(new String(record.value(), UTF_8)));
      }
    }
    return values;
  }
}
