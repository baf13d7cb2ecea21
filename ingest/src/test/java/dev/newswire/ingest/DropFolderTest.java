// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.ingest.formats.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class DropFolderTest {

  @TempDir static Path temporary;
  @RegisterExtension private static final Kafka kafka = new Kafka();
  private Path folder;
  private Publisher publisher;
  private DropFolder drop;

  @BeforeEach
  void start() throws IOException {
    folder = Files.createTempDirectory(temporary, "drop");
    publisher = new Publisher(kafka.cluster, "newswire-ingest", new Formats());
    drop = new DropFolder(folder, "files", publisher, Clock.systemUTC());
    drop.poll();
  }

  @AfterEach
  void stop() {
    publisher.close();
  }

  @Test
  void aFileIsReadOnceItIsCompleteAndMovedToDone() throws IOException {
    Path file = write("a.xml", "<rss version=\"2.0\"><channel>");
    assertThat(drop.poll()).isEqualTo(Counts.NONE);
    Files.writeString(file, Feeds.rss(Feeds.item("1", "One")));
    assertThat(drop.poll()).as("it has changed since the last look").isEqualTo(Counts.NONE);
    assertThat(drop.poll()).isEqualTo(new Counts(1, 0, 0, 0));
    assertThat(files()).containsExactly("done/a.xml");
  }

  @Test
  void aFileThatIsNoFeedMovesToFailedWithAReasonBesideItAndTheOthersGoOn() throws IOException {
    write("a.xml", "no feed at all");
    write("b.xml", Feeds.rss(Feeds.item("1", "One")));
    drop.poll();
    assertThat(drop.poll()).isEqualTo(new Counts(1, 0, 1, 0));
    assertThat(files()).containsExactly("done/b.xml", "failed/a.xml", "failed/a.xml.reason");
    assertThat(Files.readString(folder.resolve("failed/a.xml.reason")))
        .isEqualTo("The document is plain text, which is none of the known formats.\n");
    write("c.xml", "no feed at all");
    drop.poll();
    drop.poll();
    assertThat(files()).as("the same again").contains("failed/c.xml", "failed/c.xml.reason");
    await().untilAsserted(() -> assertThat(kafka.deadLetters()).hasSize(1));
  }

  @Test
  void aFolderWithinNamesTheProvider() throws IOException {
    write("tidewater/a.xml", Feeds.rss(Feeds.item("1", "One")));
    drop.poll();
    drop.poll();
    await()
        .untilAsserted(
            () ->
                assertThat(kafka.articles())
                    .extracting(raw -> raw.getArticle().getId())
                    .containsExactly("tidewater/tidewater-drop#1"));
  }

  @Test
  void filesThatAreStillWrittenOrHiddenAreLeftAlone() throws IOException {
    write("a.xml.part", "x");
    write("a.xml.tmp", "x");
    write(".a.xml", "x");
    drop.poll();
    assertThat(drop.poll()).isEqualTo(Counts.NONE);
    assertThat(files()).hasSize(3);
  }

  @Test
  void aSecondFileOfTheSameNameDoesNotReplaceTheFirst() throws IOException {
    for (String title : List.of("One", "Two")) {
      write("a.xml", Feeds.rss(Feeds.item(title, title)));
      drop.poll();
      drop.poll();
    }
    assertThat(files()).containsExactly("done/a.xml", "done/a.xml.2");
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
