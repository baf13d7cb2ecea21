// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.streams.StreamsSettings;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import dev.newswire.schemas.TopicSpec;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * The stage as a Kafka Streams topology. All articles are put into one order first, because which
 * story an article joins depends on those before it; one task then decides, with its state in
 * memory and in a changelog.
 */
public final class StoryTopology {

  /** Name of the store of articles. */
  static final String ARTICLES = "articles";

  /** Name of the step that puts all articles into one order. */
  static final String IN_ORDER = "in-order";

  private StoryTopology() {}

  /** The topology, from {@code newswire.enriched} to the two topics of stories. */
  public static Topology of(Cluster cluster, StoriesSettings settings) {
    Serde<String> keys = Serdes.String();
    TopicSpec<EnrichedArticle> articles = cluster.topics().enriched();
    TopicSpec<StoryAssignment> assignments = cluster.topics().storyAssignments();
    TopicSpec<Story> stories = cluster.topics().stories();

    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(ARTICLES), keys, Serdes.ByteArray()));
    KStream<String, StoryProcessor.Result> results =
        builder.stream(
                articles.name(),
                Consumed.with(keys, cluster.serde(articles)).withName("enriched-articles"))
            .repartition(
                Repartitioned.with(keys, new OfTopic<>(articles.name(), cluster.serde(articles)))
                    .withName(IN_ORDER)
                    .withNumberOfPartitions(1))
            .process(() -> new StoryProcessor(settings.windows()), Named.as("stories"), ARTICLES);
    resultsFor(results, StoryAssignment.class)
        .to(
            settings.assignmentsTopic(),
            Produced.with(keys, new OfTopic<>(assignments.name(), cluster.serde(assignments)))
                .withName("story-assignments"));
    resultsFor(results, Story.class)
        .to(
            settings.storiesTopic(),
            Produced.with(keys, new OfTopic<>(stories.name(), cluster.serde(stories)))
                .withName("story-records"));
    return builder.build();
  }

  private static <V extends SpecificRecord> KStream<String, V> resultsFor(
      KStream<String, StoryProcessor.Result> results, Class<V> type) {
    String name = type.getSimpleName();
    return results
        .filter((id, result) -> result.type() == type, Named.as("only-" + name))
        .mapValues(
            result -> result.value().map(type::cast).orElse(null), Named.as("values-" + name));
  }

  /** Kafka Streams' properties for the topology. What the user passes through wins. */
  public static Properties properties(Cluster cluster, StoriesSettings settings) {
    Properties properties =
        StreamsSettings.of(
            cluster, StoriesSettings.STAGE, settings.applicationId(), settings.stateFolder());
    properties.putIfAbsent(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
    StreamsSettings.useGroupProtocol(cluster, properties);
    return properties;
  }
}
