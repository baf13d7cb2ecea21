// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.options.MonitoringOptions;
import dev.newswire.cli.options.SinkOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.runtime.BrokerWatch;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Monitoring;
import dev.newswire.runtime.StageRunner;
import dev.newswire.sink.SinkStage;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code newswire sink}: the sink alone. */
@Command(
    name = "sink",
    description = {
      "Store enriched articles, until stopped.",
      "Several instances share the partitions."
    })
public final class SinkCommand implements Callable<Integer> {

  @Mixin private ClusterOptions cluster;
  @Mixin private SinkOptions sink;
  @Mixin private MonitoringOptions monitoring;

  @Override
  public Integer call() {
    Cluster given = cluster.cluster();
    Connection.check(given).close();
    try (Monitoring monitored = monitoring.start();
        BrokerWatch brokers = BrokerWatch.of(given)) {
      SinkStage stage =
          new SinkStage(
              cluster.forMembers(given), sink.settings(cluster.dataFolder()), monitored.meters());
      stage.start();
      monitored.show(List.of(stage), brokers);
      new StageRunner(stage).run(List.of(stage));
    }
    return ExitCode.OK;
  }
}
