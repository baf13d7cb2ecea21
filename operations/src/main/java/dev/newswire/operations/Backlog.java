// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.runtime.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a consumer group has still to read of a topic. Offsets alone can't tell: transactions leave
 * markers in the log that no consumer ever sees. So where offsets say that something is left, the
 * log itself is asked; an open transaction is waited for.
 */
public final class Backlog implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Admin admin;
  private final Offsets offsets;
  private final KafkaConsumer<byte[], byte[]> reader;

  public Backlog(Cluster cluster) {
    this.admin = Admin.create(cluster.clientProperties());
    this.offsets = new Offsets(admin);
    this.reader =
        new KafkaConsumer<>(
            cluster.consumerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Whether the group has read and committed everything that is on the topic now. */
  public boolean isEmpty(String group, String topic) {
    Map<TopicPartition, Long> left = offsets.ends(offsets.partitions(topic));
    Map<TopicPartition, Long> committed = offsets.committed(group);
    left.entrySet().removeIf(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    return left.entrySet().stream()
        .noneMatch(
            end ->
                hasRecord(end.getKey(), committed.getOrDefault(end.getKey(), 0L), end.getValue()));
  }

  private boolean hasRecord(TopicPartition partition, long from, long end) {
    reader.assign(List.of(partition));
    reader.seek(partition, from);
    while (reader.position(partition) < end) {
      if (!reader.poll(POLL).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    reader.close();
    admin.close();
  }
}
