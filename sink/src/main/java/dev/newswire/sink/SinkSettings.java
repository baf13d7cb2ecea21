// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.time.Duration;

/**
 * What can be set of the sink.
 *
 * @param database where articles are stored
 * @param keepRevisions whether every revision is kept beside the newest
 * @param batchRecords records that make a transaction full, at least 1
 * @param batchBytes bytes of records that make a transaction full, at least 1
 * @param flushInterval how long records that keep coming are gathered for a transaction that they
 *     do not fill
 * @param outageLimit how long an outage of the store may last before the stage ends
 * @param beginAnew whether a store that was filled from another log (another cluster, or a topic
 *     that was deleted since) reads this one from its beginning; else the stage ends
 * @param fencedPause how long an instance waits that was fenced by another, until it claims what it
 *     still has; longer than Kafka's heartbeats are apart, so that it has heard by then
 */
public record SinkSettings(
    Database database,
    boolean keepRevisions,
    int batchRecords,
    long batchBytes,
    Duration flushInterval,
    Duration outageLimit,
    boolean beginAnew,
    Duration fencedPause) {

  /** Heartbeats are 3 s apart in classic groups, and 5 s where the brokers assign partitions. */
  public static final Duration FENCED_PAUSE = Duration.ofSeconds(6);

  /** An outage may last for ever. */
  public static final Duration NO_LIMIT = Duration.ofNanos(Long.MAX_VALUE);

  /**
   * The newest revision alone; 1000 records, 16 MiB or 500 ms a transaction; no end of patience.
   */
  public static SinkSettings of(Database database) {
    return new SinkSettings(
        database, false, 1_000, 16 << 20, Duration.ofMillis(500), NO_LIMIT, false, FENCED_PAUSE);
  }
}
