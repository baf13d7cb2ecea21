// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.operations;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.options.EnrichOptions;
import dev.newswire.cli.options.OptionTypes;
import dev.newswire.cli.options.OptionTypes.Moment;
import dev.newswire.cli.options.SinkOptions;
import dev.newswire.cli.options.StoriesOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.HumanReadable;
import dev.newswire.cli.output.Progress;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.PublishedRules;
import dev.newswire.operations.CommittedRecords.Span;
import dev.newswire.operations.Offsets;
import dev.newswire.operations.RateLimit;
import dev.newswire.operations.Replay;
import dev.newswire.operations.ReplayPlan;
import dev.newswire.operations.ReplayPreview;
import dev.newswire.operations.ReplayPreview.Difference;
import dev.newswire.operations.ReplayScope;
import dev.newswire.operations.ReplaySelection;
import dev.newswire.operations.StoreRebuild;
import dev.newswire.operations.StoriesReplay;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.TopicSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code newswire replay}: enriches again what was enriched before. */
@Command(
    name = "replay",
    description = {
      "Enrich past articles again, by the rules that are published now, while live traffic goes on.",
      "It reads the topic of raw articles, prints the plan, and acts only with --execute. Only rows",
      "change for which the new record is as new or newer.",
      "",
      "With --store on the command line it fills that store, which must be empty, from the topic of",
      "enriched articles instead. With --stories it builds copies and stories anew; the stage is",
      "stopped while they are put in place."
    },
    footer = {
      "",
      "The moments are those at which ingest published the articles. A replay that is stopped with",
      "Ctrl-C or killed can be resumed; at its end nothing of it is left on the brokers but the articles.",
      "",
      "Exit code 3: --dry-run found something that would change."
    })
public final class ReplayCommand implements Callable<Integer> {

  /** Something would change. */
  static final int WOULD_CHANGE = 3;

  private static final Duration RATE_TIME = Duration.ofSeconds(2);

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private EnrichOptions enrich;
  @Mixin private SinkOptions sink;
  @Mixin private StoriesOptions windows;

