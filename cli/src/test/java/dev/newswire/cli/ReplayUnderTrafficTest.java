// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.newswire.broker.Broker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A corpus is replayed with changed rules through the single process while it takes live traffic:
 * the table is the one that a build from scratch gives. It takes long, and so runs only where
 * {@code -Dnewswire.replay.articles} says with how many articles of the corpus.
 */
@Tag("slow")
class ReplayUnderTrafficTest {

  private static final Path CORPUS = Path.of("../../shared/corpora/reuters21578.jsonl.gz");
  private static final int KILLS = 5;
  private static final int LIVE_ARTICLES_A_SECOND = 50;
  private static final String TOKEN = "a-token-for-this-test";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String BEFORE =
      taxonomy("oil: \"crude oil\"", "beverages: cocoa OR coffee", "takeover: takeover OR merger");
  private static final String AFTER =
      taxonomy("oil: \"crude oil\"", "beverages: cocoa", "grain: wheat OR corn OR grain");

  @TempDir Path folder;

  @Test
  void aReplayUnderTrafficGivesTheTableOfABuildFromScratchAlsoWhenItIsKilled() throws Exception {
    int wanted = Integer.getInteger("newswire.replay.articles", 0);
    assumeThat(wanted)
        .as("-Dnewswire.replay.articles is not given: this takes some minutes")
        .isPositive();
    assumeThat(CORPUS).as("the corpora are not there").exists();
    List<ObjectNode> corpus = corpus(wanted);
    Path file = write("corpus.jsonl", lines(corpus, ""));
    Path before = write("before.yaml", BEFORE);
    Path after = write("after.yaml", AFTER);

    Map<String, String> fromScratch;
    try (Pipeline scratch = new Pipeline(folder.resolve("scratch"))) {
      scratch.newswire("topics", "apply", after);
      scratch.fill(file);
      fromScratch = scratch.rows();
    }
    assertThat(fromScratch).hasSizeGreaterThan(wanted * 9 / 10);

    try (Pipeline live = new Pipeline(folder.resolve("live"))) {
      live.newswire("topics", "apply", before);
      live.fill(file);
      Map<String, String> original = live.rows();
      assertThat(original.keySet()).isEqualTo(fromScratch.keySet());
      Set<String> named =
          articles(live.newswireExiting(3, "replay", "--dry-run", "--json", "--taxonomy", after));
      assertThat(named).isNotEmpty();

      live.newswire("topics", "apply", after);
      try (Traffic traffic = new Traffic(live, corpus, "first-")) {
        live.newswire("replay", "--execute");
        traffic.end();
        live.awaitCaughtUp();
        Map<String, String> rows = live.rows();
        assertThat(differences(withoutLive(rows), fromScratch)).isEmpty();
        assertThat(traffic.differing(rows, fromScratch)).isEmpty();
        assertThat(changed(original, rows)).isEqualTo(named);
      }
      assertThat(live.taxonomies()).containsExactly("2");

      live.newswire("topics", "apply", before);
      try (Traffic traffic = new Traffic(live, corpus, "second-")) {
        int kills = live.replayKilled(new Random(), wanted);
        assertThat(kills).isEqualTo(KILLS);
        traffic.end();
        live.awaitCaughtUp();
        Map<String, String> rows = live.rows();
        assertThat(differences(withoutLive(rows), original)).isEmpty();
        assertThat(traffic.differing(rows, original)).isEmpty();
      }
      assertThat(live.taxonomies()).containsExactly("3");
      assertThat(live.newswire("dead", "list").strip()).isEqualTo("no dead letters");
    }
  }

  private static String taxonomy(String... topics) {
    StringBuilder yaml = new StringBuilder("topics:\n");
    for (String topic : topics) {
      String[] parts = topic.split(": ", 2);
      yaml.append(
          "  - id: %1$s\n    label: %1$s\n    queries: ['%2$s']\n".formatted(parts[0], parts[1]));
    }
    return yaml.toString();
  }

