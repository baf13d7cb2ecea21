// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.cli.output.Progress;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.stages.FileReading;
import dev.newswire.ingest.Counts;
import dev.newswire.ingest.Publisher;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.runtime.Cluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backfill while Kafka comes and goes. */
class FileReadingTest {

  @TempDir Path folder;

  @Test
  void aBackfillWaitsForTheEndOfAnOutageAndCountsEachItemOnce() throws Exception {
    int port = Broker.freePort();
    Path kafka = folder.resolve("kafka");
    try (Broker first = Broker.start(kafka, port, Map.of())) {
      newswire("init", "--bootstrap-server", first.bootstrapServers());
    }
    Cluster cluster =
        new Cluster(
            "localhost:" + port,
            Cluster.IN_PROCESS_REGISTRY,
            Cluster.DEFAULT_PREFIX,
            Map.of("max.block.ms", "2000", "default.api.timeout.ms", "3000"));
    Path file =
        Files.writeString(
            folder.resolve("feed.xml"),
            "<rss version='2.0'><channel><title>t</title>"
                + "<item><guid>1</guid><title>One</title><description>x</description></item>"
                + "<item><guid>2</guid><title>Two</title><description>x</description></item>"
                + "</channel></rss>");
    StringWriter shown = new StringWriter();
    Progress progress = new Progress(new PrintWriter(shown), Terminal.current(), "items");
    try (Publisher publisher = new Publisher(cluster, "backfill", new Formats())) {
      FileReading reading = new FileReading(publisher, "harbour", progress);
      CompletableFuture<Void> done = CompletableFuture.runAsync(() -> reading.read(List.of(file)));
      await().atMost(Duration.ofMinutes(1)).until(() -> reading.outages() > 0);
      assertThat(done).isNotDone();
      try (Broker second = Broker.start(kafka, port, Map.of())) {
        assertThat(done).succeedsWithin(Duration.ofMinutes(2));
        assertThat(reading.counts()).isEqualTo(new Counts(2, 0, 0, 0));
        publisher.close();
      }
    }
  }

  @Test
  void whatWasCommittedBeforeAnInterruptionIsNoRepeat() {
    assertThat(new Counts(3, 5, 1, 2).afterInterruption(new Counts(4, 0, 1, 0)))
        .isEqualTo(new Counts(7, 1, 2, 1));
  }
}
