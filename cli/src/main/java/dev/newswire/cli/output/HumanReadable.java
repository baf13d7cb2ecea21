// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.output;

import dev.newswire.operations.RecordCount;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Figures as people read them. What is not known is a question mark, never a number. */
public final class HumanReadable {

  /** Stands for a figure that is not known. */
  public static final String UNKNOWN = "?";

  /** Stands for a figure that does not apply. */
  public static final String NONE = "-";

  private HumanReadable() {}

  public static String number(OptionalLong number) {
    return number.isPresent() ? number(number.getAsLong()) : UNKNOWN;
  }

  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** So many of something: 0 items, 1 item, 2 items. */
  public static String counted(long number, String one) {
    return number(number) + " " + one + (number == 1 ? "" : "s");
  }

  /** A number of records, with a tilde before it where it is one at most. */
  public static String count(Optional<RecordCount> count) {
    return count.map(known -> (known.exact() ? "" : "~") + number(known.records())).orElse(UNKNOWN);
  }

  public static String rate(OptionalDouble perSecond) {
    if (perSecond.isEmpty()) {
      return UNKNOWN;
    }
    double rate = perSecond.getAsDouble();
    return String.format(Locale.ROOT, rate == 0 || rate >= 10 ? "%,.0f/s" : "%.2f/s", rate);
  }

  /** A duration in its two largest units: 42s, 3m 05s, 2h 10m, 5d 3h. */
  public static String duration(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3_600) {
      return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return String.format(Locale.ROOT, "%dh %02dm", seconds / 3_600, seconds / 60 % 60);
    }
    return String.format(Locale.ROOT, "%dd %dh", seconds / 86_400, seconds / 3_600 % 24);
  }

  public static String duration(Optional<Duration> time) {
    return time.map(HumanReadable::duration).orElse(UNKNOWN);
  }
}
