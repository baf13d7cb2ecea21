// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** All that is on a topic now, read once, without being a member of any group. */
public final class WholeTopic {

  private static final Duration POLL = Duration.ofMillis(200);

  private WholeTopic() {}

  /**
   * Hands over every committed record, from the topic's beginning to its end as it is at the call;
   * of transactions that are open then, it awaits what becomes of them.
   *
   * @param keys reads keys, and is closed in the end
   * @param values reads values, and is closed in the end
   * @param taker takes the records, those of one partition in their order
   * @throws UserError where the topic does not exist
   * @throws org.apache.kafka.common.errors.RecordDeserializationException where a record can't be
   *     read
   */
  public static <K, V> void read(
      Cluster cluster,
      String topic,
      Deserializer<K> keys,
      Deserializer<V> values,
      Consumer<ConsumerRecord<K, V>> taker) {
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    try (KafkaConsumer<K, V> consumer = new KafkaConsumer<>(properties, keys, values)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new UserError(
            "the topic "
                + topic
                + " does not exist on "
                + cluster.bootstrapServers()
                + ": newswire init creates it");
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = highWatermarks(properties, partitions);
      while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        consumer.poll(POLL).forEach(taker);
      }
    }
  }

  /** Ends beyond transactions that are still open: a reader of what is committed stops at those. */
  private static Map<TopicPartition, Long> highWatermarks(
      Map<String, Object> properties, List<TopicPartition> partitions) {
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.endOffsets(partitions);
    }
  }
}
