// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Outage;
import dev.newswire.runtime.streams.SkipUnreadable;
import dev.newswire.runtime.streams.StreamsSettings;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Rules;
import dev.newswire.schemas.TopicSpec;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The stage as a Kafka Streams topology: raw articles are enriched one by one, by rules that may
 * change between two of them. Records keep their key and timestamp; what can't be read or enriched
 * goes to Kafka Streams' own dead-letter queue (KIP-1034).
 */
public final class EnrichTopology {

  /** Name of the global store that holds the published rules. */
  public static final String RULES_STORE = "rules";

  private EnrichTopology() {}

  /** The topology of live traffic: everything on the topic is enriched. */
  public static Topology of(Cluster cluster, String outputTopic, LiveEnricher enricher) {
    return of(cluster, outputTopic, enricher, Optional.empty());
  }

  /**
   * The topology.
   *
   * @param selection what of the topic is enriched; empty for all of it
   * @param outputTopic full name of the topic that the enriched articles are written to
   * @param enricher enriches, by the newest published rules
   */
  public static Topology of(
      Cluster cluster, String outputTopic, LiveEnricher enricher, Optional<Selection> selection) {
    Serde<String> keys = Serdes.String();
    Serde<RawArticle> raw = cluster.serde(cluster.topics().raw());
    Serde<EnrichedArticle> enriched = cluster.serde(cluster.topics().enriched());
    TopicSpec<Rules> rules = cluster.topics().taxonomy();

    StreamsBuilder builder = new StreamsBuilder();
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(RULES_STORE), keys, Serdes.ByteArray())
            .withLoggingDisabled(),
        rules.name(),
        Consumed.with(keys, Serdes.ByteArray()).withName("published-rules"),
        () -> new RulesProcessor(rules.name(), cluster.deserializer(rules), enricher));
    KStream<String, RawArticle> articles =
        builder.stream(
            cluster.topics().raw().name(), Consumed.with(keys, raw).withName("raw-articles"));
    articles =
        articles.filter(
            (id, article) -> isArticle(article, enricher), Named.as("without-tombstones"));
    if (selection.isPresent()) {
      articles =
          articles.processValues(
              () -> new SelectionProcessor(selection.get()), Named.as("selected-articles"));
    }
    KStream<String, EnrichedArticle> results =
        articles.mapValues(enricher::enrich, Named.as("enrich"));
    if (selection.isPresent()) {
      results =
          results.filter(
              (id, article) -> selection.get().writes(article), Named.as("selected-results"));
    }
    results.to(outputTopic, Produced.with(keys, enriched).withName("enriched-articles"));
    return builder.build();
  }

  private static boolean isArticle(RawArticle article, LiveEnricher enricher) {
    if (article == null) {
      enricher.countTombstone();
    }
    return article != null;
  }

  /** Kafka Streams' properties for the topology. What the user passes through wins. */
  public static Properties properties(Cluster cluster, EnrichSettings settings) {
    Properties properties =
        StreamsSettings.of(
            cluster, EnrichSettings.STAGE, settings.applicationId(), settings.stateFolder());
    properties.putIfAbsent(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    if (settings.selection().isPresent()) {
      properties.put(
          StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SkipUnreadable.class);
    } else {
      // A replay has its offsets from an admin client, which makes its group a classic one.
      StreamsSettings.useGroupProtocol(cluster, properties);
    }
    return properties;
  }

  /** Passes on what is selected. */
  private static final class SelectionProcessor
      extends ContextualFixedKeyProcessor<String, RawArticle, RawArticle> {

    private final Selection selection;

    SelectionProcessor(Selection selection) {
      this.selection = selection;
    }

    @Override
    public void process(FixedKeyRecord<String, RawArticle> record) {
      RecordMetadata place = context().recordMetadata().orElseThrow();
      if (selection.reads(record.value(), place.partition(), place.offset())) {
        context().forward(record);
      }
    }
  }

  /**
   * Keeps each published set of rules, and hands it to the enricher. It reads the bytes itself:
   * Kafka Streams can't pass over a record of a global store where dead letters are set up.
   */
  private static final class RulesProcessor implements Processor<String, byte[], Void, Void> {

    private final String topic;
    private final Deserializer<Rules> deserializer;
    private final LiveEnricher enricher;
    private KeyValueStore<String, byte[]> store;

    RulesProcessor(String topic, Deserializer<Rules> deserializer, LiveEnricher enricher) {
      this.topic = topic;
      this.deserializer = deserializer;
      this.enricher = enricher;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore(RULES_STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
      if (PublishedRules.isKept(record.key())) {
        return;
      }
      store.put(record.key(), record.value());
      Optional<Rules> rules;
      try {
        rules = Optional.ofNullable(deserializer.deserialize(topic, record.value()));
      } catch (RuntimeException e) {
        if (Outage.isCauseOf(e)) {
          throw e;
        }
        enricher.skip(record.key(), e);
        return;
      }
      enricher.publish(record.key(), rules);
    }

    @Override
    public void close() {
      deserializer.close();
    }
  }
}
