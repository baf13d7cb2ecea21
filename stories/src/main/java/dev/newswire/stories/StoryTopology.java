// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import dev.newswire.schemas.TopicSpec;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
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

  /** The stage's name, as in its consumer group. */
  public static final String STAGE = "stories";

  /** Name of the store of articles. */
  static final String ARTICLES = "articles";

  private StoryTopology() {}

  /** The topology, from {@code newswire.enriched} to the two topics of stories. */
  public static Topology of(Cluster cluster, StorySettings settings) {
    Serde<String> keys = Serdes.String();
    Serde<EnrichedArticle> enriched = cluster.serde(cluster.topics().enriched());
    TopicSpec<StoryAssignment> assignments = cluster.topics().storyAssignments();
    TopicSpec<Story> stories = cluster.topics().stories();

    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(ARTICLES), keys, Serdes.ByteArray()));
    KStream<String, StoryProcessor.Result> results =
        builder.stream(
                cluster.topics().enriched().name(),
                Consumed.with(keys, enriched).withName("enriched-articles"))
            .repartition(
                Repartitioned.with(keys, enriched).withName("in-order").withNumberOfPartitions(1))
            .process(() -> new StoryProcessor(settings), Named.as("stories"), ARTICLES);
    resultsFor(results, StoryAssignment.class)
        .to(
            assignments.name(),
            Produced.with(keys, cluster.serde(assignments)).withName("story-assignments"));
    resultsFor(results, Story.class)
        .to(stories.name(), Produced.with(keys, cluster.serde(stories)).withName("story-records"));
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
  public static Properties properties(Cluster cluster, String stateFolder) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, cluster.group(STAGE));
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(
        StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
        cluster.topics().deadLetters(STAGE).name());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndContinueExceptionHandler.class);
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndContinueProcessingExceptionHandler.class);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        TopicSpec.MAXIMUM_RECORD_BYTES);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.putAll(cluster.clientProperties());
    return properties;
  }
}
