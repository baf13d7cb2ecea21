// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.runtime.GroupProtocol;
import dev.newswire.runtime.Health.State;
import dev.newswire.schemas.EnrichedArticle;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server that goes away and comes back: everything is stored once. */
class PostgresOutageTest {

  @TempDir static Path folder;

  private static OwnPostgresServer server;
  private static Broker broker;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TestDatabase database;
  private EnrichedTopic topic;

  @BeforeAll
  static void startServers() {
    server = OwnPostgresServer.start();
    broker =
        Broker.start(folder.resolve("kafka"), Broker.freePort(), EnrichedTopic.brokerSettings());
  }

  @AfterAll
  static void stopServers() {
    if (broker != null) {
      broker.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void makeDatabase() {
    database = server.database();
    topic = EnrichedTopic.on(broker, GroupProtocol.CONSUMER);
  }

  @AfterEach
  void removeDatabase() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void connectionsThatAreCutLoseNothing() throws Exception {
    try (SinkStage stage = started()) {
      for (int round = 0; round < 5; round++) {
        topic.produce(articles(round * 200, round * 200 + 200));
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'newswire'");
      }
      awaitStored(1_000);
    }
    assertThat(outcomes("repeat") + outcomes("dead")).isZero();
  }

  @Test
  void aTableThatIsAwayForAWhileLosesNothing() throws Exception {
    try (SinkStage stage = started()) {
      topic.produce(articles(0, 100));
      awaitStored(100);
      database.execute("ALTER TABLE articles RENAME TO elsewhere");
      topic.produce(articles(100, 200));
      await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.OUTAGE);
      database.execute("ALTER TABLE elsewhere RENAME TO articles");
      awaitStored(200);
      await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.RUNNING);
    }
    assertThat(outcomes("repeat") + outcomes("dead")).isZero();
  }

  @Test
  void aServerThatCrashesAndStartsAgainLosesNothing() throws Exception {
    try (SinkStage stage = started()) {
      for (int round = 0; round < 2; round++) {
        topic.produce(articles(round * 500, round * 500 + 500));
        Process restart = server.crash();
        topic.produce(articles(1_000 + round * 500, 1_500 + round * 500));
        assertThat(restart.waitFor()).isZero();
      }
      awaitStored(2_000);
    }
    assertThat(outcomes("dead")).isZero();
  }

  @Test
  void aServerThatIsStoppedForHalfAMinuteInMidFloodLosesNothingAndIsLoggedOnce() throws Exception {
    try (StageLog log = new StageLog();
        SinkStage stage = started()) {
      topic.produce(articles(0, 3_000));
      await().atMost(Duration.ofMinutes(1)).until(() -> outcomes("stored") > 0);
      server.down();
      topic.produce(articles(3_000, 6_000));
      await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.OUTAGE);
      await()
          .during(Duration.ofSeconds(30))
          .atMost(Duration.ofMinutes(1))
          .until(() -> stage.health().state() == State.OUTAGE);
      assertThat(meters.get("newswire.store.outage").gauge().value()).isEqualTo(1);
      server.up();
      awaitStored(6_000);
      await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.RUNNING);
      assertThat(meters.get("newswire.store.outage").gauge().value()).isZero();
      assertThat(log.outages())
          .satisfiesExactly(
              begin -> assertThat(begin).startsWith("WARN sink: outage, retrying until it is over"),
              end -> assertThat(end).isEqualTo("INFO sink: the outage is over"));
    }
    assertThat(outcomes("dead")).isZero();
  }

  @Test
  void aServerThatIsReadOnlyForAWhileLosesNothing() throws Exception {
    try (SinkStage stage = started()) {
      topic.produce(articles(0, 100));
      awaitStored(100);
      database.execute("ALTER SYSTEM SET default_transaction_read_only = on");
      database.execute("SELECT pg_reload_conf()");
      topic.produce(articles(100, 200));
      await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.OUTAGE);
      assertThat(stage.health().detail()).contains("read-only");
      database.execute("ALTER SYSTEM RESET default_transaction_read_only");
      database.execute("SELECT pg_reload_conf()");
      awaitStored(200);
    }
    assertThat(outcomes("repeat") + outcomes("dead")).isZero();
  }

  @Test
  void aFullDiskLosesNothing() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(Path.of("/tmp"), 24)) {
      database.execute("CREATE TABLESPACE small LOCATION '" + ofTheServer(disk) + "'");
      database.execute("ALTER DATABASE newswire SET default_tablespace = small");
      try (SinkStage stage = started()) {
        topic.produce(articles(0, 100));
        awaitStored(100);
        disk.fill();
        topic.produce(articles(100, 3_000));
        await().atMost(Duration.ofMinutes(1)).until(() -> stage.health().state() == State.OUTAGE);
        assertThat(stage.health().detail()).contains("No space left");
        disk.free();
        awaitStored(3_000);
      }
      assertThat(outcomes("repeat") + outcomes("dead")).isZero();
      database.close();
      database = null;
      server.execute("ALTER DATABASE newswire RESET default_tablespace");
      server.execute("DROP TABLESPACE small");
    }
  }

  /** A folder of the disk that the server's user owns. */
  private static Path ofTheServer(SmallDisk disk) throws IOException {
    Path folder = Files.createDirectory(disk.folder().resolve("tablespace"));
    Files.setOwner(folder, Files.getOwner(Path.of(server.folder())));
    return folder;
  }

  @Test
  void aServerThatAnswersSlowlyIsWaitedForAndTheGroupStaysAlive() throws Exception {
    try (SinkStage stage = started()) {
      topic.produce(articles(0, 100));
      awaitStored(100);
      try (Connection other = DriverManager.getConnection(database.jdbcUrl());
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("LOCK TABLE articles IN ACCESS EXCLUSIVE MODE");
        topic.produce(articles(100, 200));
        await()
            .during(Duration.ofSeconds(3))
            .atMost(Duration.ofSeconds(20))
            .until(() -> waiting() > 0);
        other.commit();
      }
      awaitStored(200);
    }
    assertThat(outcomes("repeat") + outcomes("dead")).isZero();
  }

  private long waiting() throws SQLException {
    return Long.parseLong(
        database
            .rows(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE application_name = 'newswire' AND wait_event_type = 'Lock'")
            .get(0));
  }

  @Test
  void ofAThousandRecordsTheOneThatTheDatabaseRefusesIsDeadAndTheOthersAreStored()
      throws Exception {
    database.database().open(false).close();
    database.execute("ALTER TABLE articles ADD CHECK (item_id <> '417')");
    topic.produce(articles(0, 1_000));
    try (SinkStage stage = started()) {
      awaitStored(999);
      await().atMost(Duration.ofMinutes(1)).until(() -> outcomes("dead") == 1);
    }
  }

  private SinkStage started() {
    SinkStage stage = new SinkStage(topic.cluster(), SinkSettings.of(database.database()), meters);
    stage.start();
    return stage;
  }

  private void awaitStored(int articles) {
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(
            () ->
                assertThat(database.rows("SELECT count(*) FROM published_articles"))
                    .containsExactly(Integer.toString(articles)));
  }

  private double outcomes(String outcome) {
    Counter counter = meters.find("newswire.outcomes").tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  private static List<EnrichedArticle> articles(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> Samples.usable(Integer.toString(number), 1, "Headline " + number))
        .toList();
  }
}
