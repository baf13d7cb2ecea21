// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newswire.broker.Broker;
import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.sink.BareStore;
import dev.newswire.sink.Database;
import dev.newswire.sink.Search;
import dev.newswire.sink.SearchQuery;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
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
  private static final int ARTICLES = 100_000;
  private static final int A_MILLION = 1_000_000;
  private static final List<String> WORDS =
      List.of("oil prices", "trade deficit", "bank rate", "film award", "company shares");

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
      Cluster cluster = cluster(broker);
      produce(cluster, 0, RECORDS);
      for (Kind kind : kinds()) {
        List<Double> slowest = new ArrayList<>();
        String filled = empty(kind, "filled");
        sink(cluster, filled, RECORDS, slowest);
        slowest.clear();
        race(cluster, kind, slowest, "bare loop, same rows", BareStore.readFrom(filled, BATCH));
        if (kind == Kind.POSTGRESQL) {
          race(
              cluster,
              kind,
              slowest,
              "bare loop, server makes words",
              BareStore.withoutWords(filled, BATCH));
        }
        System.out.printf(
            Locale.ROOT, "  batch to commit, p99: %.0f ms%n", Contest.median(slowest));
      }
    }
  }

  private void race(Cluster cluster, Kind kind, List<Double> slowest, String name, BareStore bare)
      throws Exception {
    Contest.race(
        kind.name().toLowerCase(Locale.ROOT) + ", records",
        kind.wanted,
        () -> sink(cluster, empty(kind, "ours"), RECORDS, slowest),
        name,
        () -> {
          String url = empty(kind, "bare");
          BareStore.makeTables(url);
          return RECORDS / bare.writeTo(url);
        });
  }

  /** Records a second, from the first commit to the last. */
  private static double sink(Cluster cluster, String url, int records, List<Double> slowest)
      throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (SinkStage stage =
        new SinkStage(cluster, SinkSettings.of(Database.of(url, Optional.empty())), meters)) {
      stage.start();
      double first = awaitStored(meters, 1);
      long begin = System.nanoTime();
      double all = awaitStored(meters, records);
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

  /** Two words, a topic and a quarter of a year among 100,000 articles, beside a bare count. */
  void search() throws Exception {
    try (Broker broker = Broker.start(folder.resolve("kafka"))) {
      Cluster cluster = cluster(broker);
      produce(cluster, 0, ARTICLES);
      for (Kind kind : kinds()) {
        String url = empty(kind, "searched");
        sink(cluster, url, ARTICLES, new ArrayList<>());
        try (Search search = Database.of(url, Optional.empty()).search()) {
          List<Double> times = new ArrayList<>();
          long hits = 0;
          for (int round = 0; round < 100; round++) {
            SearchQuery query = query(round);
            long begin = System.nanoTime();
            hits += search.find(query).size();
            if (round >= 20) {
              times.add((System.nanoTime() - begin) / 1e6);
            }
          }
          System.out.printf(
              Locale.ROOT,
              "%s: search of %,d articles, median %.1f ms, slowest %.1f ms, %.1f hits on average;"
                  + " SELECT count(*) FROM articles, median %.1f ms; wanted under 50 ms%n",
              kind.name().toLowerCase(Locale.ROOT),
              ARTICLES,
              Contest.median(times),
              Collections.max(times),
              hits / 100.0,
              bareCount(url));
        }
      }
    }
  }

  private static SearchQuery query(int round) {
    Instant since = Instant.parse("2026-03-01T00:00:00Z").plus(round, ChronoUnit.DAYS);
    return SearchQuery.of(WORDS.get(round % WORDS.size()))
        .withTopics(List.of("topic-" + round % 40))
        .between(Optional.of(since), Optional.of(since.plus(90, ChronoUnit.DAYS)));
  }

  private static double bareCount(String url) throws SQLException {
    List<Double> times = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:" + url);
        Statement statement = connection.createStatement()) {
      for (int round = 0; round < 20; round++) {
        long begin = System.nanoTime();
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM articles")) {
          row.next();
        }
        times.add((System.nanoTime() - begin) / 1e6);
      }
    }
    return Contest.median(times);
  }

  /** A million records through the sink, and what the heap holds after a collection meanwhile. */
  void heap() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Broker broker = Broker.start(folder.resolve("kafka"))) {
      Cluster cluster = cluster(broker);
      try (SinkStage stage =
          new SinkStage(
              cluster,
              SinkSettings.of(Database.of(empty(Kind.SQLITE, "heap"), Optional.empty())),
              meters)) {
        stage.start();
        long begin = System.nanoTime();
        for (int from = 0; from < A_MILLION; from += 20_000) {
          produce(cluster, from, from + 20_000);
          awaitStored(meters, from + 20_000);
          if ((from + 20_000) % 100_000 == 0) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                Locale.ROOT,
                "%,9d records  %4.0f s  heap %d MB of %d MB%n",
                from + 20_000,
                (System.nanoTime() - begin) / 1e9,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                runtime.maxMemory() >> 20);
          }
        }
      }
    }
  }

  private static Cluster cluster(Broker broker) throws Exception {
    Cluster cluster = Cluster.at(broker.bootstrapServers(), Cluster.IN_PROCESS_REGISTRY);
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
    }
    return cluster;
  }
}
