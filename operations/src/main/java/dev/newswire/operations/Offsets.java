// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/** Asks the brokers for offsets. */
public final class Offsets {

  public static final Comparator<TopicPartition> BY_NAME =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final Admin admin;

  /** Works through an admin client, which stays the caller's to close. */
  public Offsets(Admin admin) {
    this.admin = admin;
  }

  /**
   * The partitions of a topic.
   *
   * @throws org.apache.kafka.common.errors.UnknownTopicOrPartitionException where it does not exist
   */
  public List<TopicPartition> partitions(String topic) {
    return get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
        .partitions()
        .stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  /** The ends of what is committed: of open transactions nothing. */
  public Map<TopicPartition, Long> committedEnds(Collection<TopicPartition> partitions) {
    return list(partitions, OffsetSpec.latest());
  }

  /** The ends of all that is there, open transactions included. */
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return list(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /** Offsets of one kind; -1 where a partition has none such. */
  public Map<TopicPartition, Long> list(Collection<TopicPartition> partitions, OffsetSpec wanted) {
    return list(partitions, wanted, IsolationLevel.READ_COMMITTED);
  }

  private Map<TopicPartition, Long> list(
      Collection<TopicPartition> partitions, OffsetSpec wanted, IsolationLevel level) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    get(admin
            .listOffsets(
                partitions.stream()
                    .collect(Collectors.toMap(partition -> partition, partition -> wanted)),
                new ListOffsetsOptions(level))
            .all())
        .forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  /** What a group has committed; of a group that is not there nothing. */
  public Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    commits(group).forEach((partition, commit) -> offsets.put(partition, commit.offset()));
    return offsets;
  }

  /** The same, with the metadata of each. */
  public Map<TopicPartition, OffsetAndMetadata> commits(String group) {
    Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
    try {
      get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
          .forEach(
              (partition, commit) -> {
                if (commit != null) {
                  commits.put(partition, commit);
                }
              });
    } catch (GroupIdNotFoundException e) {
      return commits;
    }
    return commits;
  }

  public static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException cause) {
        throw cause;
      }
      throw new KafkaException(e.getCause());
    }
  }
}
