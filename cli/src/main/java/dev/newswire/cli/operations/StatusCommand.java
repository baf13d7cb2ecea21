// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.operations;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.options.OptionTypes;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.HumanReadable;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.operations.PipelineStatus;
import dev.newswire.operations.StageStatus;
import dev.newswire.runtime.Cluster;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code newswire status}: whether every stage keeps up. */
@Command(
    name = "status",
    description = {
      "Show whether every stage keeps up: its consumer group, its lag, its rate, its dead letters.",
      "Only the brokers are asked. What can't be known is shown as ?, what does not apply as -."
    },
    footer = {
      "",
      "LAG is what is committed on the topic and not read yet; ~ before it says that it was counted by",
      "offsets, of which transactions take some, so that it is that much at most. BEHIND is the age of the",
      "oldest record not read yet. RATE is over the last minute. CAUGHT UP IN is at that rate, if nothing",
      "new comes. DEAD are the dead letters that were not redriven. A line below the table says what a stage",
      "waits for in an outage.",
      "",
      "Exit code 3: a stage is over one of the limits that were given, or a figure that a limit was given",
      "for can't be known. Replays are not held to the limits on lag."
    })
public final class StatusCommand implements Callable<Integer> {

  /** A stage is over a limit. */
  static final int OVER_LIMIT = 3;

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private DeadCommand.StageOption stage;

  @Option(names = "--partitions", description = "Also each partition on its own.")
  private boolean partitions;

  @Option(names = "--watch", description = "Show it again and again, until stopped.")
  private boolean watch;

  private Duration interval = Duration.ofSeconds(2);

  @Option(
      names = "--watch-interval",
      paramLabel = "DURATION",
      description = "Time between two looks of --watch, at least 100ms. Default: 2s.")
  void setInterval(Duration given) {
    interval = OptionTypes.atLeast(spec, "--watch-interval", given, Duration.ofMillis(100));
  }

  @Option(names = "--json", description = "One JSON object a line for each stage, for programs.")
  private boolean json;

  @Option(
      names = "--max-lag",
      paramLabel = "DURATION",
      description = "Exit code 3 where a stage is further behind, such as 30s.")
  private Duration maximumAge;

  private Optional<Long> maximumRecords = Optional.empty();

  @Option(
      names = "--max-lag-records",
      paramLabel = "NUMBER",
      description = "Exit code 3 where a stage has more records still to read.")
  void setMaximumRecords(long number) {
    maximumRecords = Optional.of(OptionTypes.notNegative(spec, "--max-lag-records", number));
  }

  private Optional<Long> maximumDead = Optional.empty();

  @Option(
      names = "--max-dead",
      paramLabel = "NUMBER",
      description = "Exit code 3 where a stage has more dead letters.")
  void setMaximumDead(long number) {
    maximumDead = Optional.of(OptionTypes.notNegative(spec, "--max-dead", number));
  }

  @Override
  public Integer call() {
    Cluster given = cluster.cluster();
    PrintWriter out = spec.commandLine().getOut();
    try (Admin admin = Connection.checkBrokers(given);
        PipelineStatus status = new PipelineStatus(given, admin, Clock.systemUTC())) {
      if (watch) {
        watch(status, out);
        return ExitCode.OK;
      }
      List<StageStatus> stages = status.read(stage.stages());
      print(stages, out);
      return stages.stream().allMatch(this::isWithinLimits) ? ExitCode.OK : OVER_LIMIT;
    }
  }

  private void watch(PipelineStatus status, PrintWriter out) {
    Terminal terminal = Terminal.current();
    try {
      while (true) {
        try {
          List<StageStatus> stages = status.read(stage.stages());
          out.print(terminal.interactive() ? "\u001b[H\u001b[2J" : "");
          print(stages, out);
        } catch (InterruptException e) {
          return;
        } catch (KafkaException e) {
          spec.commandLine().getErr().println("newswire: no answer: " + e.getMessage());
        }
        if (!json) {
          out.println();
        }
        out.flush();
        Thread.sleep(interval.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(List<StageStatus> stages, PrintWriter out) {
    if (json) {
      stages.forEach(
          status -> JsonLines.print(out, generator -> status.write(generator, partitions)));
      return;
    }
    Terminal terminal = Terminal.current();
    Table table =
        new Table(
            "STAGE",
            "GROUP",
            "STATE",
            "-MEMBERS",
            "-PARTITIONS",
            "-LAG",
            "-BEHIND",
            "-RATE",
            "-CAUGHT UP IN",
            "-DEAD");
    stages.forEach(status -> table.row(row(status)));
    table.print(out, terminal);
    for (StageStatus status : stages) {
      status
          .outage()
          .ifPresent(
              why -> out.println("outage of " + status.stage() + ": " + Table.printable(why)));
    }
    if (partitions) {
      out.println();
      partitions(stages).print(out, terminal);
    }
  }

  private static Object[] row(StageStatus status) {
    boolean reads = status.readsTopic();
    List<Object> cells = new ArrayList<>();
    cells.add(status.stage());
    cells.add(status.state().isPresent() ? status.group() : HumanReadable.NONE);
    cells.add(status.state().orElse(HumanReadable.NONE));
    cells.add(
        status.state().isPresent()
            ? orUnknown(status.members().stream().boxed().findFirst())
            : HumanReadable.NONE);
    cells.add(
        reads ? orUnknown(status.partitions().stream().boxed().findFirst()) : HumanReadable.NONE);
    cells.add(reads ? HumanReadable.count(status.lag()) : HumanReadable.NONE);
    cells.add(reads ? HumanReadable.duration(status.age()) : HumanReadable.NONE);
    cells.add(HumanReadable.rate(status.rate()));
    cells.add(reads ? HumanReadable.duration(status.catchUp()) : HumanReadable.NONE);
    cells.add(status.isReplay() ? HumanReadable.NONE : HumanReadable.number(status.dead()));
    return cells.toArray();
  }

  private static String orUnknown(Optional<Integer> number) {
    return number.map(HumanReadable::number).orElse(HumanReadable.UNKNOWN);
  }

  private static Table partitions(List<StageStatus> stages) {
    Table table =
        new Table(
            "GROUP", "TOPIC", "-PARTITION", "-COMMITTED", "-END", "-LAG", "-BEHIND", "MEMBER");
    for (StageStatus status : stages) {
      for (StageStatus.PartitionStatus detail : status.details()) {
        table.row(
            status.group(),
            detail.topic(),
            detail.partition(),
            detail.committed().isPresent() ? detail.committed().getAsLong() : HumanReadable.NONE,
            HumanReadable.number(detail.end()),
            HumanReadable.count(detail.lag()),
            HumanReadable.duration(detail.age()),
            detail.member().orElse(HumanReadable.NONE));
      }
    }
    return table;
  }

  private boolean isWithinLimits(StageStatus status) {
    boolean lagging = status.readsTopic() && !status.isReplay();
    boolean late =
        lagging
            && maximumAge != null
            && status.age().filter(age -> age.compareTo(maximumAge) <= 0).isEmpty();
    boolean full =
        lagging
            && maximumRecords.isPresent()
            && status.lag().filter(lag -> lag.records() <= maximumRecords.get()).isEmpty();
    boolean failing =
        !status.isReplay()
            && maximumDead.isPresent()
            && (status.dead().isEmpty() || status.dead().getAsLong() > maximumDead.get());
    return !late && !full && !failing;
  }
}
