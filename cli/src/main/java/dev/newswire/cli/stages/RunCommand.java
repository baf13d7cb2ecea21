// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import dev.newswire.cli.desk.DeskOptions;
import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.DataFolder;
import dev.newswire.cli.options.EnrichOptions;
import dev.newswire.cli.options.IngestOptions;
import dev.newswire.cli.options.MonitoringOptions;
import dev.newswire.cli.options.OptionTypes;
import dev.newswire.cli.options.SinkOptions;
import dev.newswire.cli.options.StoriesOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.enrich.EnrichStage;
import dev.newswire.ingest.IngestSettings;
import dev.newswire.ingest.IngestStage;
import dev.newswire.runtime.BrokerWatch;
import dev.newswire.runtime.InHand;
import dev.newswire.runtime.Monitoring;
import dev.newswire.runtime.Stage;
import dev.newswire.runtime.StageRunner;
import dev.newswire.sink.SinkSettings;
import dev.newswire.sink.SinkStage;
import dev.newswire.stories.StoriesStage;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code newswire run}: the whole pipeline in one process. */
@Command(
    name = "run",
    description = {
      "Run the whole pipeline in one process, with Kafka inside it, until stopped.",
      "",
      "Everything is kept in the data folder; started again, it goes on where it stopped."
    })
public final class RunCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private IngestOptions ingest;
  @Mixin private EnrichOptions enrich;
  @Mixin private StoriesOptions stories;
  @Mixin private SinkOptions sink;
  @Mixin private MonitoringOptions monitoring;
  @Mixin private DeskOptions desk;

  @Option(names = "--no-desk", description = "Do not open the desk for the browser.")
  private boolean withoutDesk;

  private OptionalInt kafkaPort = OptionalInt.empty();

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description =
          "Port of localhost that Kafka listens on, from 1 to 65535. Default: "
              + SingleProcess.USUAL_PORT
              + ", or any free one where that is taken.")
  void setKafkaPort(int port) {
    kafkaPort = OptionalInt.of(OptionTypes.inRange(spec, "--kafka-port", port, 1, 65_535));
  }

  @Override
  public Integer call() {
    try (Monitoring monitored = monitoring.start()) {
      run(monitored);
    }
    return ExitCode.OK;
  }

  private void run(Monitoring monitored) {
    DataFolder folder = cluster.dataFolder();
    // What is wrong with the options is said before Kafka starts.
    stories.check();
    IngestSettings ingestSettings = ingest.settings(Optional.of(folder.drop()));
    SingleProcess process =
        SingleProcess.start(
            folder, brokers -> cluster.forMembers(cluster.cluster(brokers)), kafkaPort);
    SinkSettings sinkSettings = sink.settings(folder);
    try (BrokerWatch brokers = BrokerWatch.of(process.cluster())) {
      MeterRegistry meters = monitored.meters();
      List<Stage> stages =
          List.of(
              new IngestStage(
                  process.cluster(), ingestSettings, meters, InHand.in(folder.path(), "ingest")),
              new EnrichStage(
                  process.cluster(), enrich.settings(process.cluster(), folder.streams()), meters),
              new StoriesStage(
                  process.cluster(), stories.settings(process.cluster(), folder.streams()), meters),
              new SinkStage(process.cluster(), sinkSettings, meters));
      stages.forEach(process::start);
      monitored.show(stages, brokers);
      LOG.info(
          "running on {}: Kafka at {}; drop files into {}; stop with Ctrl-C",
          folder.path(),
          process.cluster().bootstrapServers(),
          folder.drop());
      if (!withoutDesk) {
        process.closeFirst(desk.open(sinkSettings.database(), process.cluster(), folder));
      }
      new StageRunner(process).run(stages);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }
}
