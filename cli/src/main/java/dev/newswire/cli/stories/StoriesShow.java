// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stories;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.cli.options.DataOptions;
import dev.newswire.cli.options.StoreOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.output.Timestamps;
import dev.newswire.runtime.UserError;
import dev.newswire.sink.Stories;
import dev.newswire.sink.Stories.Named;
import dev.newswire.sink.Stories.Summary;
import dev.newswire.sink.Stories.Telling;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire stories show}. */
@Command(
    name = "show",
    description = {
      "Show one story: its articles in order of time, who sent them, whose copy each is, and the",
      "people, organisations and places that it is about.",
      "A copy that came before its original was revised, and was not revised since, is marked."
    })
final class StoriesShow implements Callable<Integer> {

  private static final int MOST_NAMED = 30;

  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;
  @Mixin private StoreOptions store;

  @Parameters(paramLabel = "ID", description = "Id of a story, or of an article in it.")
  private String id;

  @Option(names = "--json", description = "One JSON object, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Stories stories = store.database(data.folder()).stories()) {
      Summary story =
          stories
              .find(id)
              .orElseThrow(
                  () ->
                      new UserError(
                          "no story '"
                              + id
                              + "', and no article of a story; what was killed or is"
                              + " under embargo is not shown"));
      List<Telling> articles = stories.articles(story.id());
      List<Named> named = stories.named(story.id(), MOST_NAMED);
      if (json) {
        JsonLines.print(out, generator -> write(generator, story, articles, named));
      } else {
        print(out, story, articles, named);
      }
    }
    return ExitCode.OK;
  }

  private static void print(
      PrintWriter out, Summary story, List<Telling> articles, List<Named> named) {
    Terminal terminal = Terminal.current();
    out.println(terminal.bold(Table.printable(story.headline())));
    out.println(
        terminal.faint(
            story.id()
                + "  "
                + Timestamps.minutes(story.first())
                + " to "
                + Timestamps.minutes(story.last())
                + "  "
                + count(story.articles(), "article")
                + ", "
                + count(story.originals(), "original")
                + ", "
                + count(story.providers(), "provider")));
    out.println();
    Table table = new Table("PUBLISHED", "PROVIDER", "ARTICLE", "COPY OF", "HEADLINE");
    for (Telling article : articles) {
      table.row(
          Timestamps.minutes(article.published()),
          article.provider(),
          article.id(),
          article.copyOf().orElse("") + (article.outdated() ? " (before its revision)" : ""),
          article.headline());
    }
    table.print(out, terminal);
    out.println();
    line(out, "providers", providers(articles));
    for (String kind : List.of("person", "organisation", "place")) {
      line(out, kind, names(named, kind));
    }
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private static void line(PrintWriter out, String title, String text) {
    if (!text.isEmpty()) {
      out.println(title + ": " + Table.printable(text));
    }
  }

  /** In the order of their first article. */
  private static String providers(List<Telling> articles) {
    Map<String, Integer> providers = new LinkedHashMap<>();
    articles.forEach(article -> providers.merge(article.provider(), 1, Integer::sum));
    return providers.entrySet().stream()
        .map(provider -> provider.getKey() + " " + provider.getValue())
        .collect(Collectors.joining(" · "));
  }

  private static String names(List<Named> named, String kind) {
    return named.stream()
        .filter(entity -> entity.kind().equals(kind))
        .map(entity -> entity.name() + " " + entity.articles())
        .collect(Collectors.joining(" · "));
  }

  private static void write(
      JsonGenerator generator, Summary story, List<Telling> articles, List<Named> named)
      throws IOException {
    StoriesList.write(generator, story);
    generator.writeArrayFieldStart("timeline");
    for (Telling article : articles) {
      generator.writeStartObject();
      generator.writeStringField("article", article.id());
      generator.writeStringField("provider", article.provider());
      generator.writeStringField("published", article.published().toString());
      generator.writeStringField("received", article.received().toString());
      generator.writeStringField("headline", article.headline());
      generator.writeStringField("copyGroup", article.copyGroup().orElse(null));
      generator.writeStringField("copyOf", article.copyOf().orElse(null));
      generator.writeBooleanField("beforeRevision", article.outdated());
      generator.writeNumberField("score", article.score());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("entities");
    for (Named entity : named) {
      generator.writeStartObject();
      generator.writeStringField("kind", entity.kind());
      generator.writeStringField("name", entity.name());
      generator.writeStringField("wikidataId", entity.wikidataId().orElse(null));
      generator.writeNumberField("articles", entity.articles());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }
}
