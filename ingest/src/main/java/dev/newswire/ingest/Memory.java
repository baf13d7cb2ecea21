// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.Cluster;
import dev.newswire.schemas.FeedState;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.PublishedArticle;
import dev.newswire.schemas.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What ingest knows of the past, read from the compacted topic newswire.feed-state: how each feed's
 * last poll went, and the content hash under which each of its articles was last published. It is
 * changed only by what a transaction has committed. Not thread-safe.
 */
final class Memory {

  private static final Duration POLL = Duration.ofMillis(200);

  /** Ends the feed's name in the key of an article's record; no name contains it. */
  private static final char SEPARATOR = '\0';

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
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, FeedState> record : consumer.poll(POLL)) {
          memory.learn(record.key(), record.value());
        }
      }
    }
    return memory;
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

  /** The key of the record about an article of a feed. */
  static String key(String feed, String articleId) {
    return feed + SEPARATOR + articleId;
  }
}
