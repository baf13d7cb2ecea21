// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stories;

import dev.newswire.cli.options.DataOptions;
import dev.newswire.cli.options.StoreOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.sink.Database;
import dev.newswire.sink.Search;
import dev.newswire.sink.Stories;
import dev.newswire.stories.Comparison;
import dev.newswire.stories.StorySettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire stories explain}. */
@Command(
    name = "explain",
    description = {
      "Say why two articles are, or are not, in one story, and copies of one text.",
      "They are compared as the stage does it, among the articles of the store from their days."
    })
final class StoriesExplain implements Callable<Integer> {

  /** As many as make no difference to how rare a word is. */
  private static final int NEIGHBOURS = 5_000;

  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;
  @Mixin private StoreOptions store;

  @Parameters(index = "0", paramLabel = "ID", description = "Id of an article.")
  private String one;

  @Parameters(index = "1", paramLabel = "ID", description = "Id of another.")
  private String other;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Database database = store.database(data.folder());
    try (Search search = database.search();
        Stories stories = database.stories()) {
      EnrichedArticle first = article(search, one);
      EnrichedArticle second = article(search, other);
      decided(out, stories);
      if (!Objects.equals(first.getLanguage(), second.getLanguage())) {
        out.println(
            "They are in two languages, "
                + first.getLanguage()
                + " and "
                + second.getLanguage()
                + ": a story has one.");
        return ExitCode.OK;
      }
      compared(out, first, second, Comparison.of(around(stories, first, second), first, second));
    }
    return ExitCode.OK;
  }

  private static EnrichedArticle article(Search search, String id) {
    return search
        .article(id)
        .orElseThrow(() -> new UserError("no published article '" + id + "' in the store"));
  }

  private void decided(PrintWriter out, Stories stories) {
    Optional<Stories.Summary> first = stories.find(one);
    Optional<Stories.Summary> second = stories.find(other);
    if (first.isEmpty() || second.isEmpty()) {
      out.println("The stage has not decided about both yet.");
    } else if (first.get().id().equals(second.get().id())) {
      out.println(
          "Both are in the story "
              + first.get().id()
              + " of "
              + first.get().articles()
              + " articles.");
    } else {
      out.println(
          "They are in two stories, " + first.get().id() + " and " + second.get().id() + ".");
    }
  }

  private static List<EnrichedArticle> around(
      Stories stories, EnrichedArticle first, EnrichedArticle second) {
    Duration window = StorySettings.DEFAULT.storyWindow();
    Instant one = first.getArticle().getPublished();
    Instant two = second.getArticle().getPublished();
    Instant last = one.isAfter(two) ? one : two;
    String language = first.getLanguage() == null ? "" : first.getLanguage();
    return stories.between(last.minus(window), last, language, NEIGHBOURS);
  }

  private static void compared(
      PrintWriter out, EnrichedArticle first, EnrichedArticle second, Comparison comparison) {
    Terminal terminal = Terminal.current();
    Duration gap =
        Duration.between(first.getArticle().getPublished(), second.getArticle().getPublished())
            .abs();
    if (gap.compareTo(StorySettings.DEFAULT.storyWindow()) > 0) {
      out.println(
          "They are further apart than a story's window: one joins the other's story only through"
              + " articles between them.");
    }
    out.println();
    Table table = new Table("ONE WITH THE OTHER ALONE", "-ADDS");
    comparison.parts().forEach((name, part) -> table.row(name, figure(part)));
    table.row("sum, above 0 for one story", figure(comparison.score()));
    table.print(out, terminal);
    out.println();
    out.printf(
        "%s: %.0f %% of the shorter text is in the other, of its figures %.0f %%, of its names %.0f"
            + " %%. A copy has at least 45, 60 and 60.%n",
        comparison.copy() ? "Copies of one text" : "No copies",
        100 * comparison.overlap(),
        100 * comparison.figures(),
        100 * comparison.names());
  }

  private static String figure(double part) {
    return String.format("%+.2f", part);
  }
}
