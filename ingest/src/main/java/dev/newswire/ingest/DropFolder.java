// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files that appear in a folder, once they are complete, and moves them to {@code done}
 * or, with a reason beside them, to {@code failed}. A file in a folder of its own within it is of
 * the provider that the inner folder is named after. A file is complete when it has not changed
 * between two looks; names that begin with a dot or end in .part or .tmp are left alone.
 */
final class DropFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
  private static final String DONE = "done";
  private static final String FAILED = "failed";

  private final Path folder;
  private final String provider;
  private final Publisher publisher;
  private final Clock clock;
  private Map<Path, Look> lastLook = new HashMap<>();

  DropFolder(Path folder, String provider, Publisher publisher, Clock clock) {
    this.folder = folder;
    this.provider = provider;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** What a file looked like. */
  private record Look(long size, FileTime modified) {}

  /**
   * Publishes the files that are complete now.
   *
   * @return what became of their items
   * @throws Outage where Kafka does not take them now; the files stay
   */
  Counts poll() {
    Counts counts = Counts.NONE;
    try {
      Files.createDirectories(folder);
      Map<Path, Look> looks = new HashMap<>();
      for (Path file : files(folder)) {
        Look look = look(file);
        if (look.equals(lastLook.get(file))) {
          counts = counts.plus(publish(file));
        } else {
          looks.put(file, look);
        }
      }
      lastLook = looks;
    } catch (IOException e) {
      throw new UncheckedIOException("the drop folder " + folder + " can't be read", e);
    }
    return counts;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.find(folder, 2, DropFolder::isCandidate)) {
      return files
          .filter(file -> !file.startsWith(folder.resolve(DONE)))
          .filter(file -> !file.startsWith(folder.resolve(FAILED)))
          .sorted()
          .toList();
    }
  }

  private static boolean isCandidate(Path file, BasicFileAttributes attributes) {
    String name = file.getFileName().toString();
    return attributes.isRegularFile()
        && !name.startsWith(".")
        && !name.endsWith(".part")
        && !name.endsWith(".tmp");
  }

  private static Look look(Path file) throws IOException {
    return new Look(Files.size(file), Files.getLastModifiedTime(file));
  }

  private Counts publish(Path file) throws IOException {
    String sender =
        folder.equals(file.getParent()) ? provider : file.getParent().getFileName().toString();
    if (!sender.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      move(file, FAILED, "the folder's name '" + sender + "' is no provider's name");
      return Counts.NONE;
    }
    Delivery delivery =
        Delivery.of(sender, sender + "-drop", file.getFileName().toString(), clock.instant());
    AtomicReference<Counts> committed = new AtomicReference<>(Counts.NONE);
    try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
      Counts counts = publisher.publish(delivery, content, committed::set);
      Optional<String> reason =
          counts.isUnreadable() ? whyUnreadable(delivery, file) : Optional.empty();
      move(file, reason.isPresent() ? FAILED : DONE, reason.orElse(""));
      return counts;
    } catch (NoSuchFileException e) {
      LOG.info("{} was taken away before it was read", file.getFileName());
      return Counts.NONE;
    } catch (IOException e) {
      move(file, FAILED, "it can't be read to its end: " + e.getMessage());
      return committed.get();
    }
  }

  private static Optional<String> whyUnreadable(Delivery delivery, Path file) throws IOException {
    try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
      return new Formats().whyUnreadable(delivery, content);
    }
  }

  private void move(Path file, String to, String reason) throws IOException {
    Path target = Files.createDirectories(folder.resolve(to));
    String name = file.getFileName().toString();
    Path moved = target.resolve(name);
    for (int copy = 2; Files.exists(moved); copy++) {
      moved = target.resolve(name + "." + copy);
    }
    if (!reason.isEmpty()) {
      LOG.warn("{} moved to {}: {}", name, to, reason);
      Files.writeString(
          target.resolve(moved.getFileName() + ".reason"), reason + "\n", StandardCharsets.UTF_8);
    }
    Files.move(file, moved, StandardCopyOption.ATOMIC_MOVE);
  }
}
