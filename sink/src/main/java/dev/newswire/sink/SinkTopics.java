// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Outage;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RegistryUnavailable;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.schemas.UnreadableRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** The topics that the sink reads, and what their records are. Safe for many threads to read by. */
final class SinkTopics implements AutoCloseable {

  private final String articles;
  private final String assignments;
  private final String stories;
  private final Map<String, Deserializer<? extends SpecificRecord>> deserializers;

  SinkTopics(Cluster cluster) {
    TopicSpec<EnrichedArticle> enriched = cluster.topics().enriched();
    TopicSpec<StoryAssignment> assigned = cluster.topics().storyAssignments();
    TopicSpec<Story> told = cluster.topics().stories();
    articles = enriched.name();
    assignments = assigned.name();
    stories = told.name();
    deserializers =
        Map.of(
            articles, cluster.deserializer(enriched),
            assignments, cluster.deserializer(assigned),
            stories, cluster.deserializer(told));
  }

  /** Their full names. */
  List<String> names() {
    return List.of(articles, assignments, stories);
  }

  /**
   * Reads a record's value.
   *
   * @throws Outage where the registry does not answer
   */
  Input read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return new Input(
          record,
          deserializers.get(record.topic()).deserialize(record.topic(), record.value()),
          null);
    } catch (UnreadableRecord e) {
      return new Input(record, null, e);
    } catch (RegistryUnavailable e) {
      throw new Outage(e.getMessage(), e);
    }
  }

  /** What of these is stored: each article, and the newest of each assignment and story. */
  Batch batch(List<Input> inputs) {
    List<EnrichedArticle> read = new ArrayList<>();
    Map<String, Optional<StoryAssignment>> assigned = new HashMap<>();
    Map<String, Optional<Story>> told = new HashMap<>();
    for (Input input : inputs) {
      if (input.flaw() != null) {
        continue;
      }
      String topic = input.record().topic();
      if (topic.equals(assignments)) {
        assigned.put(key(input), Optional.ofNullable((StoryAssignment) input.value()));
      } else if (topic.equals(stories)) {
        told.put(key(input), Optional.ofNullable((Story) input.value()));
      } else if (input.value() != null) {
        read.add((EnrichedArticle) input.value());
      }
    }
    return new Batch(read, assigned, told);
  }

  private static String key(Input input) {
    byte[] key = input.record().key();
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }

  /** Tells of the outcome of each record that is no article, and was stored. */
  void forEachOther(List<Input> inputs, Consumer<String> outcomes) {
    for (Input input : inputs) {
      if (input.flaw() == null) {
        outcome(input).ifPresent(outcomes);
      }
    }
  }

  private Optional<String> outcome(Input input) {
    String topic = input.record().topic();
    if (topic.equals(articles)) {
      return input.isTombstone() ? Optional.of("TOMBSTONE") : Optional.empty();
    }
    String kind = topic.equals(stories) ? "STORY" : "ASSIGNMENT";
    return Optional.of(input.isTombstone() ? kind + "_REMOVED" : kind);
  }

  @Override
  public void close() {
    Stream.of(articles, assignments, stories).map(deserializers::get).forEach(Deserializer::close);
  }
}
