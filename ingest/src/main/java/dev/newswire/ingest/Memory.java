// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.Cluster;
import dev.newswire.schemas.FeedState;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.PublishedArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What ingest knows of the past, read from the compacted topic newswire.feed-state: how each feed's
 * last poll went, and the content hash under which each revision of its articles was published. It
 * is changed only by what a transaction has committed. Not thread-safe.
 */
final class Memory {

  private static final Duration POLL = Duration.ofMillis(200);

  /** Ends the feed's name in the key of an article's record; no name contains it. */
  static final char SEPARATOR = '\0';

  private final Map<String, String> hashes = new HashMap<>();
  private final Map<String, PollState> polls = new HashMap<>();

  /** Reads the topic from its beginning to its present end. */
  static Memory read(Cluster cluster) {
    TopicSpec<FeedState> topic = cluster.topics().feedState();
    Memory memory = new Memory();
    try (Deserializer<FeedState> values = cluster.deserializer(topic);
        KafkaConsumer<String, FeedState> consumer =
            new KafkaConsumer<>(cluster.consumerProperties(), new StringDeserializer(), values)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = highWatermarks(cluster, partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, FeedState> record : consumer.poll(POLL)) {
          memory.learn(record.key(), record.value());
        }
      }
    }
    return memory;
  }

  /**
   * Ends beyond transactions that are still open: reading up to them waits until those are decided,
   * so that nothing is missed that an instance before this one was about to commit.
   */
  private static Map<TopicPartition, Long> highWatermarks(
      Cluster cluster, List<TopicPartition> partitions) {
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.endOffsets(partitions);
    }
  }

  /** Takes up what a committed record says. */
  void learn(String key, FeedState state) {
    if (state == null) {
      hashes.remove(key);
      polls.remove(key);
    } else if (key.indexOf(SEPARATOR) >= 0) {
      PublishedArticle published = state.getPublished();
      hashes.put(key, published.getContentHash());
    } else {
      polls.put(key, state.getPoll());
    }
  }

  /** The hash that was last published under the key of an article. */
  Optional<String> hash(String key) {
    return Optional.ofNullable(hashes.get(key));
  }

  /** How the feed's last poll went. */
  Optional<PollState> poll(String feed) {
    return Optional.ofNullable(polls.get(feed));
  }

  /**
   * The key of the record about a revision of an article of a feed. Revisions that carry no date
   * and no version share one: only the last of them is known, since a text that goes back to what
   * it was is news, while a dated revision that is sent again is not.
   */
  static String key(String feed, String articleId, Revision revision) {
    String version =
        revision.getVersionCreated() == null
            ? Objects.requireNonNullElse(revision.getVersion(), "")
            : revision.getVersionCreated().toString();
    return key(feed, articleId) + SEPARATOR + version;
  }

  /** The key of the record about anything else that a feed delivered. */
  static String key(String feed, String id) {
    return feed + SEPARATOR + id;
  }
}
