// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.GroupProtocol;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.TopicSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same articles in the same order give the same bytes on both topics, whoever dies when. All
 * articles are in one partition, so that their order is the same for each application.
 */
@Tag("slow")
@Timeout(600)
class StoriesKillTest {

  private static final int ARTICLES = 600;
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private Broker broker;

  @BeforeEach
  void start() {
    broker = Broker.start(folder.resolve("kafka"));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void killedInTheMiddleAndWithThreeInstancesItWritesTheSameBytes() {
    Cluster undisturbed = cluster("undisturbed");
    publish(undisturbed, 0, ARTICLES);
    try (StoriesProcess process = StoriesProcess.start(undisturbed, folder, 0, "alone")) {
      awaitLast(undisturbed);
    }
    List<String> expected = written(undisturbed);
    assertThat(expected).hasSizeGreaterThan(ARTICLES);

    Cluster killed = cluster("killed");
    for (int kill = 0; kill < KILLS; kill++) {
      int from = kill * ARTICLES / (KILLS + 1);
      publish(killed, from, from + ARTICLES / (KILLS + 1));
      try (StoriesProcess process = StoriesProcess.start(killed, folder, 0, "victim")) {
        long before = size(killed);
        await().atMost(PATIENCE).until(() -> size(killed) > before + 20);
      }
    }
    publish(killed, KILLS * ARTICLES / (KILLS + 1), ARTICLES);
    try (StoriesProcess process = StoriesProcess.start(killed, folder, 0, "victim")) {
      awaitLast(killed);
    }
    assertThat(written(killed)).isEqualTo(expected);

    Cluster three = cluster("three");
    publish(three, 0, ARTICLES / 2);
    try (StoriesProcess first = StoriesProcess.start(three, folder, 1, "first");
        StoriesProcess second = StoriesProcess.start(three, folder, 1, "second");
        StoriesProcess third = StoriesProcess.start(three, folder, 1, "third")) {
      await().atMost(PATIENCE).until(() -> size(three) > 20);
      first.close();
      publish(three, ARTICLES / 2, ARTICLES);
      awaitLast(three);
    }
    assertThat(written(three)).isEqualTo(expected);
  }

  private Cluster cluster(String prefix) {
    Cluster cluster =
        new Cluster(
            broker.bootstrapServers(),
            Cluster.IN_PROCESS_REGISTRY,
            prefix,
            Map.of(),
            GroupProtocol.CLASSIC);
    List<TopicSpec<?>> topics = new ArrayList<>();
    for (TopicSpec<?> topic : cluster.topics().all()) {
      topics.add(topic.withPartitions(1));
    }
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.of((short) 1)).ensure(topics);
    }
    return cluster;
  }

  /** Articles by number; the last is alone in its story. */
  private static void publish(Cluster cluster, int from, int to) {
    TopicSpec<EnrichedArticle> topic = cluster.topics().enriched();
    try (Serializer<EnrichedArticle> serializer = cluster.serializer(topic);
        KafkaProducer<String, EnrichedArticle> producer =
            new KafkaProducer<>(cluster.producerProperties(), new StringSerializer(), serializer)) {
      List<Future<RecordMetadata>> sent =
          IntStream.range(from, to)
              .mapToObj(StoriesKillTest::article)
              .map(article -> producer.send(record(topic, article)))
              .toList();
      assertThat(sent).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
    }
  }

  private static ProducerRecord<String, EnrichedArticle> record(
      TopicSpec<EnrichedArticle> topic, EnrichedArticle article) {
    return new ProducerRecord<>(
        topic.name(),
        0,
        article.getArticle().getRevision().getReceivedAt().toEpochMilli(),
        article.getArticle().getId(),
        article);
  }

  private static EnrichedArticle article(int number) {
    String place = List.of("Dunmore", "Melton", "Ashby", "Linden", "Brackley").get(number % 5);
    String event =
        List.of("a fire in the harbour", "the tram drivers' strike", "the bankers' trial")
            .get(number % 3);
    return Wire.article("p" + number % 4, last(number) ? "last" : "i" + number % 500, number * 10)
        .version(number)
        .saying(
            place + ": " + event + " " + number % 7,
            ("People of %s spoke of nothing but %s when witness %d came to the town hall of %s and"
                    + " told all that was known of it, its causes and its cost of %d crowns.")
                .formatted(place, event, number % 7, place, number % 11))
        .enriched();
  }

  private static boolean last(int number) {
    return number == ARTICLES - 1;
  }

  private static long size(Cluster cluster) {
    return written(cluster).size();
  }

  private static void awaitLast(Cluster cluster) {
    String last = article(ARTICLES - 1).getArticle().getId();
    AtomicLong before = new AtomicLong();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              List<String> now = written(cluster);
              // One transaction is seen on one topic a little before the other.
              return now.stream().anyMatch(line -> line.startsWith("story-assignments " + last))
                  && before.getAndSet(now.size()) == now.size();
            });
  }

  /** All that can be read of both topics, in their order. */
  private static List<String> written(Cluster cluster) {
    List<String> lines = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            cluster.consumerProperties(), new StringDeserializer(), new ByteArrayDeserializer())) {
      for (String topic :
          List.of(cluster.topics().storyAssignments().name(), cluster.topics().stories().name())) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        while (consumer.position(partition) < end) {
          for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            lines.add(
                topic.substring(cluster.prefix().length() + 1)
                    + " "
                    + record.key()
                    + " "
                    + record.timestamp()
                    + " "
                    + (record.value() == null ? "-" : HexFormat.of().formatHex(record.value())));
          }
        }
      }
    }
    return lines;
  }
}
