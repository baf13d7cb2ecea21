// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
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

  private LiveEnricher enricher;
  private TopologyTestDriver driver;
  private TestInputTopic<String, RawArticle> raw;
  private TestInputTopic<byte[], byte[]> rawBytes;
  private TestOutputTopic<String, EnrichedArticle> enriched;
  private TestOutputTopic<byte[], byte[]> dead;

  @BeforeEach
  void start(@TempDir Path folder) {
    EnrichSettings settings = EnrichSettings.live(CLUSTER, folder);
    enricher = LiveEnricher.bundled(settings, new SimpleMeterRegistry());
    driver =
        new TopologyTestDriver(
            EnrichTopology.of(CLUSTER, settings.outputTopic(), enricher),
            EnrichTopology.properties(CLUSTER, settings));
    raw =
        driver.createInputTopic(
            CLUSTER.topics().raw().name(),
            new StringSerializer(),
            CLUSTER.serializer(CLUSTER.topics().raw()));
    rawBytes =
        driver.createInputTopic(
            CLUSTER.topics().raw().name(), new ByteArraySerializer(), new ByteArraySerializer());
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
  void aRecordWithoutAValueBecomesADeadLetter() {
    byte[] tombstone = null;
    rawBytes.pipeInput("tidewater/2".getBytes(StandardCharsets.UTF_8), tombstone);

    assertThat(enriched.isEmpty()).isTrue();
    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).asString().isEqualTo("tidewater/2");
              assertThat(letter.topic()).contains(CLUSTER.topics().raw().name());
              assertThat(letter.reason()).contains("no value");
            });
  }

  private List<DeadLetter> deadLetters() {
    return dead.readRecordsToList().stream()
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
