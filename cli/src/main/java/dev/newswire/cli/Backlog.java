// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.schemas.Cluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a consumer group has still to read of a topic. Offsets alone can't tell: transactions leave
 * markers in the log that no consumer ever sees. So where offsets say that something is left, the
 * log itself is asked; an open transaction is waited for.
 */
final class Backlog implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> reader;

  Backlog(Cluster cluster) {
    this.admin = Admin.create(cluster.clientProperties());
    this.reader =
        new KafkaConsumer<>(
            cluster.consumerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Whether the group has read and committed everything that is on the topic now. */
  boolean isEmpty(String group, String topic) {
    Map<TopicPartition, Long> left = ends(topic);
    Map<TopicPartition, Long> committed = committed(group);
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

  private Map<TopicPartition, Long> ends(String topic) {
    int partitions =
        get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)).partitions().size();
    Map<TopicPartition, OffsetSpec> wanted =
        IntStream.range(0, partitions)
            .mapToObj(number -> new TopicPartition(topic, number))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        get(
            admin
                .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all());
    Map<TopicPartition, Long> ends = new HashMap<>();
    found.forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  private Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, OffsetAndMetadata> found =
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> offsets = new HashMap<>();
    found.forEach(
        (partition, offset) -> {
          if (offset != null) {
            offsets.put(partition, offset.offset());
          }
        });
    return offsets;
  }

  @Override
  public void close() {
    reader.close();
    admin.close();
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    }
  }
}
