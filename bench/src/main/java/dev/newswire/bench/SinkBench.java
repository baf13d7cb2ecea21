// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newswire.broker.Broker;
import dev.newswire.schemas.Cluster;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.TopicCreation;
import dev.newswire.sink.BareStore;
import dev.newswire.sink.Database;
import dev.newswire.sink.SinkSettings;
import dev.newswire.sink.SinkStage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The sink beside a bare loop that writes the same rows, and search beside a bare count. PostgreSQL
 * is the server that NEWSWIRE_TEST_POSTGRES_URL names; without one, SQLite is measured alone.
 */
final class SinkBench {

  private static final int RECORDS = 20_000;
  private static final int BATCH = 1_000;

  private final List<RawArticle> texts;
  private final Path folder;

  SinkBench(Path corpora) throws Exception {
    texts = Corpora.articles(corpora, 20_000);
    folder = Files.createTempDirectory("newswire-bench");
  }

  /** A kind of database. */
  private enum Kind {
    SQLITE(0.7),
    POSTGRESQL(0.6);

    private final double wanted;

    Kind(double wanted) {
      this.wanted = wanted;
    }
  }

  private static List<Kind> kinds() {
    return postgres().isPresent() ? List.of(Kind.values()) : List.of(Kind.SQLITE);
  }

  private static Optional<String> postgres() {
    return Optional.ofNullable(System.getenv("NEWSWIRE_TEST_POSTGRES_URL"));
  }

  /** Ours reads from Kafka, decodes, looks up, merges and encodes besides. */
  void rates() throws Exception {
    try (Broker broker = Broker.start(folder.resolve("kafka"))) {
      Cluster cluster = Cluster.at(broker.bootstrapServers(), Cluster.IN_PROCESS_REGISTRY);
      try (Admin admin = Admin.create(cluster.clientProperties())) {
        new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
      }
      produce(cluster, 0, RECORDS);
      for (Kind kind : kinds()) {
        List<Double> slowest = new ArrayList<>();
        String filled = empty(kind, "filled");
        sink(cluster, filled, slowest);
        BareStore bare = BareStore.readFrom(filled, BATCH);
        slowest.clear();
        Contest.race(
            kind.name().toLowerCase(Locale.ROOT) + ", records",
            kind.wanted,
            () -> sink(cluster, empty(kind, "ours"), slowest),
            "bare loop, same rows",
            () -> {
              String url = empty(kind, "bare");
              BareStore.makeTables(url);
              return RECORDS / bare.writeTo(url);
            });
        System.out.printf(
            Locale.ROOT, "  batch to commit, p99: %.0f ms%n", Contest.median(slowest));
      }
    }
  }

  /** Records a second, from the first commit to the last. */
  private static double sink(Cluster cluster, String url, List<Double> slowest) throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (SinkStage stage =
        new SinkStage(cluster, SinkSettings.of(Database.of(url, Optional.empty())), meters)) {
      stage.start();
      double first = awaitStored(meters, 1);
      long begin = System.nanoTime();
      double all = awaitStored(meters, RECORDS);
      double seconds = (System.nanoTime() - begin) / 1e9;
      Timer timer = meters.get("newswire.store.write").timer();
      for (ValueAtPercentile value : timer.takeSnapshot().percentileValues()) {
        if (value.percentile() == 0.99) {
          slowest.add(value.value(TimeUnit.MILLISECONDS));
        }
      }
      return (all - first) / seconds;
    }
  }

  private static double awaitStored(SimpleMeterRegistry meters, long records) {
    while (true) {
      Counter stored = meters.find("newswire.outcomes").tag("outcome", "stored").counter();
      if (stored != null && stored.count() >= records) {
        return stored.count();
      }
      LockSupport.parkNanos(500_000);
    }
  }

  // The producer's close waits for all sends; one that fails shows in what is never stored.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void produce(Cluster cluster, int from, int to) {
    String topic = cluster.topics().enriched().name();
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                cluster.producerProperties(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        Serializer<EnrichedArticle> serializer = cluster.serializer(cluster.topics().enriched())) {
      for (int number = from; number < to; number++) {
        EnrichedArticle article = Corpora.enriched(texts, number);
        producer.send(
            new ProducerRecord<>(
                topic,
                article.getArticle().getId().getBytes(UTF_8),
                serializer.serialize(topic, article)));
      }
    }
  }

  /** The URL of a database that holds nothing. */
  private String empty(Kind kind, String name) throws Exception {
    return switch (kind) {
      case SQLITE -> {
        Path file = folder.resolve(name + ".db");
        for (String suffix : List.of("", "-wal", "-shm")) {
          Files.deleteIfExists(Path.of(file + suffix));
        }
        yield "sqlite:" + file;
      }
      case POSTGRESQL -> {
        String server = postgres().orElseThrow();
        execute(server, "DROP SCHEMA IF EXISTS bench_" + name + " CASCADE");
        execute(server, "CREATE SCHEMA bench_" + name);
        yield server + (server.contains("?") ? "&" : "?") + "currentSchema=bench_" + name;
      }
    };
  }

  private static void execute(String server, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:" + server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void search() {}

  void heap() {}
}
