// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.newswire.broker.Broker;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Health.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
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

  private static Broker broker;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TestDatabase database;
  private EnrichedTopic topic;

  @BeforeAll
  static void startBroker() {
    broker =
        Broker.start(folder.resolve("kafka"), Broker.freePort(), EnrichedTopic.brokerSettings());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void makeDatabase() {
    database = PostgresServer.database();
    topic = EnrichedTopic.on(broker);
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
      await().until(() -> stage.health().state() == State.OUTAGE);
      database.execute("ALTER TABLE elsewhere RENAME TO articles");
      awaitStored(200);
      await().until(() -> stage.health().state() == State.RUNNING);
    }
    assertThat(outcomes("repeat") + outcomes("dead")).isZero();
  }

  @Test
  void aServerThatCrashesAndStartsAgainLosesNothing() throws Exception {
    assumeTrue(
        System.getenv("NEWSWIRE_TEST_POSTGRES_FOLDER") != null,
        "NEWSWIRE_TEST_POSTGRES_FOLDER names no server that .ci/postgres started");
    try (SinkStage stage = started()) {
      for (int round = 0; round < 2; round++) {
        topic.produce(articles(round * 500, round * 500 + 500));
        Process restart =
            new ProcessBuilder("../.ci/postgres", "restart").redirectErrorStream(true).start();
        topic.produce(articles(1_000 + round * 500, 1_500 + round * 500));
        assertThat(restart.waitFor()).isZero();
      }
      awaitStored(2_000);
    }
    assertThat(outcomes("dead")).isZero();
  }

  @Test
  void ofAThousandRecordsTheOneThatTheDatabaseRefusesIsDeadAndTheOthersAreStored()
      throws Exception {
    database.database().open(false).close();
    database.execute("ALTER TABLE articles ADD CHECK (item_id <> '417')");
    topic.produce(articles(0, 1_000));
    try (SinkStage stage = started()) {
      awaitStored(999);
      await().until(() -> outcomes("dead") == 1);
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
