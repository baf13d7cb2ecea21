// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * An input that a stage could not use: its original key and bytes, and why. On the topic the bytes
 * are the value and the rest is headers, under the names that Kafka Streams' own dead-letter queue
 * writes (KIP-1034), so that the dead letters of all stages read alike.
 *
 * @param key the input's key; null where it had none
 * @param bytes the input as it was; of an input over the cap, its beginning (see {@link
 *     #TRUNCATED})
 * @param reason why, in one sentence that a person can act on
 * @param exception class of the error; empty where no exception was the cause
 * @param topic the topic that the input was read from; empty where it came from a feed
 * @param partition its partition there; -1 where it came from a feed
 * @param offset its offset there; -1 where it came from a feed
 * @param details what else is known, by the header names below; never null
 */
public record DeadLetter(
    byte[] key,
    byte[] bytes,
    String reason,
    String exception,
    Optional<String> topic,
    int partition,
    long offset,
    Map<String, String> details) {

  /** Class of the error. */
  public static final String EXCEPTION = "__streams.errors.exception";

  /** The reason. */
  public static final String MESSAGE = "__streams.errors.message";

  /** The stack trace, where there is one. */
  public static final String STACK_TRACE = "__streams.errors.stacktrace";

  /** Topic of the input. */
  public static final String TOPIC = "__streams.errors.topic";

  /** Partition of the input. */
  public static final String PARTITION = "__streams.errors.partition";

  /** Offset of the input. */
  public static final String OFFSET = "__streams.errors.offset";

  /** Name of the feed that delivered the input. */
  public static final String FEED = "newswire.feed";

  /** Provider of the feed that delivered the input. */
  public static final String PROVIDER = "newswire.provider";

  /** The feed's URL or the file's name. */
  public static final String SOURCE = "newswire.source";

  /** Media type of the bytes. */
  public static final String MEDIA_TYPE = "newswire.media-type";

  /** Size in bytes of an input of which only the beginning is kept. */
  public static final String TRUNCATED = "newswire.truncated-from";

  /** Most bytes of an input that are kept: what fits into one record with its headers. */
  public static final int MAXIMUM_BYTES = TopicSpec.MAXIMUM_RECORD_BYTES - 64 * 1024;

  /** A dead letter of something that came from a feed, before it had a topic. */
  public static DeadLetter ofFeed(byte[] bytes, String reason, Map<String, String> details) {
    return new DeadLetter(null, bytes, reason, "", Optional.empty(), -1, -1, details);
  }

  /** A dead letter of a record. */
  public static DeadLetter ofRecord(ConsumerRecord<byte[], byte[]> record, Exception cause) {
    return new DeadLetter(
        record.key(),
        record.value(),
        reasonOf(cause),
        cause.getClass().getName(),
        Optional.of(record.topic()),
        record.partition(),
        record.offset(),
        Map.of(STACK_TRACE, stackTrace(cause)));
  }

  /** Reads a record of a dead-letter topic, of whichever stage. */
  public static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    Map<String, String> details = new TreeMap<>();
    for (Header header : headers) {
      details.put(header.key(), value(header));
    }
    String exception = details.getOrDefault(EXCEPTION, "");
    String reason = details.getOrDefault(MESSAGE, "");
    Optional<String> topic = Optional.ofNullable(details.get(TOPIC));
    int partition = Integer.parseInt(details.getOrDefault(PARTITION, "-1"));
    long offset = Long.parseLong(details.getOrDefault(OFFSET, "-1"));
    details.keySet().removeAll(java.util.Set.of(EXCEPTION, MESSAGE, TOPIC, PARTITION, OFFSET));
    return new DeadLetter(
        record.key(), record.value(), reason, exception, topic, partition, offset, details);
  }

  /** The record that puts this on a dead-letter topic. */
  public ProducerRecord<byte[], byte[]> toRecord(TopicSpec<byte[]> deadLetters) {
    boolean tooLarge = bytes != null && bytes.length > MAXIMUM_BYTES;
    byte[] kept = tooLarge ? java.util.Arrays.copyOf(bytes, MAXIMUM_BYTES) : bytes;
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(deadLetters.name(), key, kept);
    Headers headers = record.headers();
    add(headers, MESSAGE, reason);
    add(headers, EXCEPTION, exception);
    topic.ifPresent(
        name -> {
          add(headers, TOPIC, name);
          add(headers, PARTITION, Integer.toString(partition));
          add(headers, OFFSET, Long.toString(offset));
        });
    details.forEach((name, text) -> add(headers, name, text));
    if (tooLarge) {
      add(headers, TRUNCATED, Integer.toString(bytes.length));
    }
    return record;
  }

  private static void add(Headers headers, String name, String text) {
    if (!text.isEmpty()) {
      headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String value(Header header) {
    return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static String reasonOf(Exception cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static String stackTrace(Exception cause) {
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
