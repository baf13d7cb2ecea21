// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.operations.TopicReader;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.stories.StoriesSettings;
import dev.newswire.stories.StoriesStage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stories are built anew beside the stage, shown, and put in place. */
@Timeout(240)
class ReplayStoriesTest {

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String[] EVENTS = {
    "Ferry Lady Ashby runs aground off Marlow Island with a broken rudder",
    "Alvarez of the Harbour List is elected mayor of Dunmore",
    "Court in Karlsholm hears bankers Sandahl and Weil about Lundby Savings",
    "Flood of the river Elve drives families of Torgenau from their homes",
    "Tram drivers of Lisarra strike over the rosters of the depot Velho"
  };

  @TempDir Path folder;
  private Broker broker;
  private Cluster cluster;

  @BeforeEach
  void start() {
    broker = Broker.start(folder.resolve("kafka"));
    cluster =
        new Cluster(
            broker.bootstrapServers(),
            Cluster.IN_PROCESS_REGISTRY,
            "live",
            Map.of("commit.interval.ms", "100"));
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
    }
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void storiesThatWentWrongAreBuiltAnewAndTheStageGoesOnFromThem() {
    try (StoriesStage stage = stage("first")) {
      stage.start();
      for (int number = 0; number < 30; number++) {
        // The stage takes what lies on several partitions in any order, a replay by time.
        publish(number, number + 1);
        awaitAssigned(number + 1);
      }
    }
    Map<String, Story> right = last(cluster.topics().stories());
    StoryAssignment wrong = last(cluster.topics().storyAssignments()).get("p1/1");
    String story = wrong.getStory();
    wrong.setStory("wrong");
    send(cluster.topics().storyAssignments(), "p1/1", wrong);
    send(cluster.topics().stories(), "wrong", Story.newBuilder().setId("wrong").build());

    assertThat(replay().out()).contains("live.enriched", "Nothing was done");
    Console preview = replay("--dry-run");
    assertThat(preview.exitCode()).as(preview.err()).isEqualTo(3);
    assertThat(preview.out())
        .contains("30 articles read, 0 that can't be read", "p1/1 goes to " + story)
        .containsPattern("articles in another story +1\n")
        .containsPattern("stories ended +1\n");
    assertThat(replay("--dry-run", "--json").out())
        .isEqualTo("{\"article\":\"p1/1\",\"story\":\"" + story + "\"}\n");
    assertThat(last(cluster.topics().storyAssignments()).get("p1/1").getStory())
        .as("a dry run changes nothing")
        .isEqualTo("wrong");

    publish(30, 35);
    Console done = replay("--execute");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.out()).contains("35 articles read", "start the stage again");
    Map<String, StoryAssignment> assigned = last(cluster.topics().storyAssignments());
    assertThat(assigned).hasSize(35);
    assertThat(assigned.get("p1/1").getStory()).isEqualTo(story);
    assertThat(last(cluster.topics().stories()).get("wrong").getMergedInto())
        .as("its id leads to the story that it is now")
        .isEqualTo(story);
    assertThat(last(cluster.topics().stories()).keySet()).containsAll(right.keySet());
    assertThat(replay("--dry-run").exitCode()).as("nothing is left to change").isZero();

    publish(35, 40);
    try (StoriesStage stage = stage("second")) {
      stage.start();
      awaitAssigned(40);
    }
    assertThat(last(cluster.topics().storyAssignments()).get("p3/36").getStory())
        .as("the next article of the event joins it")
        .isEqualTo(story);
    assertThat(last(cluster.topics().stories()).get(story).getArticles()).isEqualTo(8);
    assertThat(replay("--dry-run").exitCode()).isZero();
  }

  @Test
  void itWaitsForTheStageToBeStopped() {
    publish(0, 10);
    try (StoriesStage stage = stage("first")) {
      stage.start();
      awaitAssigned(10);
      CompletableFuture<Console> replay = CompletableFuture.supplyAsync(() -> replay("--execute"));
      stage.close();

      Console done = replay.join();
      assertThat(done.exitCode()).as(done.err()).isZero();
    }
  }

  @Test
  void aStageThatNeverRanHasNothingToReplace() {
    publish(0, 3);

    Console refused = replay("--execute");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("has never run here");
  }

  @Test
  void aPartOfTheArticlesIsNoBasisForStories() {
    Console refused = replay("--provider", "p1");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--stories goes with");
  }

  private Console replay(String... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                "--stories",
                "--bootstrap-server=" + broker.bootstrapServers(),
                "--topic-prefix",
                "live"));
    arguments.addAll(List.of(more));
    return newswire(arguments.toArray());
  }

  private StoriesStage stage(String name) {
    return new StoriesStage(
        cluster, StoriesSettings.live(cluster, folder.resolve(name)), new SimpleMeterRegistry());
  }

  private void awaitAssigned(int number) {
    await()
        .atMost(PATIENCE)
        .until(() -> last(cluster.topics().storyAssignments()).size() == number);
  }

  private <V> Map<String, V> last(TopicSpec<V> topic) {
    Map<String, V> values = new TreeMap<>();
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      TopicReader.<V>readRecords(
          cluster,
          topic,
          TopicReader.everything(admin, topic),
          record -> {
            values.put(record.key(), record.value());
            return true;
          });
    }
    values.values().removeIf(value -> value == null);
    return values;
  }

  private <V extends SpecificRecord> void send(TopicSpec<V> topic, String key, V value) {
    try (KafkaProducer<String, V> producer =
        new KafkaProducer<>(
            cluster.producerProperties(), new StringSerializer(), cluster.serializer(topic))) {
      assertThat(producer.send(new ProducerRecord<>(topic.name(), key, value)))
          .succeedsWithin(PATIENCE);
    }
  }

  /** Five events, told by turns, each in the words of its own event. */
  private void publish(int from, int to) {
    TopicSpec<EnrichedArticle> topic = cluster.topics().enriched();
    try (KafkaProducer<String, EnrichedArticle> producer =
        new KafkaProducer<>(
            cluster.producerProperties(), new StringSerializer(), cluster.serializer(topic))) {
      List<Future<?>> sent = new ArrayList<>();
      for (int number = from; number < to; number++) {
        EnrichedArticle article = article(number);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    topic.name(),
                    null,
                    article.getArticle().getPublished().toEpochMilli(),
                    article.getArticle().getId(),
                    article)));
      }
      assertThat(sent).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
    }
  }

  private static EnrichedArticle article(int number) {
    Instant when = START.plus(Duration.ofMinutes(10L * number));
    String event = EVENTS[number % EVENTS.length];
    String provider = "p" + (number < 36 ? number % 3 : 3);
    Article article =
        Article.newBuilder()
            .setId(provider + "/" + number)
            .setProvider(provider)
            .setItemId("" + number)
            .setFeed(provider)
            .setRevision(
                Revision.newBuilder().setReceivedAt(when).setContentHash("" + number).build())
            .setPublished(when)
            .setStatus(Status.USABLE)
            .setLanguage("en")
            .setHeadline(event)
            .setBody("Correspondent " + number + " writes: " + event + ". More follows.")
            .build();
    article.getRevision().setContentHash(ContentHash.of(article));
    return EnrichedArticle.newBuilder()
        .setArticle(article)
        .setLanguage("en")
        .setEntities(List.of())
        .setTopics(List.of())
        .setStamp(
            EnrichmentStamp.newBuilder().setEnricher(1).setTaxonomy(1L).setModel("test").build())
        .build();
  }
}
