// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stories;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.options.MonitoringOptions;
import dev.newswire.cli.options.StoriesOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Monitoring;
import dev.newswire.runtime.StageRunner;
import dev.newswire.stories.StoriesStage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code newswire stories}: the stage that groups articles alone. */
@Command(
    name = "stories",
    description = {
      "Group enriched articles into copies of one text and stories of one event, until stopped.",
      "One instance works; further ones stand by.",
      "",
      "list, show and explain read what the sink has stored of it; they take no option of the stage."
    },
    subcommands = {StoriesList.class, StoriesShow.class, StoriesExplain.class})
public final class StoriesCommand implements Callable<Integer> {

  @Mixin private ClusterOptions cluster;
  @Mixin private StoriesOptions stories;
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
    Path folder = state == null ? cluster.dataFolder().streams() : state;
    Connection.check(given).close();
    try (Monitoring monitored = monitoring.start()) {
      StoriesStage stage =
          new StoriesStage(given, stories.settings(given, folder), monitored.meters());
      stage.start();
      monitored.show(List.of(stage));
      new StageRunner(stage).run(List.of(stage));
    }
    return ExitCode.OK;
  }
}
