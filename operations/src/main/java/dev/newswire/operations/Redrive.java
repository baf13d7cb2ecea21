// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.ingest.Publisher;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.DeadLetter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts the originals of dead letters back to where they came from. */
public final class Redrive {

  private final Cluster cluster;
  private final DeadLetters letters;

  public Redrive(Cluster cluster, DeadLetters letters) {
    this.cluster = cluster;
    this.letters = letters;
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
