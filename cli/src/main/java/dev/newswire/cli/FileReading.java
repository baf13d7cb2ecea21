// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.ingest.Counts;
import dev.newswire.ingest.Publisher;
import dev.newswire.ingest.Publisher.Outcome;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.runtime.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads files one after another and publishes what is in them. Not thread-safe. */
final class FileReading {

  private final Publisher publisher;
  private final String provider;
  private final Progress progress;
  private final List<Unreadable> unreadable = new ArrayList<>();
  private Counts counts = Counts.NONE;
  private long bytesBefore;

  /**
   * A file in which no article could be read.
   *
   * @param file as it was given
   * @param reason of the first item that could not be read
   */
  record Unreadable(Path file, String reason) {}

  FileReading(Publisher publisher, String provider, Progress progress) {
    this.publisher = publisher;
    this.provider = provider;
    this.progress = progress;
  }

  /** The feed that files of a provider are of. */
  static String feed(String provider) {
    return provider + "-files";
  }

  /** What became of all items so far. */
  Counts counts() {
    return counts;
  }

  /** The files in which no article could be read. */
  List<Unreadable> unreadable() {
    return unreadable;
  }

  /**
   * Reads the files.
   *
   * @throws UserError where one can't be read to its end
   */
  void read(List<Path> files) {
    OptionalLong size = size(files);
    for (Path file : files) {
      try (CountedInput content = new CountedInput(open(file))) {
        read(file, content, size);
        bytesBefore += content.count();
      } catch (IOException e) {
        throw new UserError("can't read the file '" + file + "': " + e.getMessage(), e);
      }
    }
  }

  private void read(Path file, CountedInput content, OptionalLong size) throws IOException {
    Counts before = counts;
    String source = UserFiles.isStandardInput(file) ? "stdin" : file.getFileName().toString();
    Delivery delivery =
        Delivery.of(provider, feed(provider), source, Clock.systemUTC().instant())
            .keepingProviders();
    show(before, content, size);
    Outcome outcome =
        publisher.publish(
            delivery,
            new BufferedInputStream(content),
            committed -> show(before.plus(committed), content, size));
    outcome.whyUnreadable().ifPresent(why -> unreadable.add(new Unreadable(file, why)));
    counts = before.plus(outcome.counts());
  }

  private void show(Counts read, CountedInput content, OptionalLong size) {
    if (size.isPresent()) {
      double part = (double) (bytesBefore + content.count()) / Math.max(1, size.getAsLong());
      // A file may grow while it is read.
      progress.at(read.read(), Math.min(1, part));
    } else {
      progress.at(read.read());
    }
  }

  /** How many bytes the files have as they are stored; empty where that is not known. */
  private static OptionalLong size(List<Path> files) {
    long size = 0;
    for (Path file : files) {
      if (UserFiles.isStandardInput(file)) {
        return OptionalLong.empty();
      }
      try {
        size += Files.size(file);
      } catch (IOException e) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(size);
  }

  private static InputStream open(Path file) throws IOException {
    return UserFiles.isStandardInput(file) ? System.in : Files.newInputStream(file);
  }
}
