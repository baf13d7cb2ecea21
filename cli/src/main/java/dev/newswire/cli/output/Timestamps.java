// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.output;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as people read them: UTC, and said so. */
public final class Timestamps {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  public static String seconds(Instant moment) {
    return SECONDS.format(moment);
  }

  public static String minutes(Instant moment) {
    return MINUTES.format(moment);
  }
}
