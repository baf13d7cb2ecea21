// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.newswire.cli.demo.Samples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The stages against Kafka, a schema registry and PostgreSQL as others release them, in the images
 * that docker-compose.yml names.
 */
@Timeout(300)
class ContainersTest {

  /** Of the 40 sample items; the others are repeats, older revisions and one dead letter. */
  private static final int ARTICLES = 33;

  private static final String REGISTRY_PATH = "/apis/ccompat/v7";
  private static final int REGISTRY_PORT = 8080;

  private static KafkaContainer kafka;
  private static GenericContainer<?> registry;
  private static PostgreSQLContainer postgres;
  private static ChildProcess enrich;
  private static ChildProcess stories;
  private static ChildProcess sink;

  @TempDir static Path folder;

  @BeforeAll
  static void publishTheSamplesToStagesThatRun() throws Exception {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker engine answers on this host");
    kafka = new KafkaContainer(image("apache/kafka"));
    registry =
        new GenericContainer<>(image("apicurio/apicurio-registry"))
            .withExposedPorts(REGISTRY_PORT)
            .waitingFor(Wait.forHttp(REGISTRY_PATH + "/subjects").forPort(REGISTRY_PORT));
    postgres = new PostgreSQLContainer(image("postgres")).withDatabaseName("newswire");
    for (GenericContainer<?> container : List.of(kafka, registry, postgres)) {
      // A minute, the usual time, is short where all of them start at once on two cores.
      container.withStartupTimeout(Duration.ofMinutes(4));
    }
    Startables.deepStart(kafka, registry, postgres).join();

    succeed("init", "--replication", "1");
    enrich = stage("enrich", "--state", folder.resolve("streams"));
    stories = stage("stories", "--state", folder.resolve("stories"));
    sink = stage("sink", "--store", store(), "--store-password", postgres.getPassword());
    Map<String, List<Object>> files = new LinkedHashMap<>();
    for (Samples.Sample sample : Samples.all()) {
      Path file = folder.resolve(Path.of(sample.path()).getFileName());
      Files.copy(sample.open(), file);
      files.computeIfAbsent(sample.provider(), provider -> new ArrayList<>()).add(file);
    }
    for (Map.Entry<String, List<Object>> given : files.entrySet()) {
      given.getValue().addAll(List.of("--provider", given.getKey()));
      Console ingested = onCluster("ingest", given.getValue().toArray());
      // One sample is cut, and says so by the exit code.
      assertThat(ingested.exitCode()).as(ingested.err()).isIn(0, 3);
    }
    await()
        .atMost(Duration.ofMinutes(2))
        // Until the sink has made the tables.
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(
            () -> {
              assertThat(sink.endsWithin(Duration.ZERO)).as(sink::output).isFalse();
              assertThat(rows("SELECT count(*) FROM articles"))
                  .as(() -> enrich.output() + sink.output())
                  .containsExactly("" + ARTICLES);
            });
  }

  @AfterAll
  static void stopEverything() throws Exception {
    for (AutoCloseable part :
        new AutoCloseable[] {enrich, stories, sink, postgres, registry, kafka}) {
      if (part != null) {
        part.close();
      }
    }
  }

  @Test
  void theSamplesAreFoundByPersonAndWordsButNotWhatWasKilled() {
    assertThat(search("--entity", "Q7747")).contains("Peskov says");
    assertThat(search("truce -football")).contains("truce at sea").doesNotContain("Rovers");
    assertThat(search("--limit", "100"))
        .doesNotContain("Truce in Black Sea already in effect, official says");
  }

  @Test
  void theRegistryHoldsTheSchemasThatTheRecordsNeed() throws Exception {
    URI subjects = URI.create(registryUrl() + "/subjects");
    String answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(subjects).build(), BodyHandlers.ofString(UTF_8))
            .body();
    assertThat(answer).contains("newswire.raw-value", "newswire.enriched-value");
  }

  @Test
  void aReplayWithNewRulesChangesTheRowsAndLeavesNothingBehind() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            "topics:\n  - id: talks\n    label: Talks\n    queries: [\"truce OR talks\"]\n");
    Console preview = onCluster("replay", "--dry-run", "--taxonomy", rules);
    assertThat(preview.exitCode()).as(preview.err()).isEqualTo(3);
    String tagged = "SELECT count(*) FROM article_topics WHERE topic = ";
    assertThat(rows(tagged + "'ceasefire'")).doesNotContain("0");
    assertThat(rows(tagged + "'talks'")).containsExactly("0");

    succeed("topics", "apply", rules);
    succeed("replay", "--execute");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(rows(tagged + "'ceasefire'")).containsExactly("0"));
    assertThat(rows(tagged + "'talks'")).doesNotContain("0");
    assertThat(rows("SELECT count(*) FROM articles")).containsExactly("" + ARTICLES);
    assertThat(succeed("status", "--json")).doesNotContain("newswire-replay");
  }

  @Test
  void statusSaysThatEveryStageKeepsUpAndWhatDied() {
    await()
        .atMost(Duration.ofMinutes(4))
        .untilAsserted(
            () -> {
              Console status = onCluster("status", "--max-lag-records", "0", "--json");
              assertThat(status.exitCode()).as(status.out()).isZero();
              assertThat(status.out())
                  .contains("\"group\":\"newswire-enrich\",\"state\":\"stable\"")
                  .contains("\"group\":\"newswire-stories\",\"state\":\"stable\"")
                  .contains("\"group\":\"newswire-sink\",\"state\":\"stable\"");
            });
    assertThat(onCluster("status", "--max-dead", "0").exitCode()).isEqualTo(3);
  }

  private static DockerImageName image(String repository) {
    try {
      Matcher named =
          Pattern.compile("image: (" + repository + ":\\S+)")
              .matcher(Files.readString(Path.of("../docker-compose.yml")));
      assertThat(named.find()).as(repository).isTrue();
      return DockerImageName.parse(named.group(1));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String registryUrl() {
    return "http://"
        + registry.getHost()
        + ":"
        + registry.getMappedPort(REGISTRY_PORT)
        + REGISTRY_PATH;
  }

  private static String store() {
    return "postgresql://"
        + postgres.getHost()
        + ":"
        + postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT)
        + "/newswire?user="
        + postgres.getUsername();
  }

  private static Object[] arguments(String command, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command));
    // "topics apply" and the like: options come after the last word.
    List<Object> options = new ArrayList<>(List.of(more));
    if (command.equals("topics")) {
      arguments.add(options.remove(0));
    }
    arguments.addAll(List.of("--bootstrap-server", kafka.getBootstrapServers()));
    arguments.addAll(List.of("--schema-registry-url", registryUrl()));
    arguments.addAll(options);
    return arguments.toArray();
  }

  private static Console onCluster(String command, Object... more) {
    return newswire(arguments(command, more));
  }

  private static String succeed(String command, Object... more) {
    Console console = onCluster(command, more);
    assertThat(console.exitCode()).as(console.err()).isZero();
    return console.out();
  }

  private static ChildProcess stage(String name, Object... more) {
    return ChildProcess.newswire(folder, arguments(name, more));
  }

  private static String search(Object... query) {
    List<Object> arguments = new ArrayList<>(List.of("search"));
    arguments.addAll(List.of(query));
    arguments.addAll(
        List.of("--json", "--store", store(), "--store-password", postgres.getPassword()));
    Console console = newswire(arguments.toArray());
    assertThat(console.exitCode()).as(console.err()).isZero();
    return console.out();
  }

  private static List<String> rows(String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(row.getString(1));
      }
      return rows;
    }
  }
}
