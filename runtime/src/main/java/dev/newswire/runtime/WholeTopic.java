// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import dev.newswire.schemas.RegistryUnavailable;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.schemas.UnreadableRecord;
import java.nio.charset.StandardCharsets;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that is on a topic now, read once, without being a member of any group. */
public final class WholeTopic {

  private static final Logger LOG = LoggerFactory.getLogger(WholeTopic.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private WholeTopic() {}

  /**
   * Hands over every committed record that has a key and can be read, as {@link #readBytes} does. A
   * record that can't be read is logged and passed over: it is no reason to know nothing at all.
   *
   * @return number of the topic's partitions
   * @throws UserError where the topic does not exist
   * @throws RegistryUnavailable where the schema registry does not answer
   */
  public static <V> int read(
      Cluster cluster, TopicSpec<V> topic, Consumer<ConsumerRecord<String, V>> taker) {
    try (Deserializer<V> values = cluster.deserializer(topic)) {
      return readBytes(
          cluster,
          topic.name(),
          record -> {
            try {
              if (record.key() != null) {
                taker.accept(
                    new ConsumerRecord<>(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        new String(record.key(), StandardCharsets.UTF_8),
                        values.deserialize(record.topic(), record.value())));
              }
            } catch (UnreadableRecord e) {
              LOG.warn(
                  "the record at offset {} of partition {} of {} is passed over: {}",
                  record.offset(),
                  record.partition(),
                  record.topic(),
                  e.getMessage());
            }
          });
    }
  }

  /**
   * Hands over every committed record, from the topic's beginning to its end as it is at the call;
   * of transactions that are open then, it awaits what becomes of them.
   *
   * @param taker takes the records, those of one partition in their order
   * @return number of the topic's partitions
   * @throws UserError where the topic does not exist
   */
  public static int readBytes(
      Cluster cluster, String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
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
      handOver(consumer, highWatermarks(properties, partitions), taker);
      return partitions.size();
    }
  }

  /**
   * Hands over the committed records of a partition from an offset to its end as it is at the call.
   * Nothing where the partition does not exist, or ends before the offset.
   */
  public static void readBytes(
      Cluster cluster,
      TopicPartition partition,
      long from,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      boolean exists =
          consumer.partitionsFor(partition.topic()).stream()
              .anyMatch(info -> info.partition() == partition.partition());
      if (!exists) {
        return;
      }
      Map<TopicPartition, Long> ends = highWatermarks(properties, List.of(partition));
      if (from >= 0 && from < ends.get(partition)) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        handOver(consumer, ends, taker);
      }
    }
  }

  /** What is written meanwhile, by the taker maybe, is left out. */
  private static void handOver(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
          taker.accept(record);
        }
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
