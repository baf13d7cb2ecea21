// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL server for tests: the one that NEWSWIRE_TEST_POSTGRES_URL names, else one in a
 * container. Where there is neither, the test is skipped. Each test has a schema of its own.
 */
final class PostgresServer {

  private static final String VARIABLE = "NEWSWIRE_TEST_POSTGRES_URL";

  private PostgresServer() {}

  /** Its URL, as the option {@code --store} takes it. */
  static String url() {
    String given = System.getenv(VARIABLE);
    if (given != null) {
      return given;
    }
    assumeTrue(
        isDockerThere(), "neither " + VARIABLE + " names a PostgreSQL server nor is Docker there");
    return Container.URL;
  }

  private static boolean isDockerThere() {
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** An empty schema of its own. */
  static TestDatabase database() {
    return database(url());
  }

  /** An empty schema of its own on this server. */
  static TestDatabase database(String server) {
    String schema = "test_" + UUID.randomUUID().toString().replace('-', '_');
    execute(server, "CREATE SCHEMA " + schema);
    String url = server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    return new TestDatabase(
        "postgresql",
        url,
        "jdbc:" + url,
        () -> execute(server, "DROP SCHEMA " + schema + " CASCADE"));
  }

  static void execute(String server, String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:" + server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The image is fetched and started with the first test that needs it. */
  private static final class Container {

    private static final String URL = start();

    private static String start() {
      PostgreSQLContainer container = new PostgreSQLContainer(image());
      container.start();
      return "postgresql://"
          + container.getHost()
          + ":"
          + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT)
          + "/"
          + container.getDatabaseName()
          + "?user="
          + container.getUsername()
          + "&password="
          + container.getPassword();
    }

    /** The one that docker-compose.yml names. */
    private static DockerImageName image() {
      try {
        Matcher named =
            Pattern.compile("image: (postgres:\\S+)")
                .matcher(Files.readString(Path.of("..", "docker-compose.yml")));
        assertThat(named.find()).as("an image of PostgreSQL").isTrue();
        return DockerImageName.parse(named.group(1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
