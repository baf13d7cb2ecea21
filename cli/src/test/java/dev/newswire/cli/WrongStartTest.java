// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.broker.Broker;
import dev.newswire.cli.options.DataFolder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't work ends at start, with one line that says what is wrong. */
class WrongStartTest {

  @TempDir Path folder;

  @Test
  void aTaxonomyWithAQueryThatDoesNotParse() throws Exception {
    Path taxonomy =
        Files.writeString(
            folder.resolve("rules.yaml"), "topics: [{id: truce, queries: ['(truce OR']}]");
    assertOneLine(
        newswire("run", "--data", folder.resolve("data"), "--taxonomy", taxonomy),
        "--taxonomy",
        "rules.yaml",
        "truce (line 1): the query '(truce OR' does not parse");
  }

  @Test
  void aRegistryThatDoesNotAnswer() throws Exception {
    try (Broker broker = Broker.start(folder);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      taken.close();
      assertOneLine(
          newswire(
              "sink",
              "--bootstrap-server",
              broker.bootstrapServers(),
              "--schema-registry-url",
              "http://localhost:" + port),
          "--schema-registry-url",
          "localhost:" + port);
    }
  }

  @Test
  void aBrokerThatDoesNotAnswer() {
    assertOneLine(
        newswire("enrich", "--bootstrap-server", "localhost:1"),
        "--bootstrap-server",
        "localhost:1");
  }

  @Test
  void topicsThatDoNotExist() throws Exception {
    try (Broker broker = Broker.start(folder)) {
      assertOneLine(
          newswire("enrich", "--bootstrap-server", broker.bootstrapServers()), "newswire init");
    }
  }

  @Test
  void aFolderThatAnotherProcessRunsOn() {
    try (DataFolder.Held held = new DataFolder(folder).hold()) {
      assertThat(held).isNotNull();
      assertOneLine(newswire("run", "--data", folder), "--data", "another newswire is running");
    }
  }

  @Test
  void aPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertOneLine(
          newswire("run", "--data", folder, "--kafka-port", taken.getLocalPort()),
          "--kafka-port",
          "is taken");
    }
  }

  private static void assertOneLine(Console console, String... parts) {
    assertThat(console.exitCode()).isNotZero();
    assertThat(console.err().lines()).as(console.err()).hasSize(1);
    assertThat(console.err()).startsWith("newswire: ").contains(parts);
  }
}
