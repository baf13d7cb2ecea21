// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.options.IngestOptions;
import dev.newswire.cli.options.MonitoringOptions;
import dev.newswire.cli.options.UserFiles;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.HumanReadable;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Progress;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.stages.FileReading.Unreadable;
import dev.newswire.ingest.Counts;
import dev.newswire.ingest.IngestSettings;
import dev.newswire.ingest.IngestStage;
import dev.newswire.ingest.Publisher;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.runtime.BrokerWatch;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.InHand;
import dev.newswire.runtime.Monitoring;
import dev.newswire.runtime.StageRunner;
import dev.newswire.runtime.UserError;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire ingest}: ingest alone, or files once. */
@Command(
    name = "ingest",
    description = {
      "Publish articles from feeds and a drop folder, until stopped; or from files, and then end.",
      "",
      "A file of - is standard input. What was published before is not published again.",
      "Exit code 3: nothing at all could be read in one of the files; the others are published."
    })
public final class IngestCommand implements Callable<Integer> {

  /** Exit code where a file held nothing that could be read, unlike where nothing could be done. */
  private static final int UNREADABLE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(IngestCommand.class);

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private IngestOptions ingest;
  @Mixin private MonitoringOptions monitoring;

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files to read once, or -.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "The result of reading files as JSON, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    files.forEach(IngestCommand::checkReadable);
    // What is wrong with the options is said before anything starts.
    IngestSettings settings = ingest.settings(Optional.empty());
    Cluster given = cluster.cluster();
    Connection.check(given).close();
    if (!files.isEmpty()) {
      return readFiles(given);
    }
    try (Monitoring monitored = monitoring.start();
        BrokerWatch brokers = BrokerWatch.of(given)) {
      InHand inHand = InHand.in(cluster.dataFolder().path(), IngestStage.NAME);
      IngestStage stage =
          new IngestStage(cluster.forMembers(given), settings, monitored.meters(), inHand);
      stage.start();
      monitored.show(List.of(stage), brokers);
      LOG.info(
          "ingest is running: Kafka at {}{}; stop with Ctrl-C",
          given.bootstrapServers(),
          settings.drop().map(drop -> "; drop files into " + drop).orElse(""));
      new StageRunner(stage).run(List.of(stage));
    }
    return ExitCode.OK;
  }

  private static void checkReadable(Path file) {
    if (!UserFiles.isStandardInput(file)
        && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw new UserError("can't read the file '" + file + "'");
    }
  }

  private int readFiles(Cluster given) {
    PrintWriter err = spec.commandLine().getErr();
    Progress progress = new Progress(err, Terminal.current(), "items");
    String feed = FileReading.feed(ingest.provider());
    FileReading reading;
    try (Publisher publisher =
        new Publisher(given, given.group("ingest") + "-" + feed, new Formats())) {
      reading = new FileReading(publisher, ingest.provider(), progress);
      reading.read(files);
    }
    progress.end();
    if (json) {
      printJson(spec.commandLine().getOut(), reading);
    } else {
      spec.commandLine().getOut().println(summary(reading.counts()));
    }
    for (Unreadable file : reading.unreadable()) {
      err.println(
          "newswire: nothing could be read in "
              + UserFiles.name(file.file())
              + ": "
              + file.reason());
    }
    return reading.unreadable().isEmpty() ? ExitCode.OK : UNREADABLE;
  }

  private static void printJson(PrintWriter out, FileReading reading) {
    Counts counts = reading.counts();
    JsonLines.print(
        out,
        generator -> {
          generator.writeNumberField("read", counts.read());
          generator.writeNumberField("published", counts.published());
          generator.writeNumberField("repeats", counts.repeats());
          generator.writeNumberField("dead", counts.dead());
          generator.writeNumberField("deadBefore", counts.deadBefore());
          generator.writeArrayFieldStart("unreadable");
          for (Unreadable file : reading.unreadable()) {
            generator.writeStartObject();
            generator.writeStringField("file", file.file().toString());
            generator.writeStringField("reason", file.reason());
            generator.writeEndObject();
          }
          generator.writeEndArray();
        });
  }

  /** What became of the items, in a line. */
  public static String summary(Counts counts) {
    String before =
        counts.deadBefore() == 0
            ? ""
            : ", " + HumanReadable.counted(counts.deadBefore(), "dead letter") + " before";
    String pointer =
        counts.dead() + counts.deadBefore() == 0 ? "" : "; 'newswire dead list' shows them";
    return "%s read: %s published, %s published before, %s"
            .formatted(
                HumanReadable.counted(counts.read(), "item"),
                HumanReadable.number(counts.published()),
                HumanReadable.number(counts.repeats()),
                HumanReadable.counted(counts.dead(), "dead letter"))
        + before
        + pointer;
  }
}
