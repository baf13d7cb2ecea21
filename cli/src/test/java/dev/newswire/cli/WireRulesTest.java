// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.newswire.cli.options.DataFolder;
import dev.newswire.cli.stages.SingleProcess;
import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.EnrichStage;
import dev.newswire.runtime.Cluster;
import dev.newswire.sink.Database;
import dev.newswire.sink.SinkSettings;
import dev.newswire.sink.SinkStage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills, corrections and embargoes of real items, from the file to what a search shows. */
class WireRulesTest {

  private static final Path FIXTURES = Path.of("../../shared/fixtures");
  private static final String PA = "nitf/superdesk-core__pa3.xml";
  private static final String REUTERS =
      "newsml-g2/superdesk-core__tag_reuters.com_2016_newsml_L1N14N0FF_version_";
  private static final String REUTERS_ID = "reuters/tag:reuters.com,0000:newsml_L1N14N0FF";

  private static final String PA_ID = "pa/4a82e12e-6b39-47eb-8e59-2c616a7e32a4HHH-13-1";

  @TempDir Path folder;
  private SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void killsCorrectionsAndEmbargoesOfRealItemsReachTheStoreAndAnExportKeepsTheIds()
      throws IOException {
    assumeTrue(Files.isDirectory(FIXTURES), "the samples are not here: " + FIXTURES);
    Path data = folder.resolve("data");
    Path export = folder.resolve("export.jsonl");
    String usable;
    try (SingleProcess process = start(data)) {
      ingest(data, "iptc", FIXTURES.resolve("nitf/superdesk-core__nitf-fishing.xml"), 2);
      ingest(data, "reuters", FIXTURES.resolve(REUTERS + "978556838"), 1);
      ingest(data, "pa", FIXTURES.resolve(PA), 1);
      ingest(data, "pa", embargoedUntil2099(), 1);
      sunk("stored", 5);
      assertThat(json(data, "usable", REUTERS_ID)).contains("\"headline\":");

      ingest(data, "reuters", FIXTURES.resolve(REUTERS + "1542761538"), 1);
      sunk("replaced", 1);
      assertThat(json(data, "usable", REUTERS_ID)).isEmpty();
      assertThat(json(data, "canceled", REUTERS_ID))
          .contains("\"status\":\"canceled\"")
          .doesNotContain("\"body\"");

      ingest(data, "reuters", FIXTURES.resolve(REUTERS + "978556838"), 0);
      assertThat(json(data, "usable", REUTERS_ID)).isEmpty();

      assertThat(json(data, "canceled", "iptc/iptc.321656141.a"))
          .contains("\"canceledBy\":\"iptc/iptc.321656141.b\"");
      assertThat(json(data, "canceled", "iptc/iptc.321656141.b")).contains("\"provider\":\"iptc\"");

      usable = newswire("search", "--json", "--limit", 100, "--data", data).out();
      assertThat(usable)
          .contains("UK BREAK-UP", PA_ID)
          .doesNotContain("Embargoed to", PA_ID.replace("-13-1", "-13-2"));
    }
    String canceled =
        newswire("search", "--status", "canceled", "--json", "--limit", 100, "--data", data).out();
    Files.writeString(export, usable + canceled);

    Path other = folder.resolve("other");
    try (SingleProcess process = start(other)) {
      Console ingested = newswire("ingest", export, "--data", other);
      assertThat(ingested.out()).contains(" 0 dead letters");
      sunk("stored", (usable + canceled).lines().count());
      assertThat(ids(newswire("search", "--json", "--limit", 100, "--data", other).out()))
          .isEqualTo(ids(usable));
      assertThat(
              ids(
                  newswire(
                          "search",
                          "--status",
                          "canceled",
                          "--json",
                          "--limit",
                          100,
                          "--data",
                          other)
                      .out()))
          .isEqualTo(ids(canceled));
    }
  }

  private SingleProcess start(Path data) {
    SingleProcess process =
        SingleProcess.start(
            new DataFolder(data),
            broker -> Cluster.at(broker, Cluster.IN_PROCESS_REGISTRY),
            OptionalInt.empty());
    meters = new SimpleMeterRegistry();
    Cluster cluster = process.cluster();
    process.start(
        new EnrichStage(cluster, EnrichSettings.live(cluster, process.folder().streams()), meters));
    process.start(
        new SinkStage(
            cluster, SinkSettings.of(Database.sqlite(process.folder().database())), meters));
    return process;
  }

  /** The PA's item, whose embargo is long over, with one that is not. */
  private Path embargoedUntil2099() throws IOException {
    String item = Files.readString(FIXTURES.resolve(PA), StandardCharsets.ISO_8859_1);
    return Files.writeString(
        folder.resolve("embargoed.xml"),
        item.replace("20160909T", "20990909T").replace("HHH-13-1", "HHH-13-2"),
        StandardCharsets.ISO_8859_1);
  }

  private static void ingest(Path data, String provider, Path file, int published) {
    Console console = newswire("ingest", file, "--provider", provider, "--json", "--data", data);
    assertThat(console.out()).as(console.err()).contains("\"published\":" + published + ",");
  }

  /** Waits until the sink has come to an outcome so many times since the process began. */
  private void sunk(String outcome, long times) {
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(
            () ->
                meters.get("newswire.outcomes").tag("outcome", outcome).counter().count() == times);
  }

  /** The line about an article among those of a status; empty where there is none. */
  private static String json(Path data, String status, String id) {
    return newswire("search", "--status", status, "--json", "--limit", 100, "--data", data)
        .out()
        .lines()
        .filter(line -> line.startsWith("{\"id\":\"" + id + "\""))
        .collect(Collectors.joining());
  }

  private static List<String> ids(String lines) {
    return lines.lines().map(line -> line.substring(0, line.indexOf("\","))).sorted().toList();
  }
}
