// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server that no other test uses, so that it can be stopped, broken and filled. It is
 * started by .ci/postgres; where that did not start the other one either, the test is skipped.
 *
 * @param url as the option {@code --store} takes it
 * @param folder as .ci/postgres knows it
 */
record OwnPostgresServer(String url, String folder) implements AutoCloseable {

  private static final String FOLDER = "NEWSWIRE_TEST_POSTGRES_FOLDER";

  static OwnPostgresServer start() {
    assumeTrue(
        System.getenv(FOLDER) != null, FOLDER + " names no server that .ci/postgres started");
    String variables = run("", "../.ci/postgres", "start");
    return new OwnPostgresServer(
        variable(variables, "NEWSWIRE_TEST_POSTGRES_URL"), variable(variables, FOLDER));
  }

  private static String variable(String text, String name) {
    Matcher export = Pattern.compile("export " + name + "=(.*)").matcher(text);
    assertThat(export.find()).as(text).isTrue();
    return export.group(1).replace("\\", "");
  }

  /** An empty schema of its own. */
  TestDatabase database() {
    return PostgresServer.database(url);
  }

  void execute(String sql) {
    PostgresServer.execute(url, sql);
  }

  /** Ends all connections and stops. */
  void down() {
    run(folder, "../.ci/postgres", "down");
  }

  void up() {
    run(folder, "../.ci/postgres", "up");
  }

  /** Dies, with whatever it was at, and starts again. */
  Process crash() throws IOException {
    ProcessBuilder restart = new ProcessBuilder("../.ci/postgres", "restart");
    restart.environment().put(FOLDER, folder);
    return restart.redirectErrorStream(true).start();
  }

  @Override
  public void close() {
    run(folder, "../.ci/postgres", "stop");
  }

  /** What the command says; fails where the command does. */
  static String run(String folder, String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put(FOLDER, folder);
      // The server keeps the standard error that it is started with.
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
