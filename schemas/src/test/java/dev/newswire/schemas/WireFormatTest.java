// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** The bytes on the topics: what kcat, Connect and every Kafka UI will see. */
class WireFormatTest {

  private final Topics topics = new Topics("newswire");
  private final TopicSerdes serdes =
      new TopicSerdes(TopicSerdes.IN_PROCESS_REGISTRY, topics, Map.of());
  private final TopicSpec<RawArticle> topic = topics.raw();

  @Test
  void aRecordIsAZeroByteTheSchemaIdInFourBytesAndPlainAvro() throws IOException {
    byte[] bytes = serialize(Samples.raw());

    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    assertThat(buffer.get()).as("magic byte").isZero();
    int id = buffer.getInt();
    AvroSchema schema = InProcessRegistry.released("RawArticle").get(id);
    assertThat(schema).as("schema %d", id).isNotNull();
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(schema.rawSchema())
            .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
    assertThat(((GenericRecord) record.get("article")).get("headline"))
        .hasToString("Talks on a truce resume in Ansel");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    assertThat(deserialize(serialize(Samples.raw()))).isEqualTo(Samples.raw());
  }

  @Test
  void theRegistryOfTheSingleProcessGivesTheSameIdsUnderEveryPrefix() {
    Topics others = new Topics("test.desk");
    TopicSerdes other = new TopicSerdes("mock://another", others, Map.of());
    byte[] here = serialize(Samples.raw());
    byte[] there;
    try (Serializer<RawArticle> serializer = other.serializer(others.raw())) {
      there = serializer.serialize(others.raw().name(), Samples.raw());
    }
    assertThat(there).isEqualTo(here);
  }

  @Test
  void dataWrittenUnderTheFirstReleasedSchemaIsReadableUnderTheCurrentOne() throws IOException {
    AvroSchema first = InProcessRegistry.released("RawArticle").get(1);
    GenericRecord article = new GenericData.Record(first.rawSchema().getField("article").schema());
    article.getSchema().getFields().stream()
        .filter(org.apache.avro.Schema.Field::hasDefaultValue)
        .forEach(field -> article.put(field.pos(), GenericData.get().getDefaultValue(field)));
    article.put("id", "tidewater/1");
    article.put("provider", "tidewater");
    article.put("itemId", "1");
    article.put("feed", "tidewater-world");
    article.put("published", 1_772_442_000_000L);
    article.put(
        "status",
        new GenericData.EnumSymbol(article.getSchema().getField("status").schema(), "USABLE"));
    GenericRecord revision =
        new GenericData.Record(article.getSchema().getField("revision").schema());
    revision.put("receivedAt", 1_772_442_000_000L);
    revision.put("contentHash", "00");
    article.put("revision", revision);
    GenericRecord original =
        new GenericData.Record(first.rawSchema().getField("original").schema());
    original.put("bytes", ByteBuffer.wrap(new byte[] {7}));
    original.put("mediaType", "text/plain");
    original.put("format", "iptc7901");
    original.put("sha256", "00");
    original.put("source", "old.txt");
    GenericRecord raw = new GenericData.Record(first.rawSchema());
    raw.put("article", article);
    raw.put("original", original);
    raw.put("warnings", java.util.List.of());

    RawArticle read = deserialize(confluent(1, raw));

    assertThat(read.getArticle().getId()).isEqualTo("tidewater/1");
    assertThat(read.getArticle().getStatus()).isEqualTo(Status.USABLE);
    assertThat(read.getOriginal().getBytes()).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
  }

  private static byte[] confluent(int id, GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @Test
  void bytesThatAreNoRecordAreRefused() {
    byte[] truncated = serialize(Samples.raw());
    byte[] half = Arrays.copyOf(truncated, truncated.length / 2);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> deserialize(half))
        .isInstanceOf(org.apache.kafka.common.errors.SerializationException.class);
  }

  private byte[] serialize(RawArticle raw) {
    try (Serializer<RawArticle> serializer = serdes.serializer(topic)) {
      return serializer.serialize(topic.name(), raw);
    }
  }

  private RawArticle deserialize(byte[] bytes) {
    try (Deserializer<RawArticle> deserializer = serdes.deserializer(topic)) {
      return deserializer.deserialize(topic.name(), bytes);
    }
  }
}
