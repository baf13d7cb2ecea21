// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as people read them: UTC, and said so. */
final class Moments {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'").withZone(ZoneOffset.UTC);

  private Moments() {}

  static String seconds(Instant moment) {
    return SECONDS.format(moment);
  }

  static String minutes(Instant moment) {
    return MINUTES.format(moment);
  }
}
