// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Utils;

/**
 * A topic as it should be. Keys are UTF-8 text on every topic; values are Avro in Confluent's wire
 * format, or plain bytes.
 *
 * @param name full name, prefix included
 * @param valueType class of the values: a generated Avro class, or {@code byte[]}
 * @param partitions number of partitions to create it with, at least 1
 * @param compacted whether the newest value of each key is kept instead of everything for a time
 * @param retention how long records are kept; empty for ever. Not used where compacted
 */
public record TopicSpec<V>(
    String name,
    Class<V> valueType,
    int partitions,
    boolean compacted,
    Optional<Duration> retention) {

  /** Largest record of any topic in bytes; producers of this project allow as much. */
  public static final int MAXIMUM_RECORD_BYTES = 16 * 1024 * 1024;

  /** The same topic with another number of partitions. */
  public TopicSpec<V> withPartitions(int number) {
    return new TopicSpec<>(name, valueType, number, compacted, retention);
  }

  /** The same topic with another retention. */
  public TopicSpec<V> withRetention(Optional<Duration> time) {
    return new TopicSpec<>(name, valueType, partitions, compacted, time);
  }

  /**
   * The partition that Kafka's producers choose for a key.
   *
   * @param partitions number that the topic really has, which need not be {@link #partitions}
   */
  public static int partition(String key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
  }

  /** Kafka's configuration of the topic, in the order of its names. */
  public Map<String, String> configuration() {
    Map<String, String> configuration = new TreeMap<>();
    configuration.put("cleanup.policy", compacted ? "compact" : "delete");
    configuration.put("max.message.bytes", Integer.toString(MAXIMUM_RECORD_BYTES));
    if (!compacted) {
      configuration.put(
          "retention.ms", Long.toString(retention.map(Duration::toMillis).orElse(-1L)));
    }
    return configuration;
  }
}