  @Option(
      names = "--stories",
      description =
          "Build copies and stories anew from the topic of enriched articles, beside the stage;"
              + " with --execute put them in place.")
  private boolean stories;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      defaultValue = "earliest",
      description =
          "First moment: an ISO time, so long ago, such as 7d, or earliest. Default:"
              + " ${DEFAULT-VALUE}.")
  private Moment from;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "The moment after the last. Default: what is on the topic at the start.")
  private Moment until;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Only articles of this provider. Can be repeated.")
  private Set<String> providers = new TreeSet<>();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Only articles that have this topic now or get it. Can be repeated.")
  private Set<String> topics = new TreeSet<>();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Only the article with this id, provider/item id. Can be repeated.")
  private Set<String> ids = new TreeSet<>();

  @Option(
      names = "--into",
      paramLabel = "NAME",
      description =
          "Kafka topic to write to in place of that of the enriched articles, to build beside"
              + " production; made where it is missing.")
  private String into;

  private OptionalInt maximumRate = OptionalInt.empty();

  @Option(
      names = "--max-rate",
      paramLabel = "NUMBER",
      description = "Most articles a second, from 1 to 1000000. Default: as fast as it goes.")
  void setMaximumRate(int number) {
    maximumRate = OptionalInt.of(OptionTypes.inRange(spec, "--max-rate", number, 1, 1_000_000));
  }

  @Option(names = "--execute", description = "Do it.")
  private boolean execute;

  @Option(
      names = "--dry-run",
      description =
          "Write nothing, and show what would change; with --taxonomy by rules that are not"
              + " published yet.")
  private boolean dryRun;

  private int examples = 3;

  @Option(
      names = "--examples",
      paramLabel = "NUMBER",
      description = "Examples that --dry-run shows of each change, from 0 to 1000. Default: 3.")
  void setExamples(int number) {
    examples = OptionTypes.inRange(spec, "--examples", number, 0, 1_000);
  }

  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "REPLAY",
      description =
          "Go on with the replay that was stopped or killed; its id is needed only where there are"
              + " several.")
  private String resumed;

  @Option(
      names = "--abandon",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "REPLAY",
      description =
          "Take a replay that was stopped or killed off the brokers. What it wrote stays.")
  private String abandoned;

  @Option(names = "--json", description = "What --dry-run finds as JSON lines, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    checkOptions();
    Cluster given = cluster.cluster();
    try (Admin admin = Connection.check(given)) {
      requireTopics(given, admin);
      if (stories) {
        return stories(given, admin);
      }
      if (isRebuild()) {
        return rebuild(new StoreRebuild(given, admin, sink.settings(cluster.dataFolder())));
      }
      if (abandoned != null) {
        return abandon(given, admin);
      }
      ReplayPlan plan =
          resumed == null
              ? plan(given, admin)
              : ReplayPlan.load(given, admin, idOf(given, admin, "--resume", resumed));
      EnrichSettings settings = settings(given);
      if (dryRun) {
        return preview(new ReplayPreview(given, admin, settings, plan));
      }
      if (!execute) {
        print(plan, new ReplayPreview(given, admin, settings, plan).measureRate(RATE_TIME));
        spec.commandLine()
            .getOut()
            .println("Nothing was done: --execute does it, --dry-run shows what it would change.");
        return ExitCode.OK;
      }
      return execute(given, admin, settings, plan);
    }
  }

  private void checkOptions() {
    if (execute && dryRun) {
      throw new ParameterException(spec.commandLine(), "give --execute or --dry-run, and not both");
    }
    if (resumed != null && !execute) {
      throw new ParameterException(spec.commandLine(), "--resume needs --execute");
    }
    if (resumed != null && abandoned != null) {
      throw new ParameterException(spec.commandLine(), "give --resume or --abandon, and not both");
    }
    if (isRebuild() && (dryRun || resumed != null || abandoned != null || into != null)) {
      throw new ParameterException(
          spec.commandLine(), "--store goes with --execute alone: it rebuilds all of a store");
    }
    if (stories) {
      checkStories();
    }
    if (json && !dryRun) {
      throw new ParameterException(spec.commandLine(), "--json needs --dry-run");
    }
  }

  private void checkStories() {
    boolean selects = !providers.isEmpty() || !topics.isEmpty() || !ids.isEmpty() || until != null;
    boolean others = into != null || resumed != null || abandoned != null || isRebuild();
    if (selects || others || maximumRate.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--stories goes with --from, --execute, --dry-run, --json, --examples and the windows"
              + " alone: a story is made of all articles");
    }
    windows.check();
  }

  private int stories(Cluster given, Admin admin) {
    PrintWriter out = spec.commandLine().getOut();
    StoriesReplay replay =
        new StoriesReplay(
            given,
            admin,
            windows.settings(given, Path.of("unused")),
            from.before(Clock.systemUTC().instant()));
    StoriesReplayRun run = new StoriesReplayRun(replay, out, spec.commandLine().getErr(), examples);
    if (execute) {
      return run.execute();
    }
    if (dryRun) {
      return run.preview(json);
    }
    out.printf("rebuild of the stories from %s%n", given.topics().enriched().name());
    printSpans(replay.spans());
    out.println("Nothing was done: --execute does it, --dry-run shows what it would change.");
    return ExitCode.OK;
  }

  /** A store that is named in the environment or a file is the sink's, and not meant here. */
  private boolean isRebuild() {
    return spec.commandLine().getParseResult().hasMatchedOption("--store");
  }

  private int rebuild(StoreRebuild rebuild) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    out.printf("rebuild of %s from %s%n", rebuild.store(), rebuild.spans().firstKey().topic());
    printSpans(rebuild.spans());
    if (!execute) {
      out.println("Nothing was done: --execute does it.");
      return ExitCode.OK;
    }
    out.flush();
    Progress progress = new Progress(err, Terminal.current(), "records");
    boolean done =
        rebuild.run(
            progress::at,
            () -> {
              progress.end();
              err.println("newswire: stopped; 'newswire sink' goes on with it");
            });
    progress.end();
    if (done) {
      out.println("done: the sink goes on from here");
    }
    return done ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void requireTopics(Cluster given, Admin admin) {
    try {
      Offsets offsets = new Offsets(admin);
      offsets.partitions(given.topics().raw().name());
      offsets.partitions(given.topics().enriched().name());
    } catch (UnknownTopicOrPartitionException e) {
      throw new UserError(
          "--topic-prefix: "
              + given.topics().raw().name()
              + " or "
              + given.topics().enriched().name()
              + " does not exist; newswire init creates them",
          e);
    }
  }

  private ReplayPlan plan(Cluster given, Admin admin) {
    Instant now = Clock.systemUTC().instant();
    return ReplayPlan.of(
        given,
        admin,
        now,
        from.before(now),
        Optional.ofNullable(until).map(moment -> moment.before(now)),
        into == null ? given.topics().enriched().name() : into,
        new ReplayScope(providers, ids, topics));
  }

  private EnrichSettings settings(Cluster given) {
    EnrichSettings settings = enrich.settings(given, Path.of("unused"));
    if (execute
        && into == null
        && settings.replacements().taxonomy().isPresent()
        && !new PublishedRules(given).inUse().isEmpty()) {
      throw new UserError(
          "--taxonomy: rules from a file are older than any that are published, so that no row would"
              + " change; publish the file first, or give --into");
    }
    return settings;
  }

  private int execute(Cluster given, Admin admin, EnrichSettings settings, ReplayPlan plan) {
    PrintWriter out = spec.commandLine().getOut();
    if (into != null) {
      TopicSpec<?> like = given.topics().enriched();
      new TopicCreation(admin, Optional.empty())
          .ensure(
              List.of(
                  new TopicSpec<>(
                      into,
                      like.valueType(),
                      plan.spans().size(),
                      like.compacted(),
                      like.retention())));
    }
    print(plan, OptionalDouble.empty());
    if (resumed == null) {
      plan.save(admin);
    } else {
      plan.awaitNobody(admin);
    }
    Set<String> tagged = new ReplayPreview(given, admin, settings, plan).taggedNow();
    ReplaySelection selection =
        new ReplaySelection(plan, given.topics().raw().name(), tagged, new RateLimit(maximumRate));
    Progress progress =
        new Progress(spec.commandLine().getErr(), Terminal.current(), "raw articles");
    PrintWriter err = spec.commandLine().getErr();
    String stopped =
        "newswire: stopped; newswire replay --resume " + plan.id() + " --execute goes on with it";
    boolean done =
        new Replay(given, admin, settings, plan)
            .run(
                selection,
                progress::at,
                () -> {
                  progress.end();
                  err.println(stopped);
                });
    progress.end();
    if (!done) {
      return ExitCode.FAILED;
    }
    out.printf(
        "done: %s raw articles read, %s enriched%n",
        HumanReadable.number(selection.read()), HumanReadable.number(selection.written()));
    return ExitCode.OK;
  }

  private int abandon(Cluster given, Admin admin) {
    String id = idOf(given, admin, "--abandon", abandoned);
    ReplayPlan plan = ReplayPlan.load(given, admin, id);
    plan.awaitNobody(admin);
    plan.delete(admin);
    spec.commandLine().getOut().println("abandoned: " + id);
    return ExitCode.OK;
  }

  private static String idOf(Cluster given, Admin admin, String option, String id) {
    if (!id.isEmpty()) {
      return id;
    }
    List<String> begun = ReplayPlan.begun(given, admin);
    if (begun.size() != 1) {
      throw new UserError(option + ": which replay? " + ReplayPlan.describe(begun) + " under way");
    }
    return begun.get(0);
  }

  private void print(ReplayPlan plan, OptionalDouble rate) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "replay %s: %s, from %s to %s%n",
        plan.id(), plan.scope().text(), plan.spans().firstKey().topic(), plan.outputTopic());
    printSpans(plan.spans());
    if (rate.isPresent()) {
      double bounded = Math.min(rate.getAsDouble(), maximumRate.orElse(Integer.MAX_VALUE));
      out.printf(
          "%s records at most; about %s at %s, as measured on some of them with one thread%n",
          HumanReadable.number(plan.offsets()),
          HumanReadable.duration(Duration.ofSeconds(Math.round(plan.offsets() / bounded))),
          HumanReadable.rate(OptionalDouble.of(bounded)));
    } else {
      out.printf("%s records at most%n", HumanReadable.number(plan.offsets()));
    }
    out.flush();
  }

  private void printSpans(Map<TopicPartition, Span> spans) {
    Table table = new Table("-PARTITION", "-FROM OFFSET", "-TO OFFSET", "-RECORDS AT MOST");
    spans.forEach(
        (partition, span) ->
            table.row(
                partition.partition(),
                span.from(),
                span.to(),
                HumanReadable.number(span.offsets())));
    table.print(spec.commandLine().getOut(), Terminal.current());
  }

  private int preview(ReplayPreview preview) {
    Progress progress =
        new Progress(spec.commandLine().getErr(), Terminal.current(), "raw articles");
    Collection<Difference> differences = preview.compare(progress::at).values();
    progress.end();
    new ReplayReport(differences, examples).print(spec.commandLine().getOut(), json);
    return differences.stream().anyMatch(Difference::changed) ? WOULD_CHANGE : ExitCode.OK;
  }
}
