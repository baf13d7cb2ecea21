// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.broker.Broker;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.TopicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One broker for all tests, and on it Newswire's topics anew for each of them. */
final class Kafka implements BeforeEachCallback {

  private static final AtomicInteger TESTS = new AtomicInteger();

  Cluster cluster;
  private String bootstrapServers;

  /** What all test classes share until the last has run. */
  private record Shared(Path folder, Broker broker) implements AutoCloseable {

    static Shared start() {
      try {
        Path folder = Files.createTempDirectory("newswire-ingest");
        return new Shared(folder, Broker.start(folder));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Shared shared =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(Shared.class, type -> Shared.start(), Shared.class);
    bootstrapServers = shared.broker.bootstrapServers();
    create(topic -> topic);
  }

  /** Other topics, empty, whose number of partitions is not the declared one. */
  void createTopicsWith(int partitions) {
    create(topic -> topic.withPartitions(partitions));
  }

  private void create(Function<TopicSpec<?>, TopicSpec<?>> change) {
    cluster =
        new Cluster(
            bootstrapServers,
            Cluster.IN_PROCESS_REGISTRY,
            "test-" + TESTS.getAndIncrement(),
            Map.of());
    List<TopicSpec<?>> topics = new ArrayList<>();
    cluster.topics().all().forEach(topic -> topics.add(change.apply(topic)));
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.empty()).ensure(topics);
    }
  }

  /** The articles published so far, in no order across ids. */
  List<RawArticle> articles() {
    TopicSpec<RawArticle> topic = cluster.topics().raw();
    try (Deserializer<RawArticle> values = cluster.deserializer(topic)) {
      return read(topic.name()).stream()
          .map(record -> values.deserialize(topic.name(), record.value()))
          .toList();
    }
  }

  /** The dead letters of ingest so far, in order. */
  List<DeadLetter> deadLetters() {
    return read(cluster.topics().deadLetters("ingest").name()).stream()
        .map(DeadLetter::read)
        .toList();
  }

  /** The partitions of a topic that hold anything. */
  Set<Integer> partitionsWithRecords(String topic) {
    return read(topic).stream().map(ConsumerRecord::partition).collect(Collectors.toSet());
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            cluster.consumerProperties(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
