// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.streams;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.GroupProtocol;
import dev.newswire.schemas.TopicSpec;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How every Kafka Streams application of this project is set up. */
public final class StreamsSettings {

  private StreamsSettings() {}

  /**
   * Exactly once, from the beginning of its topics, with dead letters. What the user passes through
   * wins.
   *
   * @param stage whose dead letters are written
   * @param applicationId Kafka Streams' application id
   * @param stateFolder where Kafka Streams keeps its lock and checkpoints
   */
  public static Properties of(
      Cluster cluster, String stage, String applicationId, Path stateFolder) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(
        StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
        cluster.topics().deadLetters(stage).name());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterUnreadable.class);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterFailed.class);
    properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailUnwritten.class);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        TopicSpec.MAXIMUM_RECORD_BYTES);
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(TopicSpec.MAXIMUM_RECORD_BYTES));
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.putAll(cluster.clientProperties());
    return properties;
  }

  /**
   * Has the brokers assign the tasks, where the cluster's members are to share work so. The name of
   * an instance is then taken out: brokers before 4.4 refuse it, and take the place of a member
   * that was killed only once its session has timed out.
   */
  public static void useGroupProtocol(Cluster cluster, Properties properties) {
    if (cluster.groupProtocol() == GroupProtocol.STREAMS) {
      properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.STREAMS.ofStreams());
      properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    }
  }
}
