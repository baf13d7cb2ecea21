// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.options.EnrichOptions;
import dev.newswire.cli.options.MonitoringOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.EnrichStage;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.runtime.BrokerWatch;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Monitoring;
import dev.newswire.runtime.StageRunner;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code newswire enrich}: the enricher alone. */
@Command(
    name = "enrich",
    description = {
      "Enrich raw articles with entities and topics, until stopped.",
      "Several instances share the partitions.",
      "",
      "With --explain, enrich the articles of one file, and show what was found in them and why; no",
      "Kafka is needed, and nothing is published."
    })
public final class EnrichCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
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

  @Option(
      names = "--explain",
      paramLabel = "FILE",
      description =
          "Explain the articles of a file in any format that ingest reads, or of a plain text; of"
              + " standard input where it is -. By the bundled rules, or those that --taxonomy and"
              + " --entities name.")
  private String explained;

  @Option(
      names = "--json",
      description = "With --explain: one JSON object for each article, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    if (explained != null) {
      explain();
      return ExitCode.OK;
    }
    if (json) {
      throw new ParameterException(spec.commandLine(), "--json goes with --explain alone");
    }
    Cluster given = cluster.cluster();
    Connection.check(given).close();
    Path folder = state == null ? cluster.dataFolder().streams() : state;
    try (Monitoring monitored = monitoring.start();
        BrokerWatch brokers = BrokerWatch.of(given)) {
      EnrichStage stage =
          new EnrichStage(given, enrich.settings(given, folder), monitored.meters());
      stage.start();
      monitored.show(List.of(stage), brokers);
      new StageRunner(stage).run(List.of(stage));
    }
    return ExitCode.OK;
  }

  private void explain() {
    ExplainInput given = ExplainInput.read("--explain", explained, System.in);
    PrintWriter out = spec.commandLine().getOut();
    try (LiveEnricher enricher =
        LiveEnricher.bundled(enrich.replacements(), Limits.DEFAULT, new SimpleMeterRegistry())) {
      for (RawArticle raw : given.articles()) {
        EnrichedArticle enriched = enricher.enrich(raw);
        Explanation explanation = new Explanation(enriched, enricher.reasonsOfLinks(enriched));
        if (json) {
          JsonLines.print(out, explanation::write);
        } else {
          explanation.print(out, Terminal.current());
          out.println();
        }
      }
    }
    given
        .rejected()
        .forEach(
            reason ->
                spec.commandLine()
                    .getErr()
                    .println("newswire: not read: " + Table.printable(reason)));
  }
}
