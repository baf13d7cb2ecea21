// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.WholeTopic;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.TopicSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The feeds that all instances of ingest share, on the compacted topic newswire.feeds. Running
 * instances take changes up at once. Not thread-safe.
 */
public final class FeedRegister {

  private final Cluster cluster;

  /** The register of a cluster. */
  public FeedRegister(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * A feed and how it is doing.
   *
   * @param state of its last poll; empty where it was not polled yet
   */
  public record Entry(Feed feed, Optional<PollState> state) {

    /** The address that is polled instead of the feed's own, since it has moved there for good. */
    public Optional<String> movedTo() {
      return Optional.of(PollRules.url(feed, state)).filter(url -> !url.equals(feed.getUrl()));
    }
  }

  /** All feeds by name, with the states of their last polls. */
  public List<Entry> entries() {
    Memory memory = Memory.read(cluster);
    return feeds().values().stream()
        .map(feed -> new Entry(feed, memory.poll(feed.getName())))
        .toList();
  }

  /** All feeds by name. */
  public Map<String, Feed> feeds() {
    TopicSpec<Feed> topic = cluster.topics().feeds();
    Map<String, Feed> feeds = new TreeMap<>();
    WholeTopic.read(
        cluster,
        topic,
        record -> {
          if (record.value() == null) {
            feeds.remove(record.key());
          } else {
            feeds.put(record.key(), record.value());
          }
        });
    return feeds;
  }

  /** Adds feeds, or replaces those of the same names. */
  public void put(Collection<Feed> feeds) {
    TopicSpec<Feed> topic = cluster.topics().feeds();
    write(
        feeds.stream()
            .map(feed -> new ProducerRecord<>(topic.name(), feed.getName(), feed))
            .toList());
  }

  /** Removes a feed; what was published of it stays. */
  public void remove(String name) {
    write(List.of(new ProducerRecord<>(cluster.topics().feeds().name(), name, null)));
  }

  private void write(List<ProducerRecord<String, Feed>> records) {
    try (Serializer<Feed> values = cluster.serializer(cluster.topics().feeds());
        KafkaProducer<String, Feed> producer =
            new KafkaProducer<>(cluster.producerProperties(), new StringSerializer(), values)) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("the feeds can't be written", e.getCause());
    }
  }
}
