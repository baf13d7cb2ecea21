// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.operations.CommittedRecords.Span;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.RegistryUnavailable;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.schemas.UnreadableRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the partitions of a topic as one: always the record with the earliest timestamp next, and
 * of several the one with the smallest key. So the order is the same however many partitions there
 * are and however fast each of them answers, as long as the timestamps within each do not go back.
 */
final class MergedReader<V> {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MOST_WAITING = 1_000;
  private static final Comparator<ConsumerRecord<String, byte[]>> EARLIEST =
      Comparator.comparingLong((ConsumerRecord<String, byte[]> record) -> record.timestamp())
          .thenComparing(record -> record.key() == null ? "" : record.key());

  private final Cluster cluster;
  private final TopicSpec<V> topic;
  private final Map<TopicPartition, Span> open;
  private final Map<TopicPartition, Deque<ConsumerRecord<String, byte[]>>> waiting =
      new HashMap<>();
  private long unreadable;

  /** A reader of parts of a topic, which reads them once. */
  MergedReader(Cluster cluster, TopicSpec<V> topic, Map<TopicPartition, Span> spans) {
    this.cluster = cluster;
    this.topic = topic;
    this.open = new HashMap<>(spans);
    open.values().removeIf(span -> span.offsets() == 0);
  }

  /** Number of records that could not be read; the stage has put them among its dead letters. */
  long unreadable() {
    return unreadable;
  }

  /** Hands over every value; those that can't be read are counted and passed over. */
  void read(Consumer<V> taker) {
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    try (Deserializer<V> values = cluster.deserializer(topic);
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(open.keySet());
      open.forEach((partition, span) -> consumer.seek(partition, span.from()));
      while (fill(consumer)) {
        for (Optional<ConsumerRecord<String, byte[]>> next = next();
            next.isPresent();
            next = next()) {
          value(values, next.get()).ifPresent(taker);
        }
      }
    }
  }

  /** Reads on until every partition has a record waiting or is at its end; false: all are done. */
  private boolean fill(KafkaConsumer<String, byte[]> consumer) {
    boolean isMissing = true;
    while (isMissing && !open.isEmpty()) {
      for (TopicPartition partition : consumer.assignment()) {
        boolean isHungry = open.containsKey(partition) && queue(partition).size() < MOST_WAITING;
        if (isHungry) {
          consumer.resume(List.of(partition));
        } else {
          consumer.pause(List.of(partition));
        }
      }
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Span span = open.get(partition);
        if (span != null && record.offset() < span.to()) {
          queue(partition).add(record);
        }
      }
      open.entrySet().removeIf(entry -> consumer.position(entry.getKey()) >= entry.getValue().to());
      isMissing = open.keySet().stream().anyMatch(partition -> queue(partition).isEmpty());
    }
    return waiting.values().stream().anyMatch(queue -> !queue.isEmpty());
  }

  private Deque<ConsumerRecord<String, byte[]>> queue(TopicPartition partition) {
    return waiting.computeIfAbsent(partition, key -> new ArrayDeque<>());
  }

  /** The earliest record, as long as no partition that is not at its end has none waiting. */
  private Optional<ConsumerRecord<String, byte[]>> next() {
    if (open.keySet().stream().anyMatch(partition -> queue(partition).isEmpty())) {
      return Optional.empty();
    }
    Optional<Deque<ConsumerRecord<String, byte[]>>> first =
        waiting.values().stream()
            .filter(queue -> !queue.isEmpty())
            .min(Comparator.comparing(Deque::peek, EARLIEST));
    return first.map(Deque::poll);
  }

  private Optional<V> value(Deserializer<V> values, ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(values.deserialize(record.topic(), record.value()));
    } catch (UnreadableRecord e) {
      unreadable++;
      return Optional.empty();
    } catch (RegistryUnavailable e) {
      throw new UserError(e.getMessage(), e);
    }
  }
}
