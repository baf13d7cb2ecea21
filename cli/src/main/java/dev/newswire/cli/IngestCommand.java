// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.ingest.Counts;
import dev.newswire.ingest.IngestStage;
import dev.newswire.ingest.Publisher;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.schemas.Cluster;
import dev.newswire.schemas.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      "A file of - is standard input. What was published before is not published again."
    })
final class IngestCommand implements Callable<Integer> {

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
    Cluster given = cluster.cluster();
    Connection.check(given).close();
    if (!files.isEmpty()) {
      return readFiles(given);
    }
    try (Monitoring monitored = monitoring.start()) {
      IngestStage stage =
          new IngestStage(given, ingest.settings(Optional.empty()), monitored.meters());
      stage.start();
      monitored.show(List.of(stage));
      new StageRunner(stage).run(List.of(stage));
    }
    return Newswire.OK;
  }

  private static void checkReadable(Path file) {
    if (!file.toString().equals("-") && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw new UserError("can't read the file '" + file + "'");
    }
  }

  private int readFiles(Cluster given) {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(spec.commandLine().getErr(), Terminal.current(), "items");
    String feed = ingest.provider() + "-files";
    Counts total = Counts.NONE;
    try (Publisher publisher =
        new Publisher(given, given.group("ingest") + "-" + feed, new Formats())) {
      for (Path file : files) {
        Counts before = total;
        String source = file.toString().equals("-") ? "stdin" : file.getFileName().toString();
        Delivery delivery =
            Delivery.of(ingest.provider(), feed, source, Clock.systemUTC().instant())
                .keepingProviders();
        try (InputStream content = open(file)) {
          total =
              before.plus(
                  publisher.publish(
                      delivery, content, counts -> progress.at(before.plus(counts).read())));
        } catch (IOException e) {
          throw new UserError("can't read the file '" + file + "': " + e.getMessage(), e);
        }
      }
    }
    progress.end();
    print(out, total);
    return Newswire.OK;
  }

  private void print(PrintWriter out, Counts total) {
    if (json) {
      JsonLines.print(
          out,
          generator -> {
            generator.writeNumberField("read", total.read());
            generator.writeNumberField("published", total.published());
            generator.writeNumberField("repeats", total.repeats());
            generator.writeNumberField("dead", total.dead());
            generator.writeNumberField("deadBefore", total.deadBefore());
          });
    } else {
      out.printf(
          "%,d items read: %,d published, %,d published before, %,d dead letters%s%n",
          total.read(),
          total.published(),
          total.repeats(),
          total.dead(),
          total.deadBefore() == 0 ? "" : ", %,d dead letters before".formatted(total.deadBefore()));
    }
  }

  private static InputStream open(Path file) throws IOException {
    return file.toString().equals("-")
        ? System.in
        : new BufferedInputStream(Files.newInputStream(file));
  }
}
