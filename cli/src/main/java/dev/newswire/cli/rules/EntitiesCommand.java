// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.rules;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.options.UserFiles;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.output.Timestamps;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.PublishedRules;
import dev.newswire.enrich.entities.EntityList;
import dev.newswire.enrich.entities.KnownEntity;
import dev.newswire.operations.RuleChanges;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.Rules;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire entities}: people, organisations and places of the user's own. */
@Command(
    name = "entities",
    description = {
      "Check, publish, list and show your own people, organisations and places.",
      "Articles are searched for them besides those that Newswire knows."
    },
    subcommands = {
      EntitiesCommand.LintCommand.class,
      EntitiesCommand.ApplyCommand.class,
      EntitiesCommand.ListCommand.class,
      EntitiesCommand.ShowCommand.class
    })
public final class EntitiesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; it is one of lint, apply, list, show");
  }

  /** {@code newswire entities lint}. */
  @Command(
      name = "lint",
      description = {
        "Check a list of entities: every one that can't be used, with the reason. Needs no cluster.",
        "Exit code 1 where there is any."
      })
  static final class LintCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The entities, a YAML document.")
    private Path file;

    @Override
    public Integer call() {
      EntityList list = EntityList.of(UserFiles.read("FILE", file));
      PrintWriter out = spec.commandLine().getOut();
      list.faults().forEach(fault -> out.println(Table.printable(fault.toString())));
      out.println("entities: " + list.entities().size() + ", faults: " + list.faults().size());
      return list.faults().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  /** {@code newswire entities apply}. */
  @Command(
      name = "apply",
      description = {
        "Publish a list of entities. Every enricher looks for them from its next article on, without a",
        "restart, and the stamp of the record says its version. It takes the place of the whole list",
        "before. Refused, and nothing published, where any of them can't be used."
      })
  static final class ApplyCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;

    @Parameters(paramLabel = "FILE", description = "The entities, a YAML document.")
    private Path file;

    @Override
    public Integer call() {
      String document = UserFiles.read("FILE", file);
      List<KnownEntity> entities = EntityList.ofFile("FILE", file).entities();
      Cluster given = cluster.cluster();
      Connection.check(given).close();
      PublishedRules published = new PublishedRules(given);
      Optional<Rules> before = published.inUse(LiveEnricher.ENTITIES);
      PrintWriter out = spec.commandLine().getOut();
      if (before.isPresent() && before.get().getDocument().equals(document)) {
        out.println(
            "entity list "
                + before.get().getVersion()
                + " is this very document already; nothing published");
        return ExitCode.OK;
      }
      Rules rules =
          published.publish(
              LiveEnricher.ENTITIES,
              document,
              Optional.ofNullable(System.getProperty("user.name")),
              Optional.empty());
      RuleChanges changes =
          RuleChanges.between(
              before
                  .map(Rules::getDocument)
                  .map(EntityList::of)
                  .orElse(EntityList.EMPTY)
                  .entities(),
              entities,
              KnownEntity::name);
      RuleChangesReport.print(
          out,
          Terminal.current(),
          changes,
          "entity list " + rules.getVersion() + ": " + entities.size() + " entities",
          before.map(rule -> "entity list " + rule.getVersion()).orElse("none"));
      return ExitCode.OK;
    }
  }

  /** {@code newswire entities list}. */
  @Command(name = "list", description = "List your own entities that are in use.")
  static final class ListCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;

    @Option(names = "--json", description = "One JSON object a line, for programs.")
    private boolean json;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      Optional<Rules> published = published(cluster.cluster());
      EntityList list =
          published.map(rules -> EntityList.of(rules.getDocument())).orElse(EntityList.EMPTY);
      if (json) {
        list.entities().forEach(entity -> JsonLines.print(out, g -> write(g, entity)));
        return ExitCode.OK;
      }
      if (published.isEmpty()) {
        out.println("no entity list is published");
        return ExitCode.OK;
      }
      Table table = new Table("NAME", "KIND", "ID", "PLACE", "ALIASES");
      for (KnownEntity entity : list.entities()) {
        table.row(
            entity.name(),
            kind(entity),
            entity.wikidataId().orElse("-"),
            place(entity),
            String.join(", ", entity.aliases()));
      }
      table.print(out, Terminal.current());
      out.println();
      out.println(
          "entity list "
              + published.get().getVersion()
              + ", published "
              + Timestamps.seconds(published.get().getPublishedAt())
              + ": "
              + list.entities().size()
              + " entities"
              + (list.faults().isEmpty()
                  ? ""
                  : ", and " + list.faults().size() + " skipped as faulty"));
      return ExitCode.OK;
    }

    private static String kind(KnownEntity entity) {
      return entity.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String place(KnownEntity entity) {
      String location =
          entity.location().map(point -> point.latitude() + "," + point.longitude()).orElse("");
      String place = (entity.country().orElse("") + " " + location).strip();
      return place.isEmpty() ? "-" : place;
    }

    private static void write(JsonGenerator generator, KnownEntity entity) throws IOException {
      generator.writeStringField("name", entity.name());
      generator.writeStringField("kind", kind(entity));
      JsonLines.write(generator, "aliases", entity.aliases());
      if (entity.wikidataId().isPresent()) {
        generator.writeStringField("id", entity.wikidataId().get());
      }
      if (entity.country().isPresent()) {
        generator.writeStringField("country", entity.country().get());
      }
      if (entity.location().isPresent()) {
        generator.writeNumberField("latitude", entity.location().get().latitude());
        generator.writeNumberField("longitude", entity.location().get().longitude());
      }
    }
  }

  /** {@code newswire entities show}. */
  @Command(name = "show", description = "Print the list in use as the YAML document that it is.")
  static final class ShowCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      out.print(
          published(cluster.cluster())
              .map(Rules::getDocument)
              .orElseThrow(() -> new UserError("no entity list is published")));
      out.flush();
      return ExitCode.OK;
    }
  }

  private static Optional<Rules> published(Cluster cluster) {
    Connection.check(cluster).close();
    return new PublishedRules(cluster).inUse(LiveEnricher.ENTITIES);
  }
}
