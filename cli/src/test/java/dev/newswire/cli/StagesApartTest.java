// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stages as three processes against a cluster and a registry that none of them started. */
class StagesApartTest {

  @TempDir Path folder;

  @Test
  void anArticleGoesThroughThreeProcessesAndCanBeFound() throws Exception {
    Path database = folder.resolve("articles.db");
    Path drop = Files.createDirectories(folder.resolve("drop"));
    try (Broker broker = Broker.start(folder.resolve("kafka"));
        FakeRegistry registry = new FakeRegistry()) {
      Console init = newswire("init", "--bootstrap-server", broker.bootstrapServers());
      assertThat(init.exitCode()).as(init.err()).isZero();
      try (ChildProcess ingest = stage("ingest", broker, registry, "--drop", drop);
          ChildProcess enrich =
              stage("enrich", broker, registry, "--state", folder.resolve("streams"));
          ChildProcess sink = stage("sink", broker, registry, "--store", "sqlite:" + database)) {
        Path partial =
            Files.writeString(
                drop.resolve("a.xml.part"),
                """
                <rss version="2.0"><channel><title>Harbour</title><item>
                <title>Truce agreed in Kyiv</title><guid isPermaLink="false">1</guid>
                <description>The two sides agreed a truce.</description></item></channel></rss>
                """);
        Files.move(partial, drop.resolve("a.xml"), StandardCopyOption.ATOMIC_MOVE);
        await()
            .atMost(Duration.ofMinutes(2))
            .untilAsserted(
                () ->
                    assertThat(count(database))
                        .as(() -> ingest.output() + enrich.output() + sink.output())
                        .isEqualTo("1"));
        assertThat(registry.size()).as("schemas registered by the stages").isGreaterThan(1);
        assertThat(ingest.output())
            .contains("ingest is running: Kafka at " + broker.bootstrapServers())
            .contains("this instance of ingest has 0 feeds");
        for (ChildProcess stage : new ChildProcess[] {ingest, enrich, sink}) {
          stage.stop();
          stage.awaitEnd();
          assertThat(stage.output()).contains("stopped");
        }
      }
    }
  }

  private ChildProcess stage(String name, Broker broker, FakeRegistry registry, Object... more) {
    Object[] arguments = new Object[more.length + 7];
    arguments[0] = name;
    arguments[1] = "--bootstrap-server";
    arguments[2] = broker.bootstrapServers();
    arguments[3] = "--schema-registry-url";
    arguments[4] = registry.url();
    arguments[5] = "-X";
    arguments[6] = "client.dns.lookup=use_all_dns_ips";
    System.arraycopy(more, 0, arguments, 7, more.length);
    return ChildProcess.newswire(folder, arguments);
  }

  private static String count(Path database) {
    return newswire("search", "--topic", "ceasefire", "--count", "--store", "sqlite:" + database)
        .out()
        .strip();
  }
}
