// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.enrich.EnrichStage;
import dev.newswire.schemas.Cluster;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code newswire enrich}: the enricher alone. */
@Command(
    name = "enrich",
    description = {
      "Enrich raw articles with entities and topics, until stopped.",
      "Several instances share the partitions."
    })
final class EnrichCommand implements Callable<Integer> {

  @Mixin private ClusterOptions cluster;
  @Mixin private EnrichOptions enrich;
  @Mixin private MonitoringOptions monitoring;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description =
          "Where Kafka Streams keeps its lock; one per instance. Default: streams in the data"
              + " folder.")
  private Path state;

  @Override
  public Integer call() {
    Cluster given = cluster.cluster();
    Connection.check(given).close();
    Path folder = state == null ? cluster.dataFolder().streams() : state;
    try (Monitoring monitored = monitoring.start()) {
      EnrichStage stage =
          new EnrichStage(given, enrich.settings(given, folder), monitored.meters());
      stage.start();
      monitored.show(List.of(stage));
      new StageRunner(stage).run(List.of(stage));
    }
    return Newswire.OK;
  }
}
