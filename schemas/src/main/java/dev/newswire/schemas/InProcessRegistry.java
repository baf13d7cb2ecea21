// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The schema registry of the single process: Confluent's own in-memory one, filled with every
 * schema ever released under a fixed id. So what one run writes, the next can read, though the
 * registry itself is gone in between.
 */
final class InProcessRegistry {

  /** Lists the released schemas with their ids; see docs/decisions/0003. */
  private static final String IDS = "released/ids.properties";

  private InProcessRegistry() {}

  /**
   * Registers the released schemas for the topics of a prefix; once is enough, again is harmless.
   */
  static void register(String url, Topics topics) {
    String scope = url.substring("mock://".length());
    MockSchemaRegistryClient client =
        (MockSchemaRegistryClient) MockSchemaRegistry.getClientForScope(scope);
    for (TopicSpec<?> topic : topics.all()) {
      released(topic.valueType().getSimpleName())
          .forEach(
              (id, schema) ->
                  register(client, topic.name() + "-value", id, asSerialized(topic, schema)));
    }
  }

  /**
   * The very object that the serializer asks for, where it is the same schema: the registry would
   * otherwise compare the two field by field for every record.
   */
  private static AvroSchema asSerialized(TopicSpec<?> topic, AvroSchema released) {
    AvroSchema current = RecordSerializer.schema(topic.valueType());
    return current.equals(released) ? current : released;
  }

  private static void register(
      MockSchemaRegistryClient client, String subject, int id, AvroSchema schema) {
    try {
      client.register(subject, schema, id, id);
    } catch (IOException | RestClientException e) {
      throw new IllegalStateException("can't register the released schema of " + subject, e);
    }
  }

  /** The released schemas of a record, by id, the oldest first. */
  static Map<Integer, AvroSchema> released(String record) {
    Map<Integer, AvroSchema> schemas = new TreeMap<>();
    Properties ids = new Properties();
    try (InputStream in = InProcessRegistry.class.getResourceAsStream(IDS)) {
      ids.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String name : ids.stringPropertyNames()) {
      if (name.substring(0, name.lastIndexOf('-')).equals(record)) {
        schemas.put(Integer.valueOf(ids.getProperty(name)), schema(name));
      }
    }
    return schemas;
  }

  private static AvroSchema schema(String name) {
    try (InputStream in =
        InProcessRegistry.class.getResourceAsStream("released/" + name + ".avsc")) {
      return new AvroSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
