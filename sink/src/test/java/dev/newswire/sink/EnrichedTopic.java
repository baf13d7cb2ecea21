// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.broker.Broker;
import dev.newswire.runtime.Cluster;
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
  static EnrichedTopic on(Broker broker) {
    Cluster cluster =
        new Cluster(
            broker.bootstrapServers(),
            Cluster.IN_PROCESS_REGISTRY,
            UUID.randomUUID().toString(),
            Map.of("session.timeout.ms", "2000", "heartbeat.interval.ms", "500"));
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
    }
    return new EnrichedTopic(cluster);
  }

  /** What a broker needs for such short sessions. */
  static Map<String, String> brokerSettings() {
    return Map.of("group.min.session.timeout.ms", "1000");
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
