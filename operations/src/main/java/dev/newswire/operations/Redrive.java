// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.ingest.Publisher;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.DeadLetter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Puts the originals of dead letters back to where they came from. */
public final class Redrive {

  /** Records and bytes of originals that make a transaction full. */
  private static final int MOST_RECORDS = 500;

  private static final long MOST_BYTES = 16 << 20;

  private final Cluster cluster;
  private final DeadLetters letters;

  public Redrive(Cluster cluster, DeadLetters letters) {
    this.cluster = cluster;
    this.letters = letters;
  }

  /**
   * What became of all dead letters that were not redriven yet.
   *
   * @param redriven how many were put back
   * @param left how many could not be, since only the beginning of their bytes was kept
   */
  public record Counts(long redriven, long left) {}

  /**
   * Redrives all that were not redriven yet, some at a time, each time all or none. Stopped or
   * killed, it goes on where it was when it is begun again.
   *
   * @param progress told after each time how many are done
   */
  public Counts redriveAll(List<String> stages, LongConsumer progress) {
    Batch batch = new Batch(progress);
    letters.forEach(stages, batch::take);
    batch.flush();
    return new Counts(batch.redriven, batch.left);
  }

  /** Whether nothing of it is missing, so that it can be put back. */
  public static boolean isWhole(DeadLetter letter) {
    return !letter.details().containsKey(DeadLetter.TRUNCATED);
  }

  /** What is put back next. Not thread-safe. */
  private final class Batch {

    private final LongConsumer progress;
    private final List<DeadLetters.Entry> entries = new ArrayList<>();
    private long bytes;
    private long redriven;
    private long left;

    Batch(LongConsumer progress) {
      this.progress = progress;
    }

    void take(DeadLetters.Entry entry) {
      if (entry.redriven()) {
        return;
      }
      if (!isWhole(entry.letter())) {
        left++;
        return;
      }
      entries.add(entry);
      bytes += entry.letter().bytes() == null ? 0 : entry.letter().bytes().length;
      if (entries.size() >= MOST_RECORDS || bytes >= MOST_BYTES) {
        flush();
      }
    }

    void flush() {
      if (!entries.isEmpty()) {
        redrive(entries);
        redriven += entries.size();
        entries.clear();
        bytes = 0;
        progress.accept(redriven);
      }
    }
  }

  /** Redrives them: a record onto its topic, an item of a feed through its parser. */
  public void redrive(List<DeadLetters.Entry> entries) {
    Map<Boolean, List<DeadLetters.Entry>> byOrigin =
        entries.stream()
            .collect(Collectors.partitioningBy(entry -> entry.letter().topic().isPresent()));
    letters.redrive(byOrigin.get(true));
    List<DeadLetters.Entry> items = byOrigin.get(false);
    if (!items.isEmpty()) {
      publish(items);
      letters.markRedriven(items);
    }
  }

  private void publish(List<DeadLetters.Entry> items) {
    String transactionalId = cluster.group("ingest") + "-redrive";
    try (Publisher publisher = new Publisher(cluster, transactionalId, new Formats())) {
      for (DeadLetters.Entry item : items) {
        publisher.publishAgain(delivery(item.letter()), item.letter().bytes());
      }
    }
  }

  private static Delivery delivery(DeadLetter letter) {
    Map<String, String> details = letter.details();
    Delivery delivery =
        Delivery.of(
            details.getOrDefault(DeadLetter.PROVIDER, "unknown"),
            details.getOrDefault(DeadLetter.FEED, "unknown"),
            details.getOrDefault(DeadLetter.SOURCE, ""),
            Clock.systemUTC().instant());
    return details.containsKey(DeadLetter.MEDIA_TYPE)
        ? delivery.withMediaType(details.get(DeadLetter.MEDIA_TYPE))
        : delivery;
  }
}
