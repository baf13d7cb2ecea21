// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.schemas.FeedState;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.TopicSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a version remembers that knew an article by its guid or address as it was written. The
 * records are that version's own, of {@link #FEED}: schema FeedState-3, ids and hashes.
 */
final class UpgradeTest {

  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final int FEED_STATE_3 = 8;

  private static final String FEED =
      """
      <rss version="2.0"><channel><title>Harbour</title>
      <item><title>Bridge reopens</title><link>http://www.harbour.example/news/1?at_medium=RSS</link>
        <guid isPermaLink="false">http://www.harbour.example/news/1#1</guid>
        <pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate>
        <description>The bridge is open again.</description></item>
      <item><title>Ferry delayed</title><link>https://harbour.example:443/news/2?CMP=rss</link>
        <pubDate>Mon, 02 Mar 2026 07:00:00 GMT</pubDate>
        <description>The ferry left late.</description></item>
      <item><title>Storm passes</title><link>https://harbour.example/news/3</link>
        <guid>https://www.harbour.example/news/3?partner=x&amp;id=7</guid>
        <description>It is over.</description></item>
      <item><title>Mayor speaks</title><link>https://harbour.example/news/4</link>
        <guid isPermaLink="false">4711</guid><pubDate>Mon, 02 Mar 2026 06:00:00 GMT</pubDate>
        <description>She spoke.</description></item>
      <item><title>Market opens</title><link>https://harbour.example/news/5</link>
        <guid>https://harbour.example/news/5</guid>
        <pubDate>Mon, 02 Mar 2026 05:00:00 GMT</pubDate>
        <creator xmlns="http://purl.org/dc/elements/1.1/">Ann Quay</creator>
        <description>Early.</description></item>
      </channel></rss>
      """;

  @RegisterExtension private static final Kafka kafka = new Kafka();

  @BeforeEach
  void rememberWhatTheVersionBeforePublished() throws Exception {
    remember(
        "http://www.harbour.example/news/1#1",
        "340772d0098ac103ad0d5e06c3f6c0970f8aee35dbf476f56fa99e0011157d01");
    remember(
        "https://harbour.example:443/news/2?CMP=rss",
        "bc31366e4a4412413ab9fde2b82e865987712e81839a0e27c537a92e5bccb828");
    remember(
        "https://www.harbour.example/news/3?partner=x&id=7",
        "33c6745126f6dc297d838d9de0b883d3c74dcdc7e7098ab6b6e8b937eadc307f");
    remember(
        "harbour-world#4711", "fce01395df96ed1038f4f0fb379844e34056340643d7d14ee7a93d95cb18cc4d");
    remember(
        "https://harbour.example/news/5",
        "bd93f6fc88deac0c4c00a2695cf20c90b9acbab8ea4779001aa799f2e59831ae");
  }

  @Test
  void noArticleIsPublishedAgain() {
    assertThat(publish(FEED)).isEqualTo(new Counts(0, 5, 0, 0));
    assertThat(publish(FEED)).as("nor ever after").isEqualTo(new Counts(0, 5, 0, 0));
  }

  @Test
  void aRevisionComesUnderTheIdThatTheArticleHas() {
    String revised = FEED.replace("Bridge reopens", "Bridge reopens at dawn");
    assertThat(publish(revised)).isEqualTo(new Counts(1, 4, 0, 0));
    assertThat(published()).containsExactly("harbour/http://www.harbour.example/news/1#1");
  }

  /** Two addresses of one article were two articles before; it goes on as the one that it is. */
  @Test
  void anArticleThatWasKnownByTheIdItHasNowKeepsThatOne() throws Exception {
    remember("http://www.harbour.example/news/5#0", "of another text");
    assertThat(publish(FEED)).isEqualTo(new Counts(0, 5, 0, 0));
  }

  private static Counts publish(String feed) {
    try (Publisher publisher = new Publisher(kafka.cluster, "newswire-ingest", new Formats())) {
      return publisher
          .publish(Delivery.of("harbour", "harbour-world", "world.rss", NOW), feed.getBytes(UTF_8))
          .counts();
    }
  }

  private static List<String> published() {
    return kafka.articles().stream()
        .map(RawArticle::getArticle)
        .map(article -> article.getId())
        .toList();
  }

  private static void remember(String itemId, String contentHash)
      throws IOException, InterruptedException, ExecutionException {
    TopicSpec<FeedState> topic = kafka.cluster.topics().feedState();
    String key = "harbour-world\0harbour/" + itemId + "\0";
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            kafka.cluster.producerProperties(),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic.name(), key, feedState3(contentHash))).get();
    }
  }

  /** As the serializer of Confluent writes it: a zero, the schema's id, Avro's binary encoding. */
  private static byte[] feedState3(String contentHash) throws IOException {
    Schema schema;
    try (InputStream file = FeedState.class.getResourceAsStream("released/FeedState-3.avsc")) {
      schema = new Schema.Parser().parse(file);
    }
    Schema published = schema.getField("published").schema().getTypes().get(1);
    GenericRecord state =
        new GenericRecordBuilder(schema)
            .set("poll", null)
            .set(
                "published",
                new GenericRecordBuilder(published)
                    .set("contentHash", contentHash)
                    .set("at", NOW.toEpochMilli())
                    .build())
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0);
    bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(FEED_STATE_3).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(state, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
