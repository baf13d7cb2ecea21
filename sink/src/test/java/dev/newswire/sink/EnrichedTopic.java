// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.broker.Broker;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.GroupProtocol;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.schemas.EnrichedArticle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Topics of their own for a test, on a broker that others use too. */
record EnrichedTopic(Cluster cluster) {

  /** Makes the topics; members of the group that are gone are missed within two seconds. */
  static EnrichedTopic on(Broker broker, GroupProtocol protocol) {
    Cluster cluster = cluster(broker.bootstrapServers(), UUID.randomUUID().toString(), protocol);
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
    }
    return new EnrichedTopic(cluster);
  }

  static Cluster cluster(String brokers, String prefix, GroupProtocol protocol) {
    return new Cluster(
        brokers,
        Cluster.IN_PROCESS_REGISTRY,
        prefix,
        protocol == GroupProtocol.CLASSIC
            ? Map.of("session.timeout.ms", "2000", "heartbeat.interval.ms", "500")
            : Map.of(),
        protocol);
  }

  /** What a broker needs for such short sessions; in the newer protocols they are the broker's. */
  static Map<String, String> brokerSettings() {
    return Map.of(
        "group.min.session.timeout.ms", "1000",
        "group.consumer.min.session.timeout.ms", "1000",
        "group.consumer.session.timeout.ms", "1500",
        "group.consumer.min.heartbeat.interval.ms", "100",
        "group.consumer.heartbeat.interval.ms", "300");
  }

  void produce(List<EnrichedArticle> articles) {
    String topic = cluster.topics().enriched().name();
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                cluster.producerProperties(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        Serializer<EnrichedArticle> serializer = cluster.serializer(cluster.topics().enriched())) {
      assertThat(
              articles.stream()
                  .map(
                      article ->
                          producer.send(
                              new ProducerRecord<>(
                                  topic,
                                  article.getArticle().getId().getBytes(StandardCharsets.UTF_8),
                                  serializer.serialize(topic, article))))
                  .toList())
          .allSatisfy(sent -> assertThat(sent.get().hasOffset()).isTrue());
    }
  }
}
