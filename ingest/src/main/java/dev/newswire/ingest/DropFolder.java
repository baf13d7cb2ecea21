// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.DropListing.Look;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.runtime.InHand;
import dev.newswire.runtime.Outage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files that appear in a folder, once they are complete, and moves them to {@code done}
 * or, with a reason beside them, to {@code failed}. A file in a folder of its own within it is of
 * the provider that the inner folder is named after, and moves to that folder's like there. A file
 * is complete when it has not changed for a while; names that begin with a dot or end in .part or
 * .tmp are left alone. What can't be looked at, opened or moved stays, and is tried again.
 */
final class DropFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);

  private final Path folder;
  private final Duration settle;
  private final String provider;
  private final Publisher publisher;
  private final Clock clock;
  private final InHand inHand;
  private final Map<Path, Still> seen = new HashMap<>();
  private final Troubles troubles = new Troubles();
  private final DropArchive archive;

  /**
   * A folder.
   *
   * @param settle how long a file must not have changed to be complete; where it is zero, between
   *     two looks
   * @param provider of the files that are in no folder of their own
   */
  DropFolder(
      Path folder,
      Duration settle,
      String provider,
      Publisher publisher,
      Clock clock,
      InHand inHand) {
    this.folder = folder;
    this.settle = settle;
    this.provider = provider;
    this.publisher = publisher;
    this.clock = clock;
    this.inHand = inHand;
    archive = new DropArchive(folder);
  }

  /**
   * A file that has not changed.
   *
   * @param since when it was first seen like this
   */
  private record Still(Look look, Instant since) {}

  /**
   * Publishes the files that are complete now.
   *
   * @return what became of their items
   * @throws Outage where Kafka does not take them now; the files stay
   */
  Counts poll() {
    try {
      Files.createDirectories(folder);
      troubles.over(folder);
    } catch (IOException e) {
      troubles.tell(folder, e);
      return Counts.NONE;
    }
    DropListing listing = new DropListing(folder, DropArchive.FOLDERS);
    listing.troubles().forEach(troubles::tell);
    troubles.forgetVanished();
    seen.keySet().retainAll(listing.files().keySet());
    Counts counts = Counts.NONE;
    for (Map.Entry<Path, Look> file : listing.files().entrySet()) {
      if (isComplete(file.getKey(), file.getValue())) {
        counts = counts.plus(take(file.getKey(), file.getValue()));
      }
    }
    return counts;
  }

  private boolean isComplete(Path file, Look look) {
    Instant now = clock.instant();
    Still before = seen.get(file);
    if (before == null || !before.look.equals(look) || now.isBefore(before.since)) {
      seen.put(file, new Still(look, now));
      return false;
    }
    return Duration.between(before.since, now).compareTo(settle) >= 0;
  }

  /** Reads a file and moves it away, unless it was written to meanwhile. */
  private Counts take(Path file, Look look) {
    AtomicReference<Counts> committed = new AtomicReference<>(Counts.NONE);
    try {
      checkMovable(file);
      Optional<String> failure = read(file, look, committed::set);
      if (look.equals(Look.at(file))) {
        move(file, failure);
      } else {
        // The next look finds it changed, and waits again.
        LOG.info("{} changed while it was read; it is read again", file.getFileName());
      }
      troubles.over(file);
    } catch (NoSuchFileException e) {
      LOG.info("{} was taken away before it was moved", file.getFileName());
    } catch (IOException e) {
      troubles.tell(file, e);
      seen.put(file, new Still(look, clock.instant()));
    }
    return committed.get();
  }

  /** A file that can't be moved is not read, or it would be read again and again. */
  private void checkMovable(Path file) throws IOException {
    for (Path changed : List.of(file.getParent(), archive.done(file))) {
      if (!Files.isWritable(changed)) {
        throw new AccessDeniedException(changed.toString());
      }
    }
  }

  /**
   * Publishes what is in a file.
   *
   * @return why it is no file to publish; empty where it is one
   * @throws IOException where it can't be opened
   */
  private Optional<String> read(Path file, Look look, Consumer<Counts> committed)
      throws IOException {
    String sender =
        folder.equals(file.getParent()) ? provider : file.getParent().getFileName().toString();
    if (!sender.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      return Optional.of("the folder's name '" + sender + "' is no provider's name");
    }
    String input = "drop " + file.toAbsolutePath() + " " + look;
    if (inHand.isSetAside(input)) {
      return Optional.of(InHand.REASON);
    }
    Delivery delivery =
        Delivery.of(sender, sender + "-drop", file.getFileName().toString(), clock.instant());
    InputStream opened = DropListing.open(folder, file, look);
    try (InputStream content = new BufferedInputStream(opened)) {
      return inHand.hold(
          input, () -> publisher.publish(delivery, content, committed).whyUnreadable());
    } catch (IOException e) {
      return Optional.of("it can't be read to its end: " + e.getMessage());
    } catch (Outage e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (Outage.isCauseOf(e)) {
        throw e;
      }
      return Optional.of("it can't be published: " + e);
    }
  }

  private void move(Path file, Optional<String> failure) throws IOException {
    if (failure.isPresent()) {
      archive.moveToFailed(file, failure.get());
    } else {
      archive.moveToDone(file);
    }
  }
}
