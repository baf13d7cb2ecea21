// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.rules;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.options.DataFolder;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.output.Timestamps;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.PublishedRules;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TopicQuery;
import dev.newswire.enrich.topics.TopicRule;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.Rules;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire topics}: the editors' rules, checked and published. */
@Command(
    name = "topics",
    description = "Check, publish, list and show the taxonomy: the topics that articles are given.",
    subcommands = {
      TopicsLint.class,
      TopicsApply.class,
      TopicsHistory.class,
      TopicsHistory.Restore.class,
      TopicsCommand.ListCommand.class,
      TopicsCommand.ShowCommand.class
    })
public final class TopicsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command given; it is one of lint, apply, history, restore, list, show");
  }

  /** {@code newswire topics list}. */
  @Command(name = "list", description = "List the topics in use.")
  static final class ListCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private InUse inUse;

    @Option(names = "--json", description = "One JSON object a line, for programs.")
    private boolean json;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      Optional<Rules> published = inUse.published();
      Taxonomy taxonomy =
          published.map(rules -> Taxonomy.of(rules.getDocument())).orElseGet(Taxonomy::bundled);
      if (json) {
        taxonomy.rules().forEach(rule -> JsonLines.print(out, g -> write(g, rule)));
        return ExitCode.OK;
      }
      Table table = new Table("TOPIC", "-QUERIES", "-EXAMPLES", "MEDIA TOPICS", "LABEL");
      for (TopicRule rule : taxonomy.rules()) {
        table.row(
            rule.id(),
            rule.queries().size(),
            rule.matches().size() + rule.rejects().size(),
            String.join(" ", rule.mediaTopics()),
            rule.label());
      }
      table.print(out, Terminal.current());
      out.println();
      out.println(
          published
                  .map(
                      rules ->
                          "taxonomy "
                              + rules.getVersion()
                              + ", published "
                              + Timestamps.seconds(rules.getPublishedAt()))
                  .orElse("the bundled taxonomy")
              + ": "
              + taxonomy.rules().size()
              + " topics"
              + (taxonomy.faults().isEmpty()
                  ? ""
                  : ", and " + taxonomy.faults().size() + " skipped as faulty"));
      return ExitCode.OK;
    }

    private static void write(com.fasterxml.jackson.core.JsonGenerator generator, TopicRule rule)
        throws java.io.IOException {
      generator.writeStringField("id", rule.id());
      generator.writeStringField("label", rule.label());
      generator.writeStringField("description", rule.description());
      JsonLines.write(generator, "mediaTopics", rule.mediaTopics());
      if (rule.language().isPresent()) {
        generator.writeStringField("language", rule.language().get());
      }
      JsonLines.write(generator, "queries", rule.queries().stream().map(TopicQuery::text).toList());
    }
  }

  /** {@code newswire topics show}. */
  @Command(
      name = "show",
      description = {
        "Print the taxonomy in use as the YAML document that it is: to be edited, checked by",
        "'topics lint' and published by 'topics apply'. Or print one topic of it, to be read."
      })
  static final class ShowCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private InUse inUse;

    @Parameters(arity = "0..1", paramLabel = "TOPIC", description = "The id of a topic.")
    private String topic;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      String document =
          inUse.published().map(Rules::getDocument).orElseGet(Taxonomy::bundledDocument);
      if (topic == null) {
        out.print(document);
      } else {
        print(out, rule(document));
      }
      out.flush();
      return ExitCode.OK;
    }

    private TopicRule rule(String document) {
      return Taxonomy.of(document).rules().stream()
          .filter(rule -> rule.id().equals(topic))
          .findFirst()
          .orElseThrow(
              () ->
                  new UserError(
                      "TOPIC: no topic in use is '"
                          + topic
                          + "'; 'newswire topics list' lists all"));
    }

    private static void print(PrintWriter out, TopicRule rule) {
      out.println(rule.id() + ": " + Table.printable(rule.label()));
      if (!rule.description().isEmpty()) {
        out.println(Table.printable(rule.description()));
      }
      print(out, "Media Topics", rule.mediaTopics());
      print(out, "language", rule.language().stream().toList());
      print(out, "queries", rule.queries().stream().map(TopicQuery::text).toList());
      print(out, "must match", rule.matches());
      print(out, "must not match", rule.rejects());
    }

    private static void print(PrintWriter out, String what, List<String> lines) {
      if (!lines.isEmpty()) {
        out.println();
        out.println(what);
        lines.forEach(line -> out.println("  " + Table.printable(line)));
      }
    }
  }

  /** Where to read the taxonomy from. */
  static final class InUse {

    @Mixin private ClusterOptions cluster;

    @Option(
        names = "--bundled",
        description = "The one that ships with Newswire, whatever is published. Needs no cluster.")
    private boolean bundled;

    /** The data folder, which holds the store where none is named. */
    DataFolder dataFolder() {
      return cluster.dataFolder();
    }

    /** The one that was published last; empty for the bundled one. */
    Optional<Rules> published() {
      if (bundled) {
        return Optional.empty();
      }
      Connection.check(cluster.cluster()).close();
      return new PublishedRules(cluster.cluster()).inUse(LiveEnricher.TAXONOMY);
    }
  }
}
