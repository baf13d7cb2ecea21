// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stories;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.cli.options.DataOptions;
import dev.newswire.cli.options.OptionTypes;
import dev.newswire.cli.options.StoreOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.output.Timestamps;
import dev.newswire.sink.Stories;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code newswire stories list}. */
@Command(
    name = "list",
    description = {
      "List the stories of the store, the largest first.",
      "Only articles that may be shown now lead and count."
    })
final class StoriesList implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;
  @Mixin private StoreOptions store;

  @Option(
      names = "--since",
      paramLabel = "MOMENT",
      description = "Only stories with an article published at this moment or later, such as 1d.")
  private OptionTypes.Moment since;

  @Option(
      names = "--until",
      paramLabel = "MOMENT",
      description = "Only stories with an article published before this moment.")
  private OptionTypes.Moment until;

  @Option(
      names = "--language",
      paramLabel = "CODE",
      description = "Only stories in this language. Given more than once: in any of them.")
  private List<String> languages = new ArrayList<>();

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Only stories that this provider has an article of.")
  private String provider;

  private int articles = 2;

  @Option(
      names = "--min-articles",
      paramLabel = "NUMBER",
      description = "Only stories with as many articles, from 1 to 100000. Default: 2.")
  void setArticles(int number) {
    articles = OptionTypes.inRange(spec, "--min-articles", number, 1, 100_000);
  }

  private Stories.Sort sort = Stories.Sort.SIZE;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description = "size, the most articles first, or time, the newest first. Default: size.")
  void setSort(String name) {
    sort =
        switch (name) {
          case "size" -> Stories.Sort.SIZE;
          case "time" -> Stories.Sort.TIME;
          default ->
              throw new ParameterException(
                  spec.commandLine(), "--sort: '" + name + "' is no order; it is size or time");
        };
  }

  private int limit = 20;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      description = "Most stories to show, from 1 to 10000. Default: 20.")
  void setLimit(int number) {
    limit = OptionTypes.inRange(spec, "--limit", number, 1, 10_000);
  }

  @Option(names = "--json", description = "One JSON object a line, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    Instant now = Clock.systemUTC().instant();
    Stories.Query query =
        new Stories.Query(
            Optional.ofNullable(since).map(moment -> moment.before(now)),
            Optional.ofNullable(until).map(moment -> moment.before(now)),
            languages,
            Optional.ofNullable(provider),
            articles,
            sort,
            limit);
    PrintWriter out = spec.commandLine().getOut();
    try (Stories stories = store.database(data.folder()).stories()) {
      List<Stories.Summary> found = stories.list(query);
      if (json) {
        found.forEach(story -> JsonLines.print(out, generator -> write(generator, story)));
      } else if (found.isEmpty()) {
        out.println("nothing found");
      } else {
        print(out, found);
      }
    }
    return ExitCode.OK;
  }

  private static void print(PrintWriter out, List<Stories.Summary> found) {
    Table table = new Table("LAST", "-ARTICLES", "-ORIGINALS", "-PROVIDERS", "STORY", "HEADLINE");
    for (Stories.Summary story : found) {
      table.row(
          Timestamps.minutes(story.last()),
          story.articles(),
          story.originals(),
          story.providers(),
          story.id(),
          story.headline());
    }
    table.print(out, Terminal.current());
  }

  static void write(JsonGenerator generator, Stories.Summary story) throws IOException {
    generator.writeStringField("id", story.id());
    generator.writeStringField("language", story.language().orElse(null));
    generator.writeStringField("lead", story.lead());
    generator.writeStringField("headline", story.headline());
    generator.writeStringField("first", story.first().toString());
    generator.writeStringField("last", story.last().toString());
    generator.writeNumberField("articles", story.articles());
    generator.writeNumberField("originals", story.originals());
    generator.writeNumberField("providers", story.providers());
  }
}
