// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise of the whole: kill it whenever you like, start it again, nothing lost or repeated.
 */
@Tag("slow")
class KillTest {

  private static final int KILLS = 10;
  private static final int ARTICLES = 5_000;
  private static final int PER_FILE = 50;

  @TempDir Path folder;

  @Test
  void killedAtTenRandomMomentsWhile5000ArticlesFlowItEndsWithExactly5000() throws Exception {
    Random random = new Random();
    Path data = folder.resolve("data");
    Path drop = Files.createDirectories(folder.resolve("drop"));
    int written = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      for (int file = 0; file < ARTICLES / PER_FILE / KILLS; file++) {
        write(drop, written, PER_FILE);
        written += PER_FILE;
      }
      try (ChildProcess process = run(data, drop)) {
        // From the first steps of starting to well after the last article is stored.
        assertThat(process.endsWithin(Duration.ofMillis(random.nextInt(9_000)))).isFalse();
        process.kill();
      }
    }
    assertThat(written).isEqualTo(ARTICLES);

    try (ChildProcess process = run(data, drop)) {
      await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofSeconds(1))
          .failFast("the process ended", () -> process.endsWithin(Duration.ZERO))
          .untilAsserted(
              () -> assertThat(count(data)).as(process::output).isEqualTo("" + ARTICLES));
      await()
          .untilAsserted(
              () ->
                  assertThat(newswire("dead", "list", "--data", data).out().strip())
                      .isEqualTo("no dead letters"));
      process.stop();
      process.awaitEnd();
      assertThat(process.output()).contains("stopped");
    }
    assertThat(count(data)).isEqualTo("" + ARTICLES);
  }

  private ChildProcess run(Path data, Path drop) {
    return ChildProcess.newswire(
        folder, "run", "--data", data, "--drop", drop, "--drop-settle", "0s");
  }

  private static String count(Path data) {
    return newswire("search", "--count", "--data", data).out().strip();
  }

  private static void write(Path drop, int first, int number) throws IOException {
    StringBuilder items = new StringBuilder();
    for (int i = first; i < first + number; i++) {
      items.append(
          """
          <item>
            <guid isPermaLink="false">harbour-%1$d</guid>
            <title>Harbour report %1$d</title>
            <description>Ship %1$d left the port on Monday, its owners said.</description>
          </item>
          """
              .formatted(i));
    }
    Path partial =
        Files.writeString(
            drop.resolve("harbour-" + first + ".xml.part"),
            "<rss version=\"2.0\"><channel><title>Harbour</title>" + items + "</channel></rss>");
    Files.move(partial, drop.resolve("harbour-" + first + ".xml"), StandardCopyOption.ATOMIC_MOVE);
  }
}
