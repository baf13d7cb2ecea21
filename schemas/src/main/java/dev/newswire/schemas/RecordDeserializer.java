// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Headers;

/**
 * Confluent's deserializer, for a topic whose values all have one type. Every consumer of every
 * topic decodes here, so here it is told whose fault a failure is: it throws {@link
 * UnreadableRecord} where the bytes are no such value, whatever they hold, and {@link
 * RegistryUnavailable} where the registry can't say what they are. No value is null. Safe for use
 * by many threads, as Confluent's is.
 */
final class RecordDeserializer extends KafkaAvroDeserializer {

  private static final int HEADER_BYTES = 5;

  private final Class<?> valueType;

  /** Schemas that the registry has given, and that are of the right type. */
  private final Set<Integer> known = ConcurrentHashMap.newKeySet();

  static {
    DecodingLimits.apply();
  }

  /** A deserializer for the values of one generated class. */
  RecordDeserializer(Class<?> valueType) {
    this.valueType = valueType;
  }

  @Override
  public Object deserialize(String topic, byte[] bytes) {
    return deserialize(topic, null, bytes);
  }

  @Override
  public Object deserialize(String topic, Headers headers, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    int id = schemaId(bytes);
    if (!known.contains(id)) {
      requireType(topic, id);
      known.add(id);
    }
    Object value = decode(topic, headers, bytes);
    if (!valueType.isInstance(value)) {
      throw wrongType(value == null ? "nothing" : value.getClass().getName());
    }
    return value;
  }

  private static int schemaId(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != 0) {
      throw new UnreadableRecord(
          "it does not begin with a zero byte and a schema id, as a record of "
              + bytes.length
              + " bytes from Confluent's serializer would");
    }
    return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
  }

  /** The look-up that Confluent's code makes next; here it is told from a failure to decode. */
  private void requireType(String topic, int id) {
    ParsedSchema schema;
    try {
      schema = schemaRegistry.getSchemaBySubjectAndId(getSubjectName(topic, false, null, null), id);
    } catch (RestClientException e) {
      if (RegistryFailures.isUnknownSchema(e)) {
        throw new UnreadableRecord("the schema registry has no schema with the id " + id, e);
      }
      throw RegistryFailures.unavailable("give the schema with the id " + id, e);
    } catch (IOException e) {
      throw RegistryFailures.unavailable("give the schema with the id " + id, e);
    }
    if (!valueType.getName().equals(schema.name())) {
      throw wrongType(schema.name());
    }
  }

  private UnreadableRecord wrongType(String found) {
    return new UnreadableRecord(
        "it is a " + found + ", where a " + valueType.getName() + " belongs");
  }

  private Object decode(String topic, Headers headers, byte[] bytes) {
    try {
      return super.deserialize(topic, headers, bytes);
    } catch (RuntimeException e) {
      // Avro's own I/O errors are the record's; by now the schema is at hand.
      throw RegistryFailures.in(e, "give a schema", false)
          .<RuntimeException>map(outage -> outage)
          .orElseGet(() -> unreadable(e));
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw unreadable(e);
    }
  }

  private static UnreadableRecord unreadable(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason = RegistryFailures.line(cause);
    return new UnreadableRecord("it can't be decoded: " + reason, error);
  }
}
