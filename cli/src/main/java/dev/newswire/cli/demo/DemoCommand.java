// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.demo;

import dev.newswire.cli.Logging;
import dev.newswire.cli.desk.DeskOptions;
import dev.newswire.cli.options.DataFolder;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.output.Timestamps;
import dev.newswire.cli.stages.SingleProcess;
import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.EnrichStage;
import dev.newswire.ingest.Counts;
import dev.newswire.ingest.Publisher;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.operations.Backlog;
import dev.newswire.operations.DeadLetters;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Health;
import dev.newswire.runtime.Stage;
import dev.newswire.runtime.StageRunner;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Topic;
import dev.newswire.schemas.TopicOrigin;
import dev.newswire.schemas.Topics;
import dev.newswire.sink.Database;
import dev.newswire.sink.Hit;
import dev.newswire.sink.Search;
import dev.newswire.sink.SearchQuery;
import dev.newswire.sink.SinkSettings;
import dev.newswire.sink.SinkStage;
import dev.newswire.stories.StoriesSettings;
import dev.newswire.stories.StoriesStage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code newswire demo}: the whole pipeline once, on samples. */
@Command(
    name = "demo",
    description = {
      "Run the whole pipeline in one process on sample wire items, and show what it stored.",
      "",
      "Run again on the same folder, it stores nothing twice."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int SHOWN = 100;
  private static final int HEADLINE_WIDTH = 46;
  private static final long LOOK_MILLIS = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "newswire-data/demo",
      description = "Folder that everything is kept in. Default: ./${DEFAULT-VALUE}.")
  private Path data;

  @Option(
      names = "--open",
      description = "Leave the pipeline running and open the desk, until stopped.")
  private boolean open;

  @Mixin private DeskOptions desk;

  @Option(names = "--json", description = "Only the counts, as JSON, for programs.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Logging.onlyFaults();
    DataFolder folder = new DataFolder(data);
    try (SingleProcess process =
        SingleProcess.start(
            folder,
            broker -> Cluster.at(broker, Cluster.IN_PROCESS_REGISTRY),
            OptionalInt.empty())) {
      Cluster cluster = process.cluster();
      MeterRegistry meters = new SimpleMeterRegistry();
      DeadLetters letters = new DeadLetters(cluster);
      int deadBefore = deadBehindIngest(letters);
      Counts published = publish(cluster);
      List<Stage> stages =
          List.of(
              new EnrichStage(cluster, EnrichSettings.live(cluster, folder.streams()), meters),
              new StoriesStage(cluster, StoriesSettings.live(cluster, folder.streams()), meters),
              new SinkStage(cluster, SinkSettings.of(Database.sqlite(folder.database())), meters));
      stages.forEach(process::start);
      awaitAll(cluster, stages);
      DemoReport report = DemoReport.of(published, meters, deadBehindIngest(letters) - deadBefore);
      if (json) {
        JsonLines.print(spec.commandLine().getOut(), report::write);
      } else {
        print(report, folder, letters);
      }
      if (open) {
        process.closeFirst(desk.open(Database.sqlite(folder.database()), cluster, folder));
        new StageRunner(process).run(stages);
      }
    }
    return ExitCode.OK;
  }

  private static int deadBehindIngest(DeadLetters letters) {
    return letters.read(List.of("enrich", "sink")).size();
  }

  private static Counts publish(Cluster cluster) {
    Counts counts = Counts.NONE;
    Clock clock = Clock.systemUTC();
    try (Publisher publisher = new Publisher(cluster, cluster.group("ingest"), new Formats())) {
      for (Samples.Sample sample : Samples.all()) {
        Delivery delivery =
            Delivery.of(sample.provider(), sample.feed(), sample.path(), clock.instant());
        try (InputStream content = sample.open()) {
          counts = counts.plus(publisher.publish(delivery, content, progress -> {}).counts());
        }
      }
      return counts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the stages behind ingest have nothing left to do. */
  private static void awaitAll(Cluster cluster, List<Stage> stages) throws InterruptedException {
    try (Backlog backlog = new Backlog(cluster)) {
      while (!isDone(cluster, backlog)) {
        for (Stage stage : stages) {
          if (stage.health().state() == Health.State.FAILED) {
            stage.await();
          }
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  private static boolean isDone(Cluster cluster, Backlog backlog) {
    Topics topics = cluster.topics();
    String stories = cluster.group(StoriesSettings.STAGE);
    String sink = cluster.group("sink");
    // In the order of the flow: what a stage has done is on the next topic by then.
    return backlog.isEmpty(cluster.group("enrich"), topics.raw().name())
        && backlog.isEmpty(stories, topics.enriched().name())
        && backlog.isEmpty(stories, StoriesSettings.orderTopic(stories))
        && backlog.isEmpty(sink, topics.enriched().name())
        && backlog.isEmpty(sink, topics.storyAssignments().name())
        && backlog.isEmpty(sink, topics.stories().name());
  }

  private void print(DemoReport report, DataFolder folder, DeadLetters letters) {
    PrintWriter out = spec.commandLine().getOut();
    Terminal terminal = Terminal.current();
    try (Search search = Database.sqlite(folder.database()).search()) {
      List<Hit> hits = search.find(SearchQuery.of("").page(SHOWN, 0));
      Table table = new Table("PUBLISHED", "HEADLINE", "TOPICS", "ENTITIES");
      hits.forEach(hit -> row(table, hit.record()));
      table.print(out, terminal);
      out.println();
      report.print(out, terminal, hits.size());
    }
    for (DeadLetters.Entry entry : letters.read(Topics.STAGES)) {
      if (!entry.redriven()) {
        out.println(
            "  "
                + terminal.alarming(entry.id())
                + "  "
                + Table.printable(entry.letter().details().getOrDefault("newswire.source", ""))
                + ": "
                + Table.printable(entry.letter().reason()));
      }
    }
    out.println();
    out.println("The database is " + folder.database() + ". Try next:");
    out.println();
    String option = " --data " + folder.path();
    out.println("  ./newswire search 'truce -football'" + option);
    out.println("  ./newswire search --topic minerals-deal --entity Putin" + option);
    out.println("  ./newswire stories list" + option);
    out.println("  ./newswire demo --open" + option);
  }

  private static void row(Table table, EnrichedArticle record) {
    table.row(
        Timestamps.minutes(record.getArticle().getPublished()),
        cut(record.getArticle().getHeadline()),
        record.getTopics().stream()
            .filter(topic -> topic.getOrigin() == TopicOrigin.RULE)
            .map(Topic::getId)
            .limit(3)
            .collect(Collectors.joining(" ")),
        record.getEntities().stream()
            .map(Entity::getName)
            .limit(8)
            .collect(Collectors.joining(" · ")));
  }

  private static String cut(String headline) {
    return headline.codePointCount(0, headline.length()) <= HEADLINE_WIDTH
        ? headline
        : headline.substring(0, headline.offsetByCodePoints(0, HEADLINE_WIDTH - 1)) + "…";
  }
}