  /** Articles in Newswire's own shape. */
  private static List<ObjectNode> corpus(int wanted) throws IOException {
    List<ObjectNode> articles = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(CORPUS)), UTF_8))) {
      for (String line = reader.readLine();
          line != null && articles.size() < wanted;
          line = reader.readLine()) {
        JsonNode item = JSON.readTree(line);
        // Without a date an article would be of the moment at which it came.
        String published = item.path("published").asText("");
        articles.add(
            JSON.createObjectNode()
                .put("itemId", item.get("id").asText())
                .put("provider", "reuters")
                .put("published", published.isEmpty() ? "1987-10-19T00:00:00Z" : published)
                .put("headline", item.path("title").asText(""))
                .put("dateline", item.path("dateline").asText(""))
                .put("body", item.path("body").asText("")));
      }
    }
    return articles;
  }

  /** The articles, one a line, of the provider "live" where their ids get a prefix. */
  private static String lines(List<ObjectNode> articles, String prefix) {
    return articles.stream()
        .map(
            article ->
                prefix.isEmpty()
                    ? article
                    : article
                        .deepCopy()
                        .put("itemId", prefix + article.get("itemId").asText())
                        .put("provider", "live"))
        .map(JsonNode::toString)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Set<String> articles(String json) throws IOException {
    Set<String> ids = new TreeSet<>();
    for (String line : json.lines().toList()) {
      JsonNode article = JSON.readTree(line).path("article");
      if (article.isTextual()) {
        ids.add(article.asText());
      }
    }
    return ids;
  }

  private static Map<String, String> withoutLive(Map<String, String> rows) {
    Map<String, String> others = new TreeMap<>(rows);
    others.keySet().removeIf(id -> id.startsWith("live/"));
    return others;
  }

  /** The first few rows that are not alike, or are in one of the tables alone. */
  private static List<String> differences(Map<String, String> rows, Map<String, String> expected) {
    Set<String> ids = new TreeSet<>(expected.keySet());
    ids.addAll(rows.keySet());
    return ids.stream()
        .filter(id -> !Objects.equals(rows.get(id), expected.get(id)))
        .limit(3)
        .map(id -> id + " is\n" + rows.get(id) + "\nand should be\n" + expected.get(id))
        .toList();
  }

  private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
    Set<String> ids = new TreeSet<>(before.keySet());
    ids.removeIf(id -> before.get(id).equals(after.get(id)));
    return ids;
  }

  /** {@code newswire run} on a data folder, and the commands of somebody who works with it. */
  private final class Pipeline implements AutoCloseable {

    private final Path data;
    private final int pushPort = Broker.freePort();
    private final ChildProcess process;

    Pipeline(Path data) {
      this.data = data;
      process =
          ChildProcess.newswire(
              folder,
              "run",
              "--data",
              data,
              "--enrich-threads",
              2,
              "--push-port",
              pushPort,
              "--push-token",
              TOKEN);
      await()
          .atMost(Duration.ofMinutes(1))
          .failFast("the process ended", () -> process.endsWithin(Duration.ZERO))
          .until(() -> newswireOnData("status").exitCode() == 0);
    }

    private Console newswireOnData(Object... arguments) {
      List<Object> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--data", data));
      return Console.newswire(all.toArray());
    }

    String newswire(Object... arguments) {
      return newswireExiting(0, arguments);
    }

    String newswireExiting(int exitCode, Object... arguments) {
      Console console = newswireOnData(arguments);
      assertThat(console.exitCode()).as(console.err()).isEqualTo(exitCode);
      return console.out();
    }

    void fill(Path file) throws Exception {
      newswire("ingest", file, "--provider", "reuters");
      awaitCaughtUp();
    }

    /** Until both groups have processed all there is. */
    void awaitCaughtUp() {
      await()
          .atMost(Duration.ofMinutes(15))
          .pollInterval(Duration.ofSeconds(1))
          .failFast("the process ended", () -> process.endsWithin(Duration.ZERO))
          .until(
              () -> {
                Console status = newswireOnData("status", "--max-lag-records", "0");
                assertThat(status.exitCode()).as(status.err()).isIn(0, 3);
                return status.exitCode() == 0;
              });
    }

    /** A replay that is killed and resumed; how often it was killed before its end. */
    int replayKilled(Random random, int articles) {
      // At this rate it can't be done before the last of the kills.
      Object[] rate = {"--max-rate", Math.max(1, articles / 60)};
      int kills = 0;
      while (kills < KILLS) {
        try (ChildProcess replay = replay(rate)) {
          if (!replay.endsWithin(Duration.ofMillis(2_000 + random.nextInt(8_000)))) {
            replay.kill();
            kills++;
          }
        }
      }
      try (ChildProcess replay = replay()) {
        await()
            .atMost(Duration.ofMinutes(15))
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> replay.endsWithin(Duration.ZERO));
        assertThat(replay.awaitEnd()).as(replay.output()).isZero();
      }
      return kills;
    }

    private ChildProcess replay(Object... more) {
      boolean begun = newswire("status").contains("-replay-");
      List<Object> arguments = new ArrayList<>(List.of("replay", "--execute", "--data", data));
      if (begun) {
        arguments.add("--resume");
      }
      arguments.addAll(List.of(more));
      return ChildProcess.newswire(folder, arguments.toArray());
    }

    /** Of every article all that enrichment gave it, and its text. */
    Map<String, String> rows() throws SQLException {
      Map<String, String> rows = new TreeMap<>();
      query(
          "SELECT article_id, status || '|' || published || '|' || headline || '|' || body || '|'"
              + " || coalesce(language, '') || '|' || (SELECT coalesce(group_concat(topic || ' '"
              + " || strength || ' ' || evidence), '') FROM (SELECT * FROM article_topics WHERE"
              + " article_number = number ORDER BY topic)) || '|' || (SELECT"
              + " coalesce(group_concat(kind || ' ' || name || ' ' || coalesce(wikidata_id, '') ||"
              + " ' ' || salience || ' ' || mentions), '') FROM (SELECT * FROM article_entities"
              + " WHERE article_number = number ORDER BY kind, name, mentions)) FROM articles",
          row -> rows.put(row.getString(1), row.getString(2)));
      return rows;
    }

    Set<String> taxonomies() throws SQLException {
      Set<String> versions = new TreeSet<>();
      query("SELECT DISTINCT taxonomy FROM articles", row -> versions.add(row.getString(1)));
      return versions;
    }

    private void query(String sql, RowReader reader) throws SQLException {
      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + data.resolve("newswire.db"));
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }

    @Override
    public void close() {
      process.stop();
      process.awaitEnd();
    }
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Texts of the corpus under other ids, pushed at a steady rate until told to end. */
  private static final class Traffic implements AutoCloseable {

    private static final int PUSHES_A_SECOND = 2;
    private static final int PER_PUSH = LIVE_ARTICLES_A_SECOND / PUSHES_A_SECOND;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<ObjectNode> corpus;
    private final URI address;
    private final String prefix;
    private final ScheduledFuture<?> pushing;
    private int sent;

    Traffic(Pipeline pipeline, List<ObjectNode> corpus, String prefix) {
      this.corpus = corpus;
      this.prefix = prefix;
      address = URI.create("http://localhost:" + pipeline.pushPort + "/push/live");
      pushing =
          timer.scheduleAtFixedRate(this::push, 0, 1000 / PUSHES_A_SECOND, TimeUnit.MILLISECONDS);
    }

    /** An exception ends the traffic, and comes out of {@link #end}. */
    private void push() {
      int to = Math.min(corpus.size(), sent + PER_PUSH);
      if (sent == to) {
        return;
      }
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Authorization", "Bearer " + TOKEN)
              .POST(HttpRequest.BodyPublishers.ofString(lines(corpus.subList(sent, to), prefix)))
              .build();
      try {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
      sent = to;
    }

    /** Waits for the push that is under way, and pushes no more. */
    void end() throws Exception {
      if (pushing.isDone()) {
        pushing.get();
      }
      timer.shutdown();
      assertThat(timer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      assertThat(sent).isPositive();
    }

    /** Which pushed articles are not there, or not like the same text of the corpus. */
    Set<String> differing(Map<String, String> rows, Map<String, String> expected) {
      Set<String> wrong = new TreeSet<>();
      for (ObjectNode article : corpus.subList(0, sent)) {
        String id = article.get("itemId").asText();
        String like = expected.get("reuters/" + id);
        if (like != null && !like.equals(rows.get("live/" + prefix + id))) {
          wrong.add(id);
        }
      }
      return wrong;
    }

    @Override
    public void close() {
      timer.shutdownNow();
    }
  }
}
