// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.runtime.Cluster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Where a consumer group stood a while ago. Kafka answers only where it stands now; but every
 * commit is a record of Kafka's own topic {@code __consumer_offsets}, and the recent ones are still
 * there. Who may not read that topic learns nothing here. Not thread-safe.
 */
public final class CommitHistory implements AutoCloseable {

  private static final String TOPIC = "__consumer_offsets";
  private static final Duration REACH = Duration.ofHours(1);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConsumer<byte[], byte[]> reader;

  public CommitHistory(Cluster cluster) {
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    reader =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * The commits of a group.
   *
   * @param since the earliest moment that was looked at
   * @param offsets for each partition its commits since then, by their moments
   */
  public record Commits(Instant since, Map<TopicPartition, NavigableMap<Instant, Long>> offsets) {

    /**
     * What the group had committed of a partition at a moment; empty where that can't be known.
     *
     * @param now what it has committed now
     */
    public OptionalLong at(TopicPartition partition, Instant moment, long now) {
      NavigableMap<Instant, Long> commits = offsets.get(partition);
      if (moment.isBefore(since)) {
        return OptionalLong.empty();
      }
      if (commits == null) {
        // Nothing was committed in all that time, so it stood where it stands.
        return OptionalLong.of(now);
      }
      Map.Entry<Instant, Long> before = commits.floorEntry(moment);
      return before == null ? OptionalLong.empty() : OptionalLong.of(before.getValue());
    }

    /** The first commit of a partition after a moment. */
    public Optional<Map.Entry<Instant, Long>> after(TopicPartition partition, Instant moment) {
      NavigableMap<Instant, Long> commits = offsets.get(partition);
      return commits == null ? Optional.empty() : Optional.ofNullable(commits.higherEntry(moment));
    }
  }

  /** The commits of a group in the last hour; empty where they can't be read. */
  public Optional<Commits> of(String group, Instant now) {
    try {
      return read(group, now.minus(REACH));
    } catch (KafkaException e) {
      // Mostly for want of a permission; the figure that needs this is then shown as unknown.
      return Optional.empty();
    }
  }

  private Optional<Commits> read(String group, Instant since) {
    int partitions = reader.partitionsFor(TOPIC).size();
    if (partitions == 0) {
      return Optional.empty();
    }
    // As the brokers choose the coordinator of a group.
    TopicPartition partition = new TopicPartition(TOPIC, Utils.abs(group.hashCode()) % partitions);
    reader.assign(List.of(partition));
    long end = reader.endOffsets(List.of(partition)).get(partition);
    OffsetAndTimestamp begin =
        reader.offsetsForTimes(Map.of(partition, since.toEpochMilli())).get(partition);
    Map<TopicPartition, NavigableMap<Instant, Long>> offsets = new HashMap<>();
    if (begin != null) {
      reader.seek(partition, begin.offset());
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (reader.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          take(group, record, offsets);
        }
        if (System.nanoTime() > deadline) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Commits(since, offsets));
  }

  /** A commit: key (version 0 or 1, group, topic, partition), value (version, offset, more). */
  private static void take(
      String group,
      ConsumerRecord<byte[], byte[]> record,
      Map<TopicPartition, NavigableMap<Instant, Long>> offsets) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    ByteBuffer key = ByteBuffer.wrap(record.key());
    short version = key.getShort();
    if (version > 1 || !text(key).equals(group)) {
      return;
    }
    TopicPartition partition = new TopicPartition(text(key), key.getInt());
    ByteBuffer value = ByteBuffer.wrap(record.value());
    value.getShort();
    offsets
        .computeIfAbsent(partition, any -> new TreeMap<>())
        .put(Instant.ofEpochMilli(record.timestamp()), value.getLong());
  }

  private static String text(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.getShort()];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    reader.close();
  }
}
