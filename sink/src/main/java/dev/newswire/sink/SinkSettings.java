// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What can be set of the sink.
 *
 * @param database the SQLite file, made where it is missing
 * @param batchRecords records that make a transaction full, at least 1
 * @param batchBytes bytes of records that make a transaction full, at least 1
 * @param flushInterval least time between transactions that are not full
 * @param outageLimit how long an outage of the store may last before the stage ends
 */
public record SinkSettings(
    Path database,
    int batchRecords,
    long batchBytes,
    Duration flushInterval,
    Duration outageLimit) {

  /** An outage may last for ever. */
  public static final Duration NO_LIMIT = Duration.ofNanos(Long.MAX_VALUE);

  /** Thousand records or 16 MiB a transaction, one at least every 500 ms; no end of patience. */
  public static SinkSettings of(Path database) {
    return new SinkSettings(database, 1_000, 16 << 20, Duration.ofMillis(500), NO_LIMIT);
  }
}
