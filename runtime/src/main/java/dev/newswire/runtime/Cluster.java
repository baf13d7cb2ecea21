// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import dev.newswire.schemas.TopicSerdes;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The Kafka cluster and the schema registry that a process works with, and how its clients are set
 * up. Immutable.
 *
 * @param bootstrapServers host:port, several separated by commas
 * @param schemaRegistryUrl URL of a registry that speaks Confluent's API, or {@link
 *     #IN_PROCESS_REGISTRY}
 * @param prefix what the names of all topics and consumer groups begin with
 * @param kafkaProperties any property of a Kafka client or of Confluent's serializer, passed on as
 *     it is (TLS, SASL, timeouts); it wins over what is set here
 * @param groupProtocol how the members of its groups come by their partitions
 */
public record Cluster(
    String bootstrapServers,
    String schemaRegistryUrl,
    String prefix,
    Map<String, String> kafkaProperties,
    GroupProtocol groupProtocol) {

  /** What topics and groups are called where nothing else is asked for. */
  public static final String DEFAULT_PREFIX = "newswire";

  /** The registry inside this process. */
  public static final String IN_PROCESS_REGISTRY = TopicSerdes.IN_PROCESS_REGISTRY;

  /**
   * Copies the properties; no argument may be null.
   *
   * @throws UserError where a property and the group protocol exclude each other
   */
  public Cluster {
    kafkaProperties = Map.copyOf(kafkaProperties);
    groupProtocol.check(kafkaProperties);
  }

  /** A cluster whose brokers have the consumer group protocol, as those of Kafka 4 do. */
  public Cluster(
      String bootstrapServers,
      String schemaRegistryUrl,
      String prefix,
      Map<String, String> kafkaProperties) {
    this(bootstrapServers, schemaRegistryUrl, prefix, kafkaProperties, GroupProtocol.CONSUMER);
  }

  /** A cluster without further properties and with the default prefix. */
  public static Cluster at(String bootstrapServers, String schemaRegistryUrl) {
    return new Cluster(bootstrapServers, schemaRegistryUrl, DEFAULT_PREFIX, Map.of());
  }

  /**
   * The same cluster, for a process whose consumers are members of their groups by name (KIP-345):
   * started again after a kill it takes its own place at once, where otherwise the group would wait
   * for the dead member's session to time out.
   *
   * @param instance the name, unique among the processes of a group
   */
  public Cluster withGroupInstance(String instance) {
    Map<String, String> properties = new HashMap<>();
    properties.put(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, instance);
    properties.putAll(kafkaProperties);
    return new Cluster(bootstrapServers, schemaRegistryUrl, prefix, properties, groupProtocol);
  }

  /** The same cluster with another group protocol. */
  public Cluster with(GroupProtocol protocol) {
    return new Cluster(bootstrapServers, schemaRegistryUrl, prefix, kafkaProperties, protocol);
  }

  /** The same cluster with the newest group protocol that serves it; asks the brokers. */
  public Cluster withNewestGroupProtocol() {
    return with(GroupProtocol.newest(this));
  }

  /** The topics of this cluster. */
  public Topics topics() {
    return new Topics(prefix);
  }

  /** Name of a stage's consumer group: {@code newswire-sink}. */
  public String group(String stage) {
    return prefix + "-" + stage;
  }

  /**
   * What a stage works with, in one line for its log.
   *
   * @param group the stage's consumer group
   */
  public String about(String group) {
    String version = Cluster.class.getPackage().getImplementationVersion();
    Object instance = clientProperties().get(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG);
    return String.format(
        "version %s, brokers %s, registry %s, group %s, instance %s",
        version == null ? "from a build folder" : version,
        bootstrapServers,
        schemaRegistryUrl.replaceAll("//[^/@]*@", "//"),
        group,
        instance == null ? "without a name" : instance);
  }

  /** Properties that every client needs: where the brokers are, and what is passed through. */
  public Map<String, Object> clientProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.putAll(kafkaProperties);
    return properties;
  }

  /** Properties of a producer that loses and repeats nothing. */
  public Map<String, Object> producerProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSpec.MAXIMUM_RECORD_BYTES);
    properties.putAll(clientProperties());
    return properties;
  }

  /** Properties of a consumer that sees only what was committed and commits by itself. */
  public Map<String, Object> consumerProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.putAll(clientProperties());
    return properties;
  }

  /** Registers the schemas of all topics; see {@link TopicSerdes#register()}. */
  public Map<String, Integer> registerSchemas() {
    return serdes().register();
  }

  /** Properties of a consumer that is a member of a group. */
  public Map<String, Object> memberProperties(String group) {
    Map<String, Object> properties = consumerProperties();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, groupProtocol.ofConsumers());
    return properties;
  }

  /** A serializer for the values of a topic. The caller closes it. */
  public <V> Serializer<V> serializer(TopicSpec<V> topic) {
    return serdes().serializer(topic);
  }

  /**
   * A deserializer for the values of a topic. The caller closes it. It throws {@link
   * dev.newswire.schemas.UnreadableRecord} where the bytes are no value of the topic, and {@link
   * dev.newswire.schemas.RegistryUnavailable} where the schema registry does not answer.
   */
  public <V> Deserializer<V> deserializer(TopicSpec<V> topic) {
    return serdes().deserializer(topic);
  }

  /** A serde for the values of a topic. The caller closes it. */
  public <V> Serde<V> serde(TopicSpec<V> topic) {
    return serdes().serde(topic);
  }

  private TopicSerdes serdes() {
    return new TopicSerdes(schemaRegistryUrl, topics(), kafkaProperties);
  }
}
