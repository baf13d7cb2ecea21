// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.broker.Broker;
import dev.newswire.cli.stages.CountedInput;
import dev.newswire.cli.stages.IngestCommand;
import dev.newswire.ingest.Counts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code newswire ingest FILE} says of what it read, and of what it could not read. */
class IngestCommandTest {

  @TempDir private static Path kafka;
  private static Broker broker;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    broker = Broker.start(kafka);
    newswire("init", "--bootstrap-server", broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aFileInWhichNothingCouldBeReadIsNamedWithTheReasonAndTheOthersAreRead() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain.txt"), "plain");
    Path feed = feed("item-1", "One");

    Console console = ingest(plain, feed);

    assertThat(console.exitCode()).isEqualTo(3);
    assertThat(console.err().lines())
        .singleElement()
        .asString()
        .isEqualTo(
            "newswire: nothing could be read in '%s': The document is plain text, which is none of the known formats."
                .formatted(plain));
    assertThat(console.out())
        .isEqualToIgnoringNewLines(
            "2 items read: 1 published, 0 published before, 1 dead letter; 'newswire dead list' shows them\n");
    assertThat(ingest(plain).err()).as("the same again").contains("plain.txt", "plain text");
  }

  @Test
  void standardInputIsNamedAsWhatItIs() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("plainer".getBytes(UTF_8)));
    try {
      Console console = ingest("-");
      assertThat(console.exitCode()).isEqualTo(3);
      assertThat(console.err()).startsWith("newswire: nothing could be read in standard input: ");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void programsGetTheSameFacts() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain.txt"), "plain for programs");

    Console console = ingest("--json", plain);

    assertThat(console.exitCode()).isEqualTo(3);
    assertThat(console.out())
        .contains("\"read\":1", "\"dead\":1")
        .contains("\"unreadable\":[{\"file\":\"" + plain + "\",\"reason\":\"The document is plain");
  }

  @Test
  void whereAllCouldBeReadItIsDone() throws IOException {
    Path feed = feed("item-2", "Two");

    Console console = ingest(feed);

    assertThat(console.exitCode()).isZero();
    assertThat(console.err()).isEmpty();
    assertThat(console.out())
        .isEqualToIgnoringNewLines(
            "1 item read: 1 published, 0 published before, 0 dead letters\n");
  }

  @Test
  void aTerminalShowsWhichShareOfTheStoredBytesIsReadAndTheTimeLeft() throws IOException {
    Path archive = folder.resolve("wire.jsonl.gz");
    try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(archive))) {
      for (int number = 0; number < 20_000; number++) {
        zipped.write(
            "{\"uri\":\"urn:harbour:%1$d\",\"headline\":\"Report %1$d\",\"body_text\":\"Ship %1$d left.\"}%n"
                .formatted(number)
                .getBytes(UTF_8));
      }
    }
    System.setProperty("newswire.terminal", "true");
    try {
      Console console = ingest(archive);
      assertThat(console.out()).startsWith("20,000 items read: 20,000 published");
      assertThat(console.err())
          .matches("(?s).*\\[#+\\.*] +[1-9]\\d?%  .* left, [\\d,]+ items, .*/s.*");
    } finally {
      System.clearProperty("newswire.terminal");
    }
  }

  @Test
  void manyAreCountedAsMany() {
    assertThat(IngestCommand.summary(new Counts(9_500, 1, 0, 2)))
        .isEqualTo(
            "9,503 items read: 9,500 published, 1 published before, 0 dead letters, 2 dead letters before; 'newswire dead list' shows them");
  }

  @Test
  void theBytesOfAFileAreCountedHoweverTheyAreRead() throws IOException {
    CountedInput content = new CountedInput(new ByteArrayInputStream(new byte[100]));

    assertThat(content.read()).isZero();
    assertThat(content.read(new byte[9], 0, 9)).isEqualTo(9);
    assertThat(content.skip(30)).isEqualTo(30);
    assertThat(content.count()).isEqualTo(40);
    content.readAllBytes();
    assertThat(content.read()).isEqualTo(-1);
    assertThat(content.count()).isEqualTo(100);
  }

  private Path feed(String id, String title) throws IOException {
    return Files.writeString(
        folder.resolve(id + ".xml"),
        """
        <rss version="2.0"><channel><title>Harbour</title><item>
          <guid isPermaLink="false">%s</guid><title>%s</title><description>x</description>
        </item></channel></rss>
        """
            .formatted(id, title));
  }

  private static Console ingest(Object... arguments) {
    Object[] all = new Object[arguments.length + 3];
    all[0] = "ingest";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--bootstrap-server";
    all[all.length - 1] = broker.bootstrapServers();
    return newswire(all);
  }
}
