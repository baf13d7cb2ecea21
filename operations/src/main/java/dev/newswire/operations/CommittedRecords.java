// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.runtime.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Counts the records between two offsets. Offsets alone can't tell: the markers of transactions and
 * the records of aborted ones take offsets too, and no consumer ever sees them. So short spans are
 * read; of long ones only the beginning is, since there the markers hardly matter. Not thread-safe.
 */
public final class CommittedRecords implements AutoCloseable {

  /** Spans of more offsets than these are not read through. */
  public static final int EXACT_OFFSETS = 1_000;

  private static final Duration POLL = Duration.ofMillis(100);

  /** How long a partition may give nothing at all before its count is left unknown. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConsumer<byte[], byte[]> reader;

  public CommittedRecords(Cluster cluster) {
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    reader =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * The offsets from one, included, to another, not included.
   *
   * @param from the first offset
   * @param to the offset after the last
   */
  public record Span(long from, long to) {

    public long offsets() {
      return Math.max(0, to - from);
    }
  }

  /**
   * What lies in a span.
   *
   * @param count how many records
   * @param first timestamp of the first of them; empty where there is none
   */
  public record Content(RecordCount count, Optional<Instant> first) {

    static final Content EMPTY = new Content(RecordCount.ZERO, Optional.empty());
  }

  /** What lies in each span; a partition that does not answer is left out. */
  public Map<TopicPartition, Content> read(Map<TopicPartition, Span> spans) {
    Map<TopicPartition, Content> contents = new HashMap<>();
    Map<TopicPartition, Counting> open = new HashMap<>();
    spans.forEach(
        (partition, span) -> {
          if (span.offsets() == 0) {
            contents.put(partition, Content.EMPTY);
          } else {
            open.put(partition, new Counting(span));
          }
        });
    reader.assign(open.keySet());
    reader.resume(open.keySet());
    open.forEach((partition, counting) -> reader.seek(partition, counting.span.from()));
    long answered = System.nanoTime();
    while (!open.isEmpty() && System.nanoTime() - answered < PATIENCE.toNanos()) {
      ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
      List<TopicPartition> done = new ArrayList<>();
      for (Map.Entry<TopicPartition, Counting> entry : open.entrySet()) {
        TopicPartition partition = entry.getKey();
        if (entry.getValue().take(records.records(partition), reader.position(partition))) {
          contents.put(partition, entry.getValue().content());
          done.add(partition);
        }
      }
      if (!done.isEmpty() || !records.isEmpty()) {
        answered = System.nanoTime();
      }
      if (!done.isEmpty()) {
        open.keySet().removeAll(done);
        reader.pause(done);
      }
    }
    return contents;
  }

  @Override
  public void close() {
    reader.close();
  }

  /** What was found of a span so far. */
  private static final class Counting {

    private final Span span;
    private long records;
    private Optional<Instant> first = Optional.empty();

    Counting(Span span) {
      this.span = span;
    }

    /** Takes what was read up to a position, and says whether that is enough. */
    boolean take(List<ConsumerRecord<byte[], byte[]>> more, long position) {
      for (ConsumerRecord<byte[], byte[]> record : more) {
        if (record.offset() >= span.from() && record.offset() < span.to()) {
          if (first.isEmpty()) {
            first = Optional.of(Instant.ofEpochMilli(record.timestamp()));
          }
          records++;
        }
      }
      return position >= span.to() || (first.isPresent() && span.offsets() > EXACT_OFFSETS);
    }

    Content content() {
      boolean exact = span.offsets() <= EXACT_OFFSETS || first.isEmpty();
      return new Content(new RecordCount(exact ? records : span.offsets(), exact), first);
    }
  }
}
