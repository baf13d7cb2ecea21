// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import dev.newswire.cli.options.UserFiles;
import dev.newswire.cli.output.Progress;
import dev.newswire.ingest.Counts;
import dev.newswire.ingest.Publisher;
import dev.newswire.ingest.Publisher.Outcome;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.runtime.Backoff;
import dev.newswire.runtime.Outage;
import dev.newswire.runtime.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads files one after another and publishes what is in them. Not thread-safe. */
public final class FileReading {

  private static final Logger LOG = LoggerFactory.getLogger(FileReading.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** Then the command ends; the same files given again go on. */
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(15);

  private final Publisher publisher;
  private final String provider;
  private final Progress progress;
  private final List<Unreadable> unreadable = new ArrayList<>();
  private Counts counts = Counts.NONE;
  private long bytesBefore;
  private final AtomicInteger outages = new AtomicInteger();

  /** What was committed of the present file by attempts that an outage ended. */
  private Counts committed = Counts.NONE;

  /** What was committed of it by the present attempt. */
  private Counts attempt = Counts.NONE;

  /**
   * A file in which no article could be read.
   *
   * @param file as it was given
   * @param reason of the first item that could not be read
   */
  public record Unreadable(Path file, String reason) {}

  public FileReading(Publisher publisher, String provider, Progress progress) {
    this.publisher = publisher;
    this.provider = provider;
    this.progress = progress;
  }

  /** The feed that files of a provider are of. */
  public static String feed(String provider) {
    return provider + "-files";
  }

  /** What became of all items so far. */
  public Counts counts() {
    return counts;
  }

  /** How often an outage has ended an attempt to read a file. May be asked by any thread. */
  public int outages() {
    return outages.get();
  }

  /** The files in which no article could be read. */
  public List<Unreadable> unreadable() {
    return unreadable;
  }

  /**
   * Reads the files.
   *
   * @throws UserError where one can't be read to its end
   */
  public void read(List<Path> files) {
    OptionalLong size = size(files);
    for (Path file : files) {
      readInTime(file, size);
    }
  }

  /** Reads a file from its beginning again after an outage: what was committed of it is known. */
  private void readInTime(Path file, OptionalLong size) {
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    Instant begin = null;
    committed = Counts.NONE;
    attempt = Counts.NONE;
    while (true) {
      try (CountedInput content = new CountedInput(open(file))) {
        read(file, content, size);
        bytesBefore += content.count();
        if (begin != null) {
          LOG.info("the outage is over: {} is read", file);
        }
        return;
      } catch (Outage e) {
        Instant now = Instant.now();
        begin = begin == null ? now : begin;
        if (UserFiles.isStandardInput(file) || now.isAfter(begin.plus(LONGEST_OUTAGE))) {
          throw e;
        }
        outages.incrementAndGet();
        LOG.warn("outage, trying {} again until it is over: {}", file, e.getMessage());
        pause(backoff.pause());
      } catch (IOException e) {
        throw new UserError("can't read the file '" + file + "': " + e.getMessage(), e);
      }
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void read(Path file, CountedInput content, OptionalLong size) throws IOException {
    Counts before = counts;
    String source = UserFiles.isStandardInput(file) ? "stdin" : file.getFileName().toString();
    Delivery delivery =
        Delivery.of(provider, feed(provider), source, Clock.systemUTC().instant())
            .keepingProviders();
    committed = attempt.afterInterruption(committed);
    attempt = Counts.NONE;
    show(before, content, size);
    Outcome outcome =
        publisher.publish(
            delivery,
            new BufferedInputStream(content),
            reached -> {
              attempt = reached;
              show(before.plus(reached), content, size);
            });
    outcome.whyUnreadable().ifPresent(why -> unreadable.add(new Unreadable(file, why)));
    counts = before.plus(outcome.counts().afterInterruption(committed));
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
