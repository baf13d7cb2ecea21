// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.FeedState;
import dev.newswire.schemas.TopicSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What is to be on Kafka as a whole or not at all: records, what they say that is to be remembered,
 * and by what membership of a consumer group the commit is fenced. Not thread-safe.
 */
final class Batch {

  private static final int MOST_ITEMS = 500;

  /** As much as the largest record, so that large articles don't fill the heap by the hundred. */
  private static final long MOST_BYTES = TopicSpec.MAXIMUM_RECORD_BYTES;

  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final Map<String, FeedState> states = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private Optional<ConsumerGroupMetadata> group = Optional.empty();
  private int items;
  private long bytes;

  /** Adds a record. */
  void add(ProducerRecord<byte[], byte[]> record) {
    records.add(record);
    bytes += record.value().length;
  }

  /** Adds what the records tell {@link Memory} under a key. */
  void remember(String key, FeedState state) {
    states.put(key, state);
  }

  /** Counts an item, whether or not there is a record of it. */
  void countItem() {
    items++;
  }

  /** Has the commit fail once the group has gone on without this member. */
  void fence(Publisher.Membership membership) {
    offsets.putAll(membership.offsets());
    group = Optional.of(membership.group());
  }

  /** Adds what another holds. */
  void add(Batch other) {
    records.addAll(other.records);
    states.putAll(other.states);
    offsets.putAll(other.offsets);
    group = other.group.or(() -> group);
    items += other.items;
    bytes += other.bytes;
  }

  /** Whether one transaction should not hold more than this and the other. */
  boolean isFullWith(Batch other) {
    return items + other.items >= MOST_ITEMS || bytes + other.bytes >= MOST_BYTES;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  List<ProducerRecord<byte[], byte[]>> records() {
    return records;
  }

  /** What is to be remembered once it is committed. */
  Map<String, FeedState> states() {
    return states;
  }

  /** The hash under which a revision is published by this; empty where it is not. */
  Optional<String> hash(String key) {
    return Optional.ofNullable(states.get(key)).map(state -> state.getPublished().getContentHash());
  }

  Map<TopicPartition, OffsetAndMetadata> offsets() {
    return offsets;
  }

  Optional<ConsumerGroupMetadata> group() {
    return group;
  }
}
