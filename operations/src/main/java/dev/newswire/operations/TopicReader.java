// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.operations.CommittedRecords.Span;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.RegistryUnavailable;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.schemas.UnreadableRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what lies on a topic, once, without being a member of any group. */
public final class TopicReader {

  private static final Duration POLL = Duration.ofMillis(200);

  private TopicReader() {}

  /** Everything that is on a topic now. */
  public static Map<TopicPartition, Span> everything(Admin admin, TopicSpec<?> topic) {
    Offsets offsets = new Offsets(admin);
    var partitions = offsets.partitions(topic.name());
    Map<TopicPartition, Long> ends = offsets.committedEnds(partitions);
    Map<TopicPartition, Span> spans = new HashMap<>();
    offsets
        .list(partitions, OffsetSpec.earliest())
        .forEach((partition, begin) -> spans.put(partition, new Span(begin, ends.get(partition))));
    return spans;
  }

  /**
   * Hands each record's value over, in the order of each partition. Those that can't be read are
   * passed over: they are among the dead letters.
   *
   * @param taker says whether to go on
   */
  public static <V> void read(
      Cluster cluster, TopicSpec<V> topic, Map<TopicPartition, Span> spans, Predicate<V> taker) {
    readRecords(
        cluster,
        topic,
        spans,
        (ConsumerRecord<String, V> record) -> record.value() == null || taker.test(record.value()));
  }

  /** The same with keys, and with those records that have no value. */
  public static <V> void readRecords(
      Cluster cluster,
      TopicSpec<V> topic,
      Map<TopicPartition, Span> spans,
      Predicate<ConsumerRecord<String, V>> taker) {
    Map<TopicPartition, Span> open = new HashMap<>(spans);
    open.values().removeIf(span -> span.offsets() == 0);
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    try (Deserializer<V> values = cluster.deserializer(topic);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(open.keySet());
      open.forEach((partition, span) -> consumer.seek(partition, span.from()));
      while (!open.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Span span = open.get(new TopicPartition(record.topic(), record.partition()));
          if (span != null && record.offset() < span.to() && !take(record, values, taker)) {
            return;
          }
        }
        open.entrySet()
            .removeIf(entry -> consumer.position(entry.getKey()) >= entry.getValue().to());
      }
    }
  }

  private static <V> boolean take(
      ConsumerRecord<byte[], byte[]> record,
      Deserializer<V> values,
      Predicate<ConsumerRecord<String, V>> taker) {
    V value;
    try {
      value = values.deserialize(record.topic(), record.value());
    } catch (UnreadableRecord e) {
      return true;
    } catch (RegistryUnavailable e) {
      throw new UserError(e.getMessage(), e);
    }
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    return taker.test(
        new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), key, value));
  }
}
