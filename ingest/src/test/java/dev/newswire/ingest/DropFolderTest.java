// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.newswire.ingest.formats.Formats;
import dev.newswire.runtime.InHand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
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
    drop = folder(Duration.ZERO, publisher);
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

  @Test
  void aFileIsLeftUntilItHasNotChangedForAsLongAsWasSaid() throws IOException {
    Hands clock = new Hands();
    DropFolder patient =
        new DropFolder(folder, Duration.ofSeconds(3), "files", publisher, clock, InHand.unmarked());
    Path file = write("a.xml", "<rss version=\"2.0\"><channel>");
    patient.poll();
    clock.advance(Duration.ofMillis(2_500));
    assertThat(patient.poll()).as("its writer pauses").isEqualTo(Counts.NONE);
    Files.writeString(file, Feeds.rss(Feeds.item("1", "One")));
    patient.poll();
    clock.advance(Duration.ofMillis(2_999));
    assertThat(patient.poll()).isEqualTo(Counts.NONE);
    clock.advance(Duration.ofMillis(1));
    assertThat(patient.poll()).isEqualTo(new Counts(1, 0, 0, 0));
  }

  @Test
  void aFileThatChangesWhileItIsReadStaysAndIsReadAgain() throws IOException {
    Path cut =
        write("a.xml", "<rss version=\"2.0\"><channel>" + Feeds.item("1", "One") + "<item><gu");
    Path whole = write("a.xml.part", Feeds.rss(Feeds.item("1", "One"), Feeds.item("2", "Two")));
    // The publisher connects once the file is open, which is when its sender goes on with it.
    try (Publisher interrupted =
        new Publisher(
            kafka.cluster,
            new Formats(),
            () -> {
              replace(cut, whole);
              return Transactions.under(
                  "newswire-ingest", kafka.cluster, new SimpleMeterRegistry());
            })) {
      DropFolder watched = folder(Duration.ZERO, interrupted);
      watched.poll();
      assertThat(watched.poll().published()).isEqualTo(1);
      assertThat(files()).as("it was cut").containsExactly("a.xml");
      watched.poll();
      assertThat(watched.poll()).isEqualTo(new Counts(1, 1, 0, 0));
      assertThat(files()).containsExactly("done/a.xml");
    }
  }

  @Test
  void filesThatAreRenamedWhileTheFolderIsLookedAtArePassedOver() throws Exception {
    DropFolder patient = folder(Duration.ofHours(1), publisher);
    FutureTask<Void> renaming = new FutureTask<>(this::rename, null);
    try (LoggedLines log = new LoggedLines(Troubles.class)) {
      new Thread(renaming, "renaming").start();
      while (!renaming.isDone()) {
        assertThat(patient.poll()).isEqualTo(Counts.NONE);
      }
      renaming.get();
      assertThat(log.lines()).isEmpty();
    }
  }

  /** As senders do, and for each a file that is renamed once more. */
  private void rename() {
    for (int number = 0; number < 2_000; number++) {
      Path hidden = write(".r-" + number % 50 + ".tmp", "{}");
      Path shown = folder.resolve("r-" + number % 50 + ".json");
      replace(shown, hidden);
      replace(folder.resolve("s-" + number % 50 + ".json"), shown);
    }
  }

  @Test
  void aFileThatCanNotBeMovedIsToldOnceAndReadWhenItCan() throws IOException {
    Path inTheWay = write("done", "no folder");
    Path file = write("a.xml", Feeds.rss(Feeds.item("1", "One")));
    try (LoggedLines log = new LoggedLines(Troubles.class)) {
      for (int look = 0; look < 5; look++) {
        assertThat(drop.poll()).isEqualTo(Counts.NONE);
      }
      assertThat(log.lines())
          .filteredOn(line -> line.contains(file.toString()))
          .singleElement()
          .asString()
          .startsWith("WARN")
          .contains("FileAlreadyExistsException");
    }
    Files.delete(inTheWay);
    assertThat(drop.poll()).isEqualTo(new Counts(1, 0, 0, 0));
    assertThat(files()).containsExactly("done/a.xml");
  }

  @Test
  void aFolderThatCanNotBeMadeIsToldOnceAndEndsNothing() throws IOException {
    Path taken = write("taken.part", "no folder");
    DropFolder none =
        new DropFolder(
            taken, Duration.ZERO, "files", publisher, Clock.systemUTC(), InHand.unmarked());
    try (LoggedLines log = new LoggedLines(Troubles.class)) {
      none.poll();
      none.poll();
      assertThat(log.lines()).singleElement().asString().contains(taken.toString());
    }
  }

  @Test
  void whatMayNotBeReadIsToldOnceAndReadWhenItMay() throws IOException {
    Path file = write("a.xml", Feeds.rss(Feeds.item("1", "One")));
    Path within = write("tidewater/b.xml", Feeds.rss(Feeds.item("2", "Two"))).getParent();
    Set<PosixFilePermission> usual = Files.getPosixFilePermissions(within);
    Files.setPosixFilePermissions(file, Set.of());
    Files.setPosixFilePermissions(within, Set.of());
    assumeFalse(Files.isReadable(file), "whoever may read everything finds nothing to tell");
    try (LoggedLines log = new LoggedLines(Troubles.class)) {
      for (int look = 0; look < 5; look++) {
        assertThat(drop.poll()).isEqualTo(Counts.NONE);
      }
      assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains("AccessDenied"));
    } finally {
      Files.setPosixFilePermissions(file, usual);
      Files.setPosixFilePermissions(within, usual);
    }
    drop.poll();
    drop.poll();
    assertThat(files()).containsExactly("done/a.xml", "done/tidewater/b.xml");
  }

  @Test
  void aReasonNeverReplacesAFailedFileNorAFileAReason() throws IOException {
    for (String name : List.of("a.xml", "a.xml.reason", "a.xml.2", "a.xml")) {
      write(name, "no feed but " + name);
      drop.poll();
      drop.poll();
    }
    assertThat(files())
        .containsExactly(
            "failed/a.xml",
            "failed/a.xml.2",
            "failed/a.xml.2.reason",
            "failed/a.xml.3",
            "failed/a.xml.3.reason",
            "failed/a.xml.reason",
            "failed/a.xml.reason.2",
            "failed/a.xml.reason.2.reason");
    assertThat(Files.readString(folder.resolve("failed/a.xml.reason.2")))
        .isEqualTo("no feed but a.xml.reason");
    assertThat(Files.readString(folder.resolve("failed/a.xml.reason"))).contains("plain text");
  }

  @Test
  void aFileWhoseNameIsAsLongAsNamesMayBeIsMovedUnderAShorterOne() throws IOException {
    String longest = "a".repeat(248) + ".xml";
    for (int copy = 0; copy < 2; copy++) {
      write(longest, "no feed at all");
      drop.poll();
      drop.poll();
    }
    write("\u00e9".repeat(125) + ".xml", Feeds.rss(Feeds.item("1", "One")));
    drop.poll();
    drop.poll();
    assertThat(files())
        .containsExactlyInAnyOrder(
            "done/" + "\u00e9".repeat(125) + ".xml",
            "failed/" + "a".repeat(243) + "~.xml",
            "failed/" + "a".repeat(243) + "~.xml.reason",
            "failed/" + "a".repeat(241) + "~.xml.2",
            "failed/" + "a".repeat(241) + "~.xml.2.reason");
  }

  @Test
  void whatIsDoneAndWhatFailsKeepsTheFolderOfItsProvider() throws IOException {
    write("tidewater/a.xml", Feeds.rss(Feeds.item("1", "One")));
    write("harbour/a.xml", "no feed at all");
    drop.poll();
    drop.poll();
    assertThat(files())
        .containsExactly(
            "done/tidewater/a.xml", "failed/harbour/a.xml", "failed/harbour/a.xml.reason");
  }

  @Test
  void aLinkThatTakesTheirPlaceAfterTheLookIsNotFollowed() throws IOException {
    Path secret = Files.writeString(temporary.resolve("a.xml"), "secret");
    Path file = write("a.xml", "news");
    Path within = write("tidewater/a.xml", "news");
    DropListing listing = new DropListing(folder, DropArchive.FOLDERS);
    replaceByLink(file, secret);
    Files.delete(within);
    replaceByLink(within.getParent(), temporary);
    for (Path each : List.of(file, within)) {
      assertThatThrownBy(() -> DropListing.open(folder, each, listing.files().get(each)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherFileThatTakesItsPlaceAfterTheLookWaitsForItsOwn() throws IOException {
    Path file = write("a.xml", "news");
    DropListing listing = new DropListing(folder, DropArchive.FOLDERS);
    replace(file, write("b.xml", "other"));
    assertThatThrownBy(() -> DropListing.open(folder, file, listing.files().get(file)))
        .hasMessageContaining("another file is in its place");
  }

  private static void replaceByLink(Path file, Path target) throws IOException {
    Files.delete(file);
    Files.createSymbolicLink(file, target);
  }

  private DropFolder folder(Duration settle, Publisher to) {
    return new DropFolder(folder, settle, "files", to, Clock.systemUTC(), InHand.unmarked());
  }

  private static void replace(Path file, Path by) {
    try {
      Files.move(by, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A clock that is set by hand. */
  private static final class Hands extends Clock {

    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("always UTC");
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
