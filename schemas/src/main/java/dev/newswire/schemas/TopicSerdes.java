// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes and reads the values of the topics: Avro in Confluent's wire format, by a schema registry.
 * Immutable.
 *
 * @param schemaRegistryUrl URL of a registry that speaks Confluent's API, or {@link
 *     #IN_PROCESS_REGISTRY}
 * @param topics the topics, whose schemas the registry inside this process holds
 * @param properties any property of Confluent's serializer; it wins over what is set here
 */
public record TopicSerdes(String schemaRegistryUrl, Topics topics, Map<String, String> properties) {

  /** The registry inside this process; see {@link InProcessRegistry}. */
  public static final String IN_PROCESS_REGISTRY = "mock://newswire";

  /** New schemas read what the last one wrote, and the last one reads what they write. */
  public static final String COMPATIBILITY = "FULL";

  /** Copies the properties; no argument may be null. */
  public TopicSerdes {
    properties = Map.copyOf(properties);
  }

  /** A serializer for the values of a topic. The caller closes it. */
  @SuppressWarnings("unchecked") // The spec's type is the one that it was made with.
  public <V> Serializer<V> serializer(TopicSpec<V> topic) {
    if (topic.valueType() == byte[].class) {
      return (Serializer<V>) new ByteArraySerializer();
    }
    KafkaAvroSerializer serializer = new RecordSerializer(topic.valueType());
    serializer.configure(registryProperties(), false);
    return (Serializer<V>) (Serializer<?>) serializer;
  }

  /**
   * A deserializer for the values of a topic. The caller closes it. It throws {@link
   * UnreadableRecord} where the bytes are no value of the topic, and {@link RegistryUnavailable}
   * where the schema registry does not answer.
   */
  @SuppressWarnings("unchecked") // It gives values of the spec's type, or none.
  public <V> Deserializer<V> deserializer(TopicSpec<V> topic) {
    if (topic.valueType() == byte[].class) {
      return (Deserializer<V>) new ByteArrayDeserializer();
    }
    KafkaAvroDeserializer deserializer = new RecordDeserializer(topic.valueType());
    deserializer.configure(registryProperties(), false);
    return (Deserializer<V>) (Deserializer<?>) deserializer;
  }

  /**
   * Registers the schema of every topic under its subject, and has the registry refuse later ones
   * that are not compatible with it. What is registered already is left as it is.
   *
   * @return the schemas' ids by their subjects
   * @throws RegistryUnavailable where the registry does not answer, or refuses a schema
   */
  public Map<String, Integer> register() {
    Map<String, Integer> ids = new TreeMap<>();
    for (TopicSpec<?> topic : topics.all()) {
      if (topic.valueType() != byte[].class) {
        String subject = topic.name() + "-value";
        ids.put(subject, register(subject, topic.valueType()));
      }
    }
    return ids;
  }

  private int register(String subject, Class<?> valueType) {
    try (RecordSerializer serializer = new RecordSerializer(valueType)) {
      serializer.configure(registryProperties(), false);
      SchemaRegistryClient registry = serializer.getSchemaRegistryClient();
      int id = registry.register(subject, RecordSerializer.schema(valueType));
      registry.updateCompatibility(subject, COMPATIBILITY);
      return id;
    } catch (IOException | RestClientException e) {
      throw RegistryFailures.unavailable("register the schema of " + subject, e);
    }
  }

  /** A serde for the values of a topic. The caller closes it. */
  public <V> Serde<V> serde(TopicSpec<V> topic) {
    return Serdes.serdeFrom(serializer(topic), deserializer(topic));
  }

  private Map<String, Object> registryProperties() {
    if (schemaRegistryUrl.startsWith("mock://")) {
      InProcessRegistry.register(schemaRegistryUrl, topics);
    }
    Map<String, Object> configuration = new HashMap<>();
    configuration.put(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true);
    configuration.put(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, schemaRegistryUrl);
    configuration.putAll(properties);
    return configuration;
  }
}
