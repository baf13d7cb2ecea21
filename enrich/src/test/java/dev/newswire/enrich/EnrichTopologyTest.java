// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.FeedState;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Rules;
import dev.newswire.schemas.TopicSpec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichTopologyTest {

  private static final Cluster CLUSTER = Cluster.at("unused:9092", Cluster.IN_PROCESS_REGISTRY);

  private static final byte[] KEY = "tidewater/2".getBytes(StandardCharsets.UTF_8);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private LiveEnricher enricher;
  private TopologyTestDriver driver;
  private TestInputTopic<String, RawArticle> raw;
  private TestInputTopic<byte[], byte[]> rawBytes;
  private TestInputTopic<String, Rules> rules;
  private TestOutputTopic<String, EnrichedArticle> enriched;
  private TestOutputTopic<byte[], byte[]> dead;

  @BeforeEach
  void start(@TempDir Path folder) {
    EnrichSettings settings = EnrichSettings.live(CLUSTER, folder);
    enricher = LiveEnricher.bundled(settings.replacements(), settings.limits(), meters);
    Properties properties = EnrichTopology.properties(CLUSTER, settings);
    // The driver forgets what was sent in a transaction in which no record reached a processor.
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    driver =
        new TopologyTestDriver(
            EnrichTopology.of(CLUSTER, settings.outputTopic(), enricher), properties);
    raw =
        driver.createInputTopic(
            CLUSTER.topics().raw().name(),
            new StringSerializer(),
            CLUSTER.serializer(CLUSTER.topics().raw()));
    rawBytes =
        driver.createInputTopic(
            CLUSTER.topics().raw().name(), new ByteArraySerializer(), new ByteArraySerializer());
    rules =
        driver.createInputTopic(
            CLUSTER.topics().taxonomy().name(),
            new StringSerializer(),
            CLUSTER.serializer(CLUSTER.topics().taxonomy()));
    enriched =
        driver.createOutputTopic(
            CLUSTER.topics().enriched().name(),
            new StringDeserializer(),
            CLUSTER.deserializer(CLUSTER.topics().enriched()));
    dead =
        driver.createOutputTopic(
            CLUSTER.topics().deadLetters("enrich").name(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
    enricher.close();
  }

  @Test
  void anArticleKeepsItsKeyAndTimestamp() {
    RawArticle article = Articles.raw("1", "Putin arrives in Beijing", "Vladimir Putin arrived.");
    Instant received = Instant.parse("2026-03-01T07:30:00Z");

    raw.pipeInput("tidewater/1", article, received);

    TestRecord<String, EnrichedArticle> record = enriched.readRecord();
    assertThat(record.key()).isEqualTo("tidewater/1");
    assertThat(record.getRecordTime()).isEqualTo(received);
    assertThat(record.value().getArticle()).isEqualTo(article.getArticle());
    assertThat(record.value().getEntities())
        .extracting(entity -> entity.getWikidataId())
        .contains("Q7747", "Q956");
  }

  @Test
  void aTombstoneIsCountedAndNoDeadLetter() {
    byte[] tombstone = null;
    rawBytes.pipeInput(KEY, tombstone);

    assertThat(enriched.isEmpty()).isTrue();
    assertThat(dead.isEmpty()).isTrue();
    assertThat(meters.counter("newswire.outcomes", "stage", "enrich", "outcome", "tombstone"))
        .extracting(Counter::count)
        .isEqualTo(1.0);
  }

  @Test
  void aRecordThatIsNoRawArticleBecomesADeadLetterAndTheNextIsEnriched() {
    Instant old = Instant.parse("2020-03-01T07:30:00Z");
    rawBytes.pipeInput(KEY, new byte[0], old);
    rawBytes.pipeInput(KEY, "no Avro at all".getBytes(StandardCharsets.UTF_8), old);
    rawBytes.pipeInput(KEY, serialized(CLUSTER.topics().feedState(), new FeedState()), old);
    rawBytes.pipeInput(KEY, claimsTwoThousandMillionItems(), old);

    raw.pipeInput("tidewater/1", Articles.raw("1", "Putin arrives", "He arrived."));

    assertThat(enriched.readRecordsToList()).hasSize(1);
    List<TestRecord<byte[], byte[]>> records = dead.readRecordsToList();
    assertThat(records)
        .allSatisfy(
            record ->
                assertThat(record.getRecordTime())
                    .as("the moment of the failure")
                    .isAfter(Instant.now().minusSeconds(3_600)));
    assertThat(deadLetters(records))
        .hasSize(4)
        .allSatisfy(
            letter -> {
              assertThat(letter.key()).isEqualTo(KEY);
              assertThat(letter.topic()).contains(CLUSTER.topics().raw().name());
            })
        .anySatisfy(letter -> assertThat(letter.reason()).contains("schemas.FeedState"))
        .anySatisfy(letter -> assertThat(letter.reason()).contains("2147483639"));
  }

  @Test
  void aBadRuleIsSkippedAloneHoweverItBreaksItsReader() {
    String document =
        """
        topics:
          - {id: deep, queries: ["%s"]}
          - {id: pattern, queries: ["/.*a.{25}b/"]}
          - {id: slash, queries: ["/%s"]}
          - {id: not, queries: ["%s"]}
          - {id: truce, queries: ["truce"]}
        """
            .formatted("(".repeat(5_000), "(".repeat(5_000), "NOT ".repeat(20_000) + "a");
    rules.pipeInput(LiveEnricher.TAXONOMY, new Rules(1L, Instant.EPOCH, document, null, null));

    raw.pipeInput("tidewater/1", Articles.raw("1", "A truce", "The truce holds."));

    assertThat(enriched.readValue().getTopics())
        .extracting(topic -> topic.getId())
        .containsExactly("truce");
  }

  @Test
  void rulesThatCanNotBeReadLeaveThoseBeforeInUse() {
    rules.pipeInput(
        LiveEnricher.TAXONOMY,
        new Rules(1L, Instant.EPOCH, "topics: [{id: truce, queries: [truce]}]", null, null));
    TestInputTopic<byte[], byte[]> bytes =
        driver.createInputTopic(
            CLUSTER.topics().taxonomy().name(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    byte[] key = LiveEnricher.TAXONOMY.getBytes(StandardCharsets.UTF_8);
    bytes.pipeInput(key, new byte[0]);
    bytes.pipeInput(key, serialized(CLUSTER.topics().feedState(), new FeedState()));

    raw.pipeInput("tidewater/1", Articles.raw("1", "A truce", "The truce holds."));

    assertThat(enriched.readValue().getTopics())
        .extracting(topic -> topic.getId())
        .containsExactly("truce");
  }

  /** An empty list of warnings and no page end a raw article. */
  private static byte[] claimsTwoThousandMillionItems() {
    byte[] valid = serialized(CLUSTER.topics().raw(), Articles.raw("1", "", "Text."));
    assertThat(valid).endsWith(0, 0);
    byte[] hostile = Arrays.copyOf(valid, valid.length + 3);
    byte[] count = {(byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
    System.arraycopy(count, 0, hostile, valid.length - 2, count.length);
    return hostile;
  }

  private static <V> byte[] serialized(TopicSpec<V> topic, V value) {
    try (Serializer<V> serializer = CLUSTER.serializer(topic)) {
      return serializer.serialize(topic.name(), value);
    }
  }

  private static List<DeadLetter> deadLetters(List<TestRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(
            record ->
                new ConsumerRecord<>(
                    "dead",
                    0,
                    0,
                    0,
                    TimestampType.CREATE_TIME,
                    0,
                    0,
                    record.key(),
                    record.value(),
                    new RecordHeaders(record.headers()),
                    java.util.Optional.empty()))
        .map(DeadLetter::read)
        .toList();
  }
}
