// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.options.OptionTypes;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.runtime.TopicReport;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.RegistryUnavailable;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.schemas.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code newswire init}: creates the topics and says which exist with other settings. */
@Command(
    name = "init",
    description = {
      "Create the topics that are missing, and say which exist with other settings.",
      "Nothing that exists is changed."
    })
public final class InitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;

  private OptionalInt partitions = OptionalInt.empty();
  private Optional<Short> replication = Optional.empty();

  @Option(
      names = "--partitions",
      paramLabel = "NUMBER",
      description =
          "Partitions of the topics of articles, from 1 to 1000: as many instances of a stage can"
              + " share the work. Default: 4.")
  void setPartitions(int number) {
    partitions = OptionalInt.of(OptionTypes.inRange(spec, "--partitions", number, 1, 1000));
  }

  @Option(
      names = "--replication",
      paramLabel = "NUMBER",
      description = "Replicas of each topic, from 1 to 9. Default: the brokers' own.")
  void setReplication(int number) {
    replication = Optional.of((short) OptionTypes.inRange(spec, "--replication", number, 1, 9));
  }

  @Option(
      names = "--retention",
      paramLabel = "DURATION",
      description =
          "How long articles stay on the topics, and with them what can be replayed. Default: for"
              + " ever.")
  private Duration retention;

  @Option(
      names = "--register",
      description =
          "Also register the schemas of all topics, and have the registry refuse later ones that are"
              + " not compatible (FULL). Everything then works with auto.register.schemas=false.")
  private boolean register;

  @Override
  public Integer call() {
    Cluster given = cluster.cluster();
    PrintWriter out = spec.commandLine().getOut();
    Table table = new Table("TOPIC", "-PARTITIONS", "OUTCOME");
    List<TopicSpec<?>> topics = wanted(given.topics());
    try (Admin admin = Connection.check(given)) {
      TopicCreation creation = new TopicCreation(admin, replication);
      List<TopicReport> reports = creation.ensure(topics);
      for (int i = 0; i < topics.size(); i++) {
        table.row(topics.get(i).name(), topics.get(i).partitions(), text(reports.get(i)));
      }
    }
    table.print(out, Terminal.current());
    if (register) {
      register(given, out);
    }
    return ExitCode.OK;
  }

  private static void register(Cluster given, PrintWriter out) {
    Table table = new Table("SUBJECT", "-SCHEMA ID");
    try {
      given.registerSchemas().forEach((subject, id) -> table.row(subject, id));
    } catch (RegistryUnavailable e) {
      throw new UserError("--register: " + e.getMessage(), e);
    }
    table.print(out, Terminal.current());
  }

  private List<TopicSpec<?>> wanted(Topics topics) {
    List<TopicSpec<?>> wanted = new ArrayList<>();
    for (TopicSpec<?> topic : topics.all()) {
      boolean ofArticles =
          topic.name().equals(topics.raw().name()) || topic.name().equals(topics.enriched().name());
      TopicSpec<?> adjusted = topic;
      if (ofArticles && partitions.isPresent()) {
        adjusted = adjusted.withPartitions(partitions.getAsInt());
      }
      if (ofArticles && retention != null) {
        adjusted = adjusted.withRetention(Optional.of(retention));
      }
      wanted.add(adjusted);
    }
    return wanted;
  }

  private static String text(TopicReport report) {
    return switch (report.outcome()) {
      case CREATED -> "created";
      case EXISTS -> "exists";
      case DIFFERS -> "exists, left alone: " + String.join("; ", report.differences());
    };
  }
}
