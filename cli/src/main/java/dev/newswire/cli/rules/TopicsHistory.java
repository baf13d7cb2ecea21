// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.rules;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.output.Timestamps;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.PublishedRules;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TopicRule;
import dev.newswire.operations.RuleChanges;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.Rules;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire topics history}: who published which taxonomy, and what it changed. */
@Command(
    name = "history",
    description = {
      "List the taxonomies that were published, the newest first: who published each, and what it",
      "changed. 'topics restore' takes one back into use."
    })
final class TopicsHistory implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;

  @Option(names = "--json", description = "One JSON object a line, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Publication> publications = publications(history(cluster.cluster()));
    if (json) {
      publications.forEach(publication -> publication.writeTo(out));
      return ExitCode.OK;
    }
    if (publications.isEmpty()) {
      out.println("no taxonomy was published; the bundled one is in use");
      return ExitCode.OK;
    }
    Table table =
        new Table(
            "-VERSION", "PUBLISHED", "BY", "-TOPICS", "-ADDED", "-REMOVED", "-CHANGED", "NOTE");
    publications.forEach(publication -> publication.addTo(table));
    table.print(out, Terminal.current());
    return ExitCode.OK;
  }

  /** What was published of the taxonomy, by its number. */
  static NavigableMap<Long, Rules> history(Cluster cluster) {
    Connection.check(cluster).close();
    return new PublishedRules(cluster).history(LiveEnricher.TAXONOMY);
  }

  /** The newest first. */
  private static List<Publication> publications(NavigableMap<Long, Rules> history) {
    List<Publication> publications = new ArrayList<>();
    List<TopicRule> before = Taxonomy.bundled().rules();
    for (Rules rules : history.values()) {
      List<TopicRule> topics = Taxonomy.of(rules.getDocument()).rules();
      publications.add(
          0,
          new Publication(
              rules, topics.size(), RuleChanges.between(before, topics, TopicRule::id)));
      before = topics;
    }
    return publications;
  }

  private record Publication(Rules rules, int topics, RuleChanges changes) {

    void addTo(Table table) {
      table.row(
          rules.getVersion(),
          Timestamps.seconds(rules.getPublishedAt()),
          shown(rules.getPublishedBy()),
          topics,
          changes.added().size(),
          changes.removed().size(),
          changes.changed().size(),
          shown(rules.getNote()));
    }

    private static String shown(String text) {
      return text == null || text.isBlank() ? "-" : Table.printable(text);
    }

    void writeTo(PrintWriter out) {
      JsonLines.print(
          out,
          generator -> {
            generator.writeNumberField("version", rules.getVersion());
            generator.writeStringField("publishedAt", rules.getPublishedAt().toString());
            generator.writeStringField("publishedBy", rules.getPublishedBy());
            generator.writeStringField("note", rules.getNote());
            generator.writeNumberField("topics", topics);
            JsonLines.write(generator, "added", changes.added());
            JsonLines.write(generator, "removed", changes.removed());
            JsonLines.write(generator, "changed", changes.changed());
          });
    }
  }

  /** {@code newswire topics restore}. */
  @Command(
      name = "restore",
      description = {
        "Take a taxonomy of before back into use: publish its document again, under a number of its",
        "own. 0 is the bundled one."
      })
  static final class Restore implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;
    @Mixin private TaxonomyPublication publication;

    @Parameters(
        paramLabel = "VERSION",
        description = "The number of the taxonomy, as 'topics history' lists them.")
    private long version;

    @Override
    public Integer call() {
      Cluster given = cluster.cluster();
      NavigableMap<Long, Rules> history = history(given);
      if (version != 0 && !history.containsKey(version)) {
        throw new UserError(
            "VERSION: no taxonomy "
                + version
                + " is kept; 'newswire topics history' lists those that are");
      }
      String document =
          version == 0 ? Taxonomy.bundledDocument() : history.get(version).getDocument();
      Taxonomy taxonomy = Taxonomy.of(document);
      if (!taxonomy.isUsable()) {
        throw new UserError("VERSION: no topic of taxonomy " + version + " can be used");
      }
      publication.publish(
          given,
          document,
          taxonomy,
          Optional.of(version == 0 ? "restores the bundled one" : "restores " + version),
          spec.commandLine().getOut());
      return ExitCode.OK;
    }
  }
}
