// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What can be set of the sink.
 *
 * @param database the SQLite file, made where it is missing
 * @param batchRecords most records of one transaction, at least 1
 * @param outageLimit how long an outage of the store may last before the stage ends
 */
public record SinkSettings(Path database, int batchRecords, Duration outageLimit) {

  /** Thousand records a transaction; an outage may last for ever. */
  public static SinkSettings of(Path database) {
    return new SinkSettings(database, 1_000, Duration.ofSeconds(Long.MAX_VALUE / 1_000_000_000L));
  }
}
