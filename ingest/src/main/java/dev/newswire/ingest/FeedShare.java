// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.util.stream.Collectors.toSet;

import dev.newswire.ingest.Publisher.Membership;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Outage;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.RegistryUnavailable;
import dev.newswire.schemas.TopicSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feeds that fall to this instance: instances are a consumer group on the compacted topic
 * newswire.feeds, which each reads from its beginning. Not thread-safe.
 */
final class FeedShare implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FeedShare.class);

  private final TopicSpec<Feed> topic;
  private final KafkaConsumer<String, Feed> consumer;
  private final KafkaClientMetrics metrics;
  private final Deserializer<Feed> values;
  private final Runnable taken;
  private final Set<TopicPartition> takenOver = new HashSet<>();
  private final Map<String, Feed> feeds = new HashMap<>();
  private final Map<String, TopicPartition> homes = new HashMap<>();
  private final Map<String, Instant> putAt = new HashMap<>();
  private final Clock clock;

  /**
   * A share; it is empty until the first {@link #update}.
   *
   * @param group name of the consumer group
   * @param clientId what this instance is called in the group; empty for the client's own choice
   * @param meters get Kafka's own metrics of the consumer
   * @param taken run when partitions were taken over, before any of their feeds is known
   */
  FeedShare(
      Cluster cluster,
      String group,
      Optional<String> clientId,
      Clock clock,
      MeterRegistry meters,
      Runnable taken) {
    this.clock = clock;
    this.taken = taken;
    topic = cluster.topics().feeds();
    Map<String, Object> properties = cluster.memberProperties(group);
    clientId.ifPresent(id -> properties.put(ConsumerConfig.CLIENT_ID_CONFIG, id));
    values = cluster.deserializer(topic);
    consumer = new KafkaConsumer<>(properties, new StringDeserializer(), values);
    metrics = new KafkaClientMetrics(consumer);
    metrics.bindTo(meters);
    consumer.subscribe(List.of(topic.name()), new Rebalance());
  }

  /**
   * Takes up what has changed. Must be called often: it is what keeps the membership alive.
   *
   * @throws Outage where feeds were taken over and their past can't be read now; it is tried again
   */
  void update(Duration wait) {
    Set<TopicPartition> changed = new HashSet<>();
    for (ConsumerRecord<String, Feed> record : poll(wait)) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      changed.add(partition);
      if (record.key() == null) {
        LOG.warn("a record of {} names no feed and is skipped", partition);
        continue;
      }
      if (record.value() == null) {
        feeds.remove(record.key());
      } else {
        feeds.put(record.key(), record.value());
      }
      homes.put(record.key(), partition);
      putAt.put(record.key(), moment(record));
    }
    if (!changed.isEmpty()) {
      // Only for those who watch the group: an instance always reads from the beginning.
      consumer.commitAsync();
    }
    if (!takenOver.isEmpty()) {
      takeOver();
    }
  }

  /** A clock that is ahead must not keep a feed new for as long. */
  private Instant moment(ConsumerRecord<String, Feed> record) {
    Instant now = clock.instant();
    Instant written = Instant.ofEpochMilli(record.timestamp());
    return written.isAfter(now) ? now : written;
  }

  private void takeOver() {
    try {
      // Waits until no transaction of the instance before is undecided (KIP-447).
      consumer.committed(takenOver);
      taken.run();
      takenOver.clear();
    } catch (KafkaException e) {
      throw new Outage("Kafka does not hand the feeds over: " + e.getMessage(), e);
    }
  }

  private ConsumerRecords<String, Feed> poll(Duration wait) {
    try {
      return consumer.poll(wait);
    } catch (RecordDeserializationException e) {
      if (e.getCause() instanceof RegistryUnavailable unavailable) {
        throw new Outage(unavailable.getMessage(), unavailable);
      }
      LOG.warn("a record of {} is no feed and is skipped: {}", e.topicPartition(), e.getMessage());
      consumer.seek(e.topicPartition(), e.offset() + 1);
      return ConsumerRecords.empty();
    }
  }

  /** The partitions of the feeds that this instance has now. */
  Set<Integer> partitions() {
    return consumer.assignment().stream().map(TopicPartition::partition).collect(toSet());
  }

  /** Number of partitions that the topic of feeds has on this cluster. */
  int partitionCount() {
    return consumer.partitionsFor(topic.name()).size();
  }

  /** Whether a feed, if there is such a one, is this instance's. */
  boolean has(String feed) {
    return partitions().contains(TopicSpec.partition(feed, partitionCount()));
  }

  /** The feeds of this instance now. */
  Collection<Feed> feeds() {
    return feeds.values();
  }

  /** The feed as it is now; empty where it is no longer this instance's. */
  Optional<Feed> feed(String name) {
    return Optional.ofNullable(feeds.get(name));
  }

  /** When one of {@link #names()} was last added, paused, resumed or removed. */
  Instant putAt(String name) {
    return putAt.get(name);
  }

  /** Names of the feeds of this instance, and of those that were removed from among them. */
  Set<String> names() {
    return homes.keySet();
  }

  /** What fences a publication of this feed, one of {@link #names()}. */
  Membership membership(String feed) {
    TopicPartition home = homes.get(feed);
    return new Membership(
        Map.of(home, new OffsetAndMetadata(consumer.position(home))), consumer.groupMetadata());
  }

  @Override
  public void close() {
    metrics.close();
    consumer.close();
    values.close();
  }

  private void drop(Collection<TopicPartition> partitions) {
    homes.entrySet().removeIf(home -> partitions.contains(home.getValue()));
    feeds.keySet().retainAll(homes.keySet());
    putAt.keySet().retainAll(homes.keySet());
  }

  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        LOG.info("ingest loses {}", partitions);
      }
      takenOver.removeAll(partitions);
      drop(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (partitions.isEmpty()) {
        return;
      }
      LOG.info("ingest gains {}", partitions);
      consumer.seekToBeginning(partitions);
      takenOver.addAll(partitions);
    }
  }
}
