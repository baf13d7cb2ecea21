// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.FeedState;
import dev.newswire.schemas.TopicSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

  /** What is to be remembered, by key. */
  private final Map<String, Remembered> remembered = new LinkedHashMap<>();

  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private Optional<ConsumerGroupMetadata> group = Optional.empty();
  private int items;
  private long bytes;

  /**
   * What {@link Memory} is to know.
   *
   * @param state null to forget what it knows
   * @param record the record that says so
   */
  private record Remembered(FeedState state, ProducerRecord<byte[], byte[]> record) {}

  /** Adds a record. */
  void add(ProducerRecord<byte[], byte[]> record) {
    records.add(record);
    bytes += size(record);
  }

  /**
   * Adds what {@link Memory} is to know under a key, instead of what was added before.
   *
   * @param state null to forget it
   * @param record the record that says so
   */
  void remember(String key, FeedState state, ProducerRecord<byte[], byte[]> record) {
    remember(key, new Remembered(state, record));
  }

  private void remember(String key, Remembered now) {
    Remembered before = remembered.put(key, now);
    bytes += size(now.record) - (before == null ? 0 : size(before.record));
  }

  private static int size(ProducerRecord<byte[], byte[]> record) {
    return record.value() == null ? 0 : record.value().length;
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
    offsets.putAll(other.offsets);
    group = other.group.or(() -> group);
    items += other.items;
    other.records.forEach(this::add);
    other.remembered.forEach(this::remember);
  }

  /** Whether one transaction should not hold more than this and the other. */
  boolean isFullWith(Batch other) {
    return items + other.items >= MOST_ITEMS || bytes + other.bytes >= MOST_BYTES;
  }

  boolean isEmpty() {
    return records.isEmpty() && remembered.isEmpty();
  }

  /** All of it, what is to be remembered last. */
  List<ProducerRecord<byte[], byte[]>> records() {
    return Stream.concat(records.stream(), remembered.values().stream().map(Remembered::record))
        .toList();
  }

  /** Tells what is to be remembered, once it is committed. */
  void teach(Memory memory) {
    remembered.forEach((key, now) -> memory.learn(key, now.state));
  }

  /** The texts that are known of a revision with this; empty where it says nothing of it. */
  Optional<KnownTexts> texts(String key) {
    return Optional.ofNullable(remembered.get(key)).map(now -> KnownTexts.of(now.state));
  }

  Map<TopicPartition, OffsetAndMetadata> offsets() {
    return offsets;
  }

  Optional<ConsumerGroupMetadata> group() {
    return group;
  }
}
