// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.runtime.GroupProtocol;
import dev.newswire.schemas.EnrichedArticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sink, killed at random moments, ends with the tables that an undisturbed one makes. {@code
 * -Dnewswire.kills} and {@code -Dnewswire.seed} ask for more kills and other moments.
 */
@Tag("slow")
class SinkKillTest {

  private static final int KILLS = Integer.getInteger("newswire.kills", 20);
  private static final long SEED = Long.getLong("newswire.seed", 20260302L);
  private static final int RECORDS_A_KILL = 1_000;

  @TempDir static Path folder;

  private static Broker broker;

  @BeforeAll
  static void startBroker() {
    broker =
        Broker.start(folder.resolve("kafka"), Broker.freePort(), EnrichedTopic.brokerSettings());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void killedOnSqliteItLosesAndRepeatsNothing() throws Exception {
    try (TestDatabase killed = TestDatabase.sqlite(folder);
        TestDatabase undisturbed = TestDatabase.sqlite(folder)) {
      compare(killed, undisturbed, GroupProtocol.CONSUMER);
    }
  }

  @Test
  void killedOnPostgresItLosesAndRepeatsNothing() throws Exception {
    try (TestDatabase killed = PostgresServer.database();
        TestDatabase undisturbed = PostgresServer.database()) {
      compare(killed, undisturbed, GroupProtocol.CLASSIC);
    }
  }

  private static void compare(TestDatabase killed, TestDatabase undisturbed, GroupProtocol protocol)
      throws Exception {
    EnrichedTopic topic = EnrichedTopic.on(broker, protocol);
    Path log = Files.createTempFile(folder, "sink-", ".log");
    Random random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      topic.produce(records(kill * RECORDS_A_KILL, random));
      try (SinkProcess first = SinkProcess.startAgain(topic.cluster(), killed.url(), log)) {
        if (kill % 4 == 1) {
          // The second one takes over half of the partitions, then dies while the first lives on.
          try (SinkProcess second = SinkProcess.start(topic.cluster(), killed.url(), log)) {
            awaitMoment(second, killed, kill, random, log);
          }
        }
        awaitMoment(first, killed, kill, random, log);
      }
    }

    try (SinkStage stage = stage(topic, killed)) {
      stage.start();
      awaitOffsets(killed);
    }
    try (SinkStage stage = stage(topic, undisturbed)) {
      stage.start();
      awaitOffsets(undisturbed);
    }
    for (String table :
        List.of(
            "SELECT article_id, version, headline, status, taxonomy FROM articles ORDER BY 1",
            "SELECT a.article_id, e.name, e.mentions FROM article_entities e"
                + " JOIN articles a ON a.number = e.article_number ORDER BY 1, 2",
            "SELECT a.article_id, t.topic FROM article_topics t"
                + " JOIN articles a ON a.number = t.article_number ORDER BY 1, 2",
            "SELECT article_id, version, headline, taxonomy FROM revisions ORDER BY 1, 2, 3, 4",
            "SELECT count(*) FROM article_text",
            "SELECT topic, partition, next_offset FROM consumer_offsets ORDER BY 1, 2")) {
      assertThat(killed.rows(table))
          .as("seed %s: %s", SEED, table)
          .isEqualTo(undisturbed.rows(table))
          .isNotEmpty();
    }
  }

  /**
   * Waits until the sinks have stored so many records of this round as chance has it, and a little
   * longer; one time in five for no record at all, so that a start is hit as well.
   */
  private static void awaitMoment(
      SinkProcess process, TestDatabase database, int kill, Random random, Path log)
      throws Exception {
    boolean atStart = random.nextInt(5) == 0;
    long moment = (long) kill * RECORDS_A_KILL + random.nextInt(RECORDS_A_KILL);
    Duration after = Duration.ofMillis(random.nextInt(atStart ? 1_500 : 100));
    if (!atStart) {
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(10))
          .ignoreExceptionsInstanceOf(SQLException.class)
          .until(() -> !process.isAlive() || stored(database) >= moment);
    }
    assertThat(process.endsWithin(after)).as(() -> "ended by itself: " + log).isFalse();
  }

  private static long stored(TestDatabase database) throws SQLException {
    return Long.parseLong(
        database.rows("SELECT coalesce(sum(next_offset), 0) FROM consumer_offsets").get(0));
  }

  private static SinkStage stage(EnrichedTopic topic, TestDatabase database) {
    SinkSettings usual = SinkSettings.of(database.database());
    return new SinkStage(
        topic.cluster(),
        new SinkSettings(
            usual.database(),
            true,
            usual.batchRecords(),
            usual.batchBytes(),
            usual.flushInterval(),
            usual.outageLimit(),
            usual.beginAnew(),
            usual.fencedPause()),
        new SimpleMeterRegistry());
  }

  private static void awaitOffsets(TestDatabase database) {
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(() -> assertThat(stored(database)).isEqualTo((long) KILLS * RECORDS_A_KILL));
  }

  /** Revisions of a few hundred articles in no order, some of them kills. */
  private static List<EnrichedArticle> records(int from, Random random) {
    return IntStream.range(from, from + RECORDS_A_KILL)
        .mapToObj(
            number -> {
              String id = Integer.toString(random.nextInt(400));
              return random.nextInt(20) == 0
                  ? Samples.kill(id, 1 + random.nextInt(5))
                  : Samples.usable(id, 1 + random.nextInt(9), "Headline " + number);
            })
        .toList();
  }
}
