// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.header.Headers;

/**
 * Confluent's serializer, the same bytes included, for records that all have one schema.
 * Confluent's own makes a schema object anew for each record, and so hashes every field, doc and
 * default of the schema for each look at the registry; that takes longer than the record itself.
 * Throws {@link RegistryUnavailable} where the registry does not answer, or refuses the schema.
 * Safe for use by many threads, as Confluent's is.
 */
final class RecordSerializer extends KafkaAvroSerializer {

  private final AvroSchema schema;

  /** A serializer for the values of one generated class. */
  RecordSerializer(Class<?> valueType) {
    schema = schema(valueType);
  }

  /** The schema of a generated class as it is registered: without what only Java wants to know. */
  static AvroSchema schema(Class<?> valueType) {
    Schema generated = SpecificData.get().getSchema(valueType);
    Object blank = SpecificData.newInstance(valueType, generated);
    return new AvroSchema(AvroSchemaUtils.getSchema(blank, false, false, false, true, true));
  }

  @Override
  public byte[] serialize(String topic, Headers headers, Object record) {
    if (record == null) {
      return null;
    }
    String subject = getSubjectName(topic, false, record, schema);
    try {
      return serializeImpl(subject, topic, headers, record, schema);
    } catch (RuntimeException e) {
      // Bytes are written to memory, so that an I/O error can only be the registry's.
      throw RegistryFailures.in(e, "give an id for the schema of " + subject, true)
          .<RuntimeException>map(outage -> outage)
          .orElse(e);
    }
  }
}
