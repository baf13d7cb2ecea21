// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.EnrichStage;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.operations.Offsets;
import dev.newswire.operations.PipelineStatus;
import dev.newswire.operations.RecordCount;
import dev.newswire.operations.ReplayPlan;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.ArticleId;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Rules;
import dev.newswire.schemas.Status;
import dev.newswire.sink.Database;
import dev.newswire.sink.SinkSettings;
import dev.newswire.sink.SinkStage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules change, history is replayed, and the table is as if they had always been so. */
@Timeout(240)
class ReplayCommandTest {

  private static final int ARTICLES = 200;
  private static final Instant RECEIVED = Instant.parse("2026-03-02T09:00:00Z");
  private static final String BEFORE = taxonomy("harbour: harbour OR port", "weather: storm");
  private static final String AFTER = taxonomy("harbour: harbour", "fishing: trawler");

  private static Broker broker;

  /** The topics of every row of a table that was built with the later taxonomy alone. */
  private static Map<String, String> fromScratch;

  @TempDir Path folder;

  @BeforeAll
  static void startBroker(@TempDir Path log, @TempDir Path scratch) throws Exception {
    broker =
        Broker.start(
            log,
            Broker.freePort(),
            Map.of(
                "group.min.session.timeout.ms",
                "100",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                "500"));
    Cluster cluster = cluster("scratch");
    publishTaxonomy(cluster, 2, AFTER);
    publish(cluster, 0, ARTICLES + 40);
    try (Pipeline pipeline = new Pipeline(cluster, scratch)) {
      pipeline.awaitRows(ARTICLES + 40);
      fromScratch = pipeline.topics();
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aChangedTaxonomyGivesTheTableThatABuildFromScratchGivesAndTheDryRunNamedItsChanges()
      throws Exception {
    Cluster live = cluster("live");
    publishTaxonomy(live, 1, BEFORE);
    publish(live, 0, ARTICLES);
    try (Pipeline pipeline = new Pipeline(live, folder.resolve("live"))) {
      pipeline.awaitRows(ARTICLES);
      Map<String, String> before = pipeline.topics();
      Path file = Files.writeString(folder.resolve("after.yaml"), AFTER);

      Console unpublished = replay(live, "--dry-run", "--json", "--taxonomy", file);
      assertThat(unpublished.exitCode()).as(unpublished.err()).isEqualTo(3);
      publishTaxonomy(live, 2, AFTER);
      Console published = replay(live, "--dry-run", "--json");
      assertThat(published.out()).isEqualTo(unpublished.out());
      assertThat(replay(live, "--dry-run").out())
          .containsPattern("fishing +100 +0 +0")
          .containsPattern("harbour +0 +50 +50")
          .containsPattern("weather +0 +50 +0")
          .containsPattern("fishing +gained +tidewater/\\d+ +trawler +Report \\d+");
      assertThat(pipeline.topics()).isEqualTo(before);

      Console plan = replay(live);
      assertThat(plan.out()).contains("Nothing was done", "200 records at most; about ");
      assertThat(groups(live)).noneMatch(group -> group.contains("replay"));

      publish(live, ARTICLES, ARTICLES + 20);
      Console done = replay(live, "--execute", "--until", "now");
      assertThat(done.exitCode()).as(done.err()).isZero();
      publish(live, ARTICLES + 20, ARTICLES + 40);
      pipeline.awaitRows(ARTICLES + 40);

      Map<String, String> after = pipeline.topics();
      Set<String> changed = new TreeSet<>(before.keySet());
      changed.removeIf(id -> before.get(id).equals(after.get(id)));
      assertThat(changed).isEqualTo(articles(published.out()));
      assertThat(after).isEqualTo(fromScratch);
      assertThat(replay(live, "--dry-run").exitCode()).isZero();
    }
    assertThat(groups(live)).containsExactlyInAnyOrder("live-enrich", "live-sink");
  }

  @Test
  void killedTwiceAndResumedItGivesTheSameTable() throws Exception {
    Cluster killed = cluster("killed");
    publishTaxonomy(killed, 1, BEFORE);
    publish(killed, 0, ARTICLES);
    try (Pipeline pipeline = new Pipeline(killed, folder.resolve("killed"))) {
      pipeline.awaitRows(ARTICLES);
      pipeline.stopEnriching();
      publishTaxonomy(killed, 2, AFTER);

      try (ChildProcess process = child(killed, "--max-rate", "40")) {
        awaitProgress(killed, 20, process);
        process.kill();
      }
      assertThat(newswire("status", server(), "--topic-prefix", "killed").out())
          .containsPattern("replay +killed-replay-\\d+-\\d+ ");
      try (ChildProcess process = child(killed, "--resume", "--max-rate", "40")) {
        awaitProgress(killed, 80, process);
        process.stop();
        process.awaitEnd();
        assertThat(process.output()).contains("stopped; newswire replay --resume ");
      }
      Console console =
          newswire(
              "replay",
              "--resume",
              "--execute",
              server(),
              "--topic-prefix",
              "killed",
              "-X",
              "session.timeout.ms=2000",
              "-X",
              "heartbeat.interval.ms=500");
      assertThat(console.exitCode()).as(console.err()).isZero();

      pipeline.awaitLag();
      Map<String, String> expected = new TreeMap<>(fromScratch);
      expected.keySet().retainAll(pipeline.topics().keySet());
      assertThat(pipeline.topics()).hasSize(ARTICLES).isEqualTo(expected);
    }
    assertThat(groups(killed)).containsExactlyInAnyOrder("killed-enrich", "killed-sink");
  }

  @Test
  void aLostStoreIsRebuiltRowByRow() throws Exception {
    Cluster lost = cluster("lost");
    publishTaxonomy(lost, 2, AFTER);
    publish(lost, 0, 20);
    Map<String, String> before;
    String store = "sqlite:" + folder.resolve("rebuilt.db");
    try (Pipeline pipeline = new Pipeline(lost, folder.resolve("lost"))) {
      pipeline.awaitRows(20);
      before = pipeline.topics();
      assertThat(replay(lost, "--store", store, "--execute").err())
          .contains("the group lost-sink has 1 members: stop the sinks first");
    }
    assertThat(replay(lost, "--store", store).out()).contains("Nothing was done");

    Console console = replay(lost, "--store", store, "--execute");

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(Pipeline.topics(folder.resolve("rebuilt.db"))).isEqualTo(before);
    assertThat(replay(lost, "--store", store, "--execute").err()).contains("holds 20 articles");
  }

  @Test
  void onlyWhatWasAskedForIsEnrichedAgainAndElsewhere() throws Exception {
    Cluster some = cluster("some");
    publishTaxonomy(some, 1, BEFORE);
    publish(some, 0, 20);
    try (Pipeline pipeline = new Pipeline(some, folder.resolve("some"))) {
      pipeline.awaitRows(20);
      publishTaxonomy(some, 2, AFTER);

      assertThat(articles(replay(some, "--dry-run", "--json", "--id", "tidewater/1").out()))
          .containsExactly("tidewater/1");
      assertThat(replay(some, "--dry-run", "--provider", "other").exitCode()).isZero();
      assertThat(replay(some, "--dry-run", "--until", "1h").exitCode()).isZero();
      Console fishing = replay(some, "--execute", "--topic", "fishing", "--into", "some.beside");
      assertThat(fishing.exitCode()).as(fishing.err()).isZero();
      assertThat(fishing.out()).contains("done: 20 raw articles read, 10 enriched");
      try (Admin admin = Admin.create(some.clientProperties())) {
        Offsets offsets = new Offsets(admin);
        assertThat(offsets.committedEnds(offsets.partitions("some.beside")).values())
            .anyMatch(end -> end > 0);
      }
      assertThat(replay(some, "--dry-run").exitCode()).isEqualTo(3);
    }
    assertThat(replay(some, "--resume", "--execute").err())
        .contains("--resume: which replay? none is under way");
    assertThat(replay(some, "--resume", "x", "--execute").err())
        .contains("no replay 'x' is under way");
  }

  private static String taxonomy(String... topics) {
    StringBuilder yaml = new StringBuilder("topics:\n");
    for (String topic : topics) {
      String id = topic.replaceFirst(":.*", "");
      yaml.append("  - id: ").append(id).append("\n    label: ").append(id);
      yaml.append("\n    queries: [\"").append(topic.replaceFirst(".*: ", "")).append("\"]\n");
    }
    return yaml.toString();
  }

  private static String text(int number) {
    return switch (number % 4) {
      case 0 -> "The harbour was calm on Monday, and the trawler went out with its crew.";
      case 1 -> "The port was calm on Monday, the harbourmaster's office said in a note.";
      case 2 -> "A storm is on its way to the coast, and the trawler stays where it is.";
      default -> "Nothing of note happened on Monday, and nobody had expected otherwise.";
    };
  }

  private static Set<String> articles(String json) {
    Set<String> ids = new TreeSet<>();
    Matcher matcher = Pattern.compile("\"article\":\"([^\"]+)\"").matcher(json);
    while (matcher.find()) {
      ids.add(matcher.group(1));
    }
    return ids;
  }

  private static void awaitProgress(Cluster cluster, long offsets, ChildProcess process) {
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> {
                assertThat(process.endsWithin(Duration.ZERO)).as(process::output).isFalse();
                List<String> begun = ReplayPlan.begun(cluster, admin);
                assertThat(begun).hasSize(1);
                String group = cluster.group("replay-" + begun.get(0));
                assertThat(
                        new Offsets(admin)
                            .committed(group).values().stream().mapToLong(at -> at).sum())
                    .isGreaterThan(offsets);
              });
    }
  }

