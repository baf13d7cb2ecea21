// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.operations;

import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.HumanReadable;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Progress;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.operations.StoriesDifference;
import dev.newswire.operations.StoriesReplay;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.StoryAssignment;
import java.io.PrintWriter;
import java.time.Duration;

/** What {@code newswire replay --stories} does and shows. */
final class StoriesReplayRun {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final StoriesReplay replay;
  private final PrintWriter out;
  private final PrintWriter err;
  private final int examples;

  StoriesReplayRun(StoriesReplay replay, PrintWriter out, PrintWriter err, int examples) {
    this.replay = replay;
    this.out = out;
    this.err = err;
    this.examples = examples;
  }

  /** Builds, and shows what would change. */
  int preview(boolean json) {
    build();
    StoriesDifference difference = replay.difference();
    if (json) {
      difference
          .moved()
          .forEach(
              id ->
                  JsonLines.print(
                      out,
                      generator -> {
                        generator.writeStringField("article", id);
                        generator.writeStringField(
                            "story",
                            difference
                                .assignments()
                                .get(id)
                                .map(StoryAssignment::getStory)
                                .orElse(null));
                      }));
    } else {
      print(difference);
    }
    return difference.isVisible() ? ReplayCommand.WOULD_CHANGE : ExitCode.OK;
  }

  /** Builds, waits for the stage to be stopped, and swaps. */
  int execute() {
    build();
    awaitStopped();
    print(replay.swap());
    out.println("done: start the stage again, it goes on from here");
    return ExitCode.OK;
  }

  private void build() {
    Progress progress = new Progress(err, Terminal.current(), "articles");
    replay.build(progress::at);
    progress.end();
  }

  private void awaitStopped() {
    if (!replay.isStageRunning()) {
      return;
    }
    err.println(
        "newswire: the new stories are ready; stop the stage stories now ('newswire run' or"
            + " 'newswire stories'), and they are put in place");
    err.flush();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (replay.isStageRunning()) {
      if (System.nanoTime() > deadline) {
        throw new UserError("the stage stories is still running; nothing was changed");
      }
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        throw new org.apache.kafka.common.errors.InterruptException(e);
      }
    }
  }

  private void print(StoriesDifference difference) {
    out.printf(
        "%s articles read, %s that can't be read%n",
        HumanReadable.number(replay.read()), HumanReadable.number(replay.unreadable()));
    Table table = new Table("CHANGE", "-NUMBER");
    table.row("articles in another story", HumanReadable.number(difference.moved().size()));
    table.row(
        "articles that are copies of another", HumanReadable.number(difference.copies().size()));
    table.row("stories begun", HumanReadable.number(difference.begun().size()));
    table.row("stories ended", HumanReadable.number(difference.ended().size()));
    table.print(out, Terminal.current());
    difference.moved().stream()
        .limit(examples)
        .forEach(
            id ->
                out.println(
                    Table.printable(
                        id
                            + " goes to "
                            + difference
                                .assignments()
                                .get(id)
                                .map(StoryAssignment::getStory)
                                .orElse("no story"))));
  }
}
