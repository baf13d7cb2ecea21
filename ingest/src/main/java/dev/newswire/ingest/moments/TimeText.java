// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.moments;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the time and the zone in what a date leaves of a text. Not thread-safe. */
final class TimeText {

  private static final Pattern CLOCK =
      Pattern.compile(
          "(?<![\\d+\\-−:.])(\\d{1,2})(?:[:hH]| ?: ?|\\.)(\\d{2})(?:[:.m](\\d{2})(?:[.,:](\\d{1,9}))?)?"
              + "(?!\\d)");
  private static final Pattern COMPACT =
      Pattern.compile(
          "(?<!\\p{L})[Tt](\\d{2})(?:(\\d{2})(?:(\\d{2})(?:[.,](\\d{1,9}))?)?)?(?![\\d:])");
  private static final Pattern HOUR =
      Pattern.compile(
          "(?<![\\d+\\-−:.])(\\d{1,2})(?= ?(?:[\\p{L}]\\. ?[mM]\\b|\\p{L}))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MILITARY =
      Pattern.compile("(?<![\\d+\\-−:.])([01]\\d|2[0-3])([0-5]\\d)(?!\\d)");
  private static final Pattern HALF_BEHIND =
      Pattern.compile("^ ?(\\p{L}[\\p{L}\\p{M}]?\\.? ?\\p{L}?\\p{M}?\\.?|[\\p{L}\\p{M}.]{2,12})");
  private static final Pattern HALF_BEFORE = Pattern.compile("([\\p{L}\\p{M}.]{1,12}) ?$");
  private static final Pattern HOUR_WORD =
      Pattern.compile("^ ?(?:h|hrs?|uhr|o'clock)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern DIGITS = Pattern.compile("\\d");

  private final String text;
  private final DateWords words;

  TimeText(String text, DateWords words) {
    this.text = text;
    this.words = words;
  }

  /**
   * A time of the day.
   *
   * @param isAfternoon of a clock of twelve hours; empty where it has twenty-four
   */
  private record Clock(
      int hour,
      int minute,
      int second,
      int nanos,
      Optional<Boolean> isAfternoon,
      String before,
      String behind) {

    private int hourOfDay() {
      if (isAfternoon.isEmpty() || hour > 12) {
        return hour;
      }
      return hour % 12 + (isAfternoon.get() ? 12 : 0);
    }

    /** 24:00 and the leap second are real; both are the moment after. */
    Instant on(DateText.Found date, ZoneId zone) {
      if (hourOfDay() > 24 || minute > 59 || second > 60) {
        throw new DateTimeException("no time of the day");
      }
      return date.date()
          .atTime(LocalTime.MIDNIGHT)
          .plusHours(hourOfDay())
          .plusMinutes(minute)
          .plusSeconds(second)
          .plusNanos(nanos)
          .atZone(zone)
          .toInstant();
    }
  }

  /** The moment at this time on a date; the first of the date where the text has no time. */
  Optional<Moment> on(DateText.Found date, ZoneId providers, TimeZones zones) {
    Optional<Clock> clock = clock();
    String beside = clock.map(time -> time.behind).orElse(text);
    Optional<TimeZones.Named> named =
        zones
            .find(beside, this::isKnown)
            .or(() -> clock.flatMap(time -> zones.find(time.before, this::isKnown)));
    ZoneId zone = named.map(TimeZones.Named::zone).orElse(providers);
    Optional<String> guess =
        date.guess()
            .or(() -> named.flatMap(TimeZones.Named::guess))
            .or(() -> unnamedZone(clock, named, providers))
            .or(() -> unread(clock, named, beside));
    Instant instant =
        clock.isPresent() ? clock.get().on(date, zone) : date.date().atStartOfDay(zone).toInstant();
    return Optional.of(new Moment(instant, guess));
  }

  private static Optional<String> unnamedZone(
      Optional<Clock> clock, Optional<TimeZones.Named> named, ZoneId providers) {
    return clock.isPresent() && named.isEmpty()
        ? Optional.of("it names no time zone and is read in " + zone(providers))
        : Optional.empty();
  }

  private static String zone(ZoneId zone) {
    return zone.getId().equals("Z") ? "UTC" : zone.getId();
  }

  /** Numbers that nobody could make anything of. */
  private static Optional<String> unread(
      Optional<Clock> clock, Optional<TimeZones.Named> named, String beside) {
    return clock.isEmpty() && named.isEmpty() && DIGITS.matcher(beside).find()
        ? Optional.of("'" + beside.strip() + "' in it is not understood")
        : Optional.empty();
  }

  private boolean isKnown(String word) {
    return !words.weekdays(word).isEmpty()
        || words.isAfternoon(word).isPresent()
        || !words.months(word).isEmpty();
  }

  private Optional<Clock> clock() {
    return clock(COMPACT).or(() -> clock(CLOCK)).or(this::fullHour).or(() -> clock(MILITARY));
  }

  private Optional<Clock> clock(Pattern pattern) {
    Matcher m = pattern.matcher(text);
    if (!m.find()) {
      return Optional.empty();
    }
    boolean hasSeconds = m.groupCount() > 2;
    return Optional.of(
        clock(
            m,
            number(m.group(2)),
            hasSeconds ? number(m.group(3)) : 0,
            hasSeconds ? nanos(m.group(4)) : 0));
  }

  /** An hour alone, with the half of the day or a word for hours. */
  private Optional<Clock> fullHour() {
    Matcher m = HOUR.matcher(text);
    while (m.find()) {
      Clock clock = clock(m, 0, 0, 0);
      Matcher word = HOUR_WORD.matcher(clock.behind);
      if (clock.isAfternoon.isPresent()) {
        return Optional.of(clock);
      } else if (word.find()) {
        return Optional.of(
            new Clock(
                clock.hour,
                0,
                0,
                0,
                Optional.empty(),
                clock.before,
                clock.behind.substring(word.end())));
      }
    }
    return Optional.empty();
  }

  private Clock clock(Matcher m, int minute, int second, int nanos) {
    String before = text.substring(0, m.start());
    String behind = text.substring(m.end());
    Optional<Boolean> isAfternoon = Optional.empty();
    Matcher half = HALF_BEHIND.matcher(behind);
    if (half.find()) {
      isAfternoon = words.isAfternoon(half.group(1));
      String first = half.group(1).split("[ ]", 2)[0];
      if (isAfternoon.isPresent()) {
        behind = behind.substring(half.end());
      } else if (words.isAfternoon(first).isPresent()) {
        isAfternoon = words.isAfternoon(first);
        behind = behind.substring(behind.indexOf(first) + first.length());
      }
    }
    Matcher ahead = HALF_BEFORE.matcher(before);
    if (isAfternoon.isEmpty() && ahead.find()) {
      isAfternoon = words.isAfternoon(ahead.group(1));
    }
    return new Clock(number(m.group(1)), minute, second, nanos, isAfternoon, before, behind);
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(String fraction) {
    return fraction == null
        ? 0
        : Integer.parseInt((fraction + "00000000").substring(0, 9)) / 1_000_000 * 1_000_000;
  }
}