  private static Cluster cluster(String prefix) {
    Cluster cluster =
        new Cluster(
            broker.bootstrapServers(),
            Cluster.IN_PROCESS_REGISTRY,
            prefix,
            Map.of("commit.interval.ms", "100"));
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
    }
    return cluster;
  }

  private static String server() {
    return "--bootstrap-server=" + broker.bootstrapServers();
  }

  private static Console replay(Cluster cluster, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("replay", server(), "--topic-prefix", cluster.prefix()));
    arguments.addAll(List.of(more));
    return newswire(arguments.toArray());
  }

  private ChildProcess child(Cluster cluster, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                "--execute",
                server(),
                "--topic-prefix",
                cluster.prefix(),
                "-X",
                "session.timeout.ms=2000",
                "-X",
                "heartbeat.interval.ms=500",
                "-X",
                "transaction.timeout.ms=2000",
                "-X",
                "commit.interval.ms=100"));
    arguments.addAll(List.of(more));
    return ChildProcess.newswire(folder, arguments.toArray());
  }

  private static Set<String> groups(Cluster cluster) {
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      Set<String> names = new TreeSet<>();
      Offsets.get(admin.listGroups().all()).forEach(listing -> names.add(listing.groupId()));
      names.removeIf(name -> !name.startsWith(cluster.prefix() + "-"));
      return names;
    }
  }

  private static void publishTaxonomy(Cluster cluster, long version, String yaml) throws Exception {
    try (KafkaProducer<String, Rules> producer =
        new KafkaProducer<>(
            cluster.producerProperties(),
            new StringSerializer(),
            cluster.serializer(cluster.topics().taxonomy()))) {
      producer
          .send(
              new ProducerRecord<>(
                  cluster.topics().taxonomy().name(),
                  LiveEnricher.TAXONOMY,
                  new Rules(version, RECEIVED, yaml, null, null)))
          .get();
    }
  }

  private static void publish(Cluster cluster, int from, int to) throws Exception {
    try (KafkaProducer<String, RawArticle> producer =
        new KafkaProducer<>(
            cluster.producerProperties(),
            new StringSerializer(),
            cluster.serializer(cluster.topics().raw()))) {
      for (int i = from; i < to; i++) {
        RawArticle article = article(i);
        producer
            .send(
                new ProducerRecord<>(
                    cluster.topics().raw().name(), article.getArticle().getId(), article))
            .get();
      }
    }
  }

  private static RawArticle article(int number) {
    byte[] bytes = text(number).getBytes(UTF_8);
    Article article =
        Article.newBuilder()
            .setId(ArticleId.of("tidewater", "" + number))
            .setProvider("tidewater")
            .setItemId("" + number)
            .setFeed("tidewater-world")
            .setRevision(
                Revision.newBuilder()
                    .setReceivedAt(RECEIVED)
                    .setContentHash(ContentHash.sha256(bytes))
                    .build())
            .setPublished(RECEIVED)
            .setStatus(Status.USABLE)
            .setLanguage("en")
            .setHeadline("Report " + number)
            .setBody(text(number))
            .build();
    return new RawArticle(
        article,
        new Original(
            ByteBuffer.wrap(bytes), "text/plain", "text", ContentHash.sha256(bytes), "a.txt"),
        List.of(),
        null);
  }

  /** Enrich and sink on a cluster, as live traffic has them. */
  private static final class Pipeline implements AutoCloseable {

    private final Cluster cluster;
    private final Path database;
    private final EnrichStage enrich;
    private final SinkStage sink;

    Pipeline(Cluster cluster, Path folder) throws Exception {
      this.cluster = cluster;
      Files.createDirectories(folder);
      database = folder.resolve("newswire.db");
      enrich =
          new EnrichStage(
              cluster,
              EnrichSettings.live(cluster, folder.resolve("streams")),
              new SimpleMeterRegistry());
      sink =
          new SinkStage(
              cluster, SinkSettings.of(Database.sqlite(database)), new SimpleMeterRegistry());
      enrich.start();
      sink.start();
    }

    void stopEnriching() {
      enrich.close();
    }

    void awaitRows(int number) {
      await().atMost(Duration.ofMinutes(1)).until(() -> topics().size() == number);
      awaitLag();
    }

    /** Until the sink has stored all that is enriched. */
    void awaitLag() {
      try (Admin admin = Admin.create(cluster.clientProperties());
          PipelineStatus status = new PipelineStatus(cluster, admin, Clock.systemUTC())) {
        await()
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(
                () ->
                    assertThat(status.read(List.of("sink")).get(0).lag())
                        .contains(RecordCount.ZERO));
      }
    }

    /** Of every row its taxonomy's version and its topics. */
    Map<String, String> topics() throws Exception {
      return topics(database);
    }

    static Map<String, String> topics(Path database) throws Exception {
      Map<String, String> rows = new TreeMap<>();
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
          Statement statement = connection.createStatement();
          ResultSet result =
              statement.executeQuery(
                  "SELECT article_id, (SELECT group_concat(topic) FROM (SELECT topic FROM"
                      + " article_topics WHERE article_number = number ORDER BY topic)) FROM"
                      + " articles")) {
        while (result.next()) {
          rows.put(result.getString(1), String.valueOf(result.getString(2)));
        }
      }
      return rows;
    }

    @Override
    public void close() {
      enrich.close();
      sink.close();
    }
  }
}
