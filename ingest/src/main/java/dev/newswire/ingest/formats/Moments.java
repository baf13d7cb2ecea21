// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads moments as feeds write them: ISO 8601 in its long, short (NITF's {@code norm}) and
 * truncated forms, RFC 822 with its years of two digits and its named zones, and C's asctime. A
 * date alone is its first moment. A time without a zone is in the provider's.
 */
final class Moments {

  private static final Pattern ISO =
      Pattern.compile(
          "([+-]?\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?|(\\d{2})(\\d{2}))?"
              + "(?:[T\\s]+(\\d{1,2})(?::(\\d{2})(?::(\\d{2})(?:[.,](\\d+))?)?"
              + "|(\\d{2})(?:(\\d{2})(?:[.,](\\d+))?)?)?)?"
              + "\\s*(Z|z|UTC|GMT|[+-]\\d{1,2}(?::?\\d{2})?)?");
  private static final Pattern RFC_822 =
      Pattern.compile(
          "(?:\\p{L}+\\.?,?\\s*)?(\\d{1,2})[\\s-]+(\\p{L}{3,9})\\.?,?[\\s-]+(\\d{2,4})"
              + "(?:,?\\s+(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.\\d+)?)?)?"
              + "\\s*(?:([+-]\\d{1,2}:?\\d{2})|\\(?([\\p{L}/_]+)\\)?([+-]\\d{1,2}:?\\d{2})?)?.*");
  private static final Pattern ASCTIME =
      Pattern.compile(
          "(?:\\p{L}{3,9},?\\s+)?(\\p{L}{3,9})\\.?\\s+(\\d{1,2}),?\\s+"
              + "(?:(\\d{1,2}):(\\d{2})(?::(\\d{2}))?\\s+(?:(\\p{L}{1,5})\\s+)?(\\d{4})"
              + "|(\\d{4})(?:,?\\s+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?)?(?:\\s+(\\p{L}{1,5}))?)");

  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("Z", "+00:00"),
          Map.entry("UT", "+00:00"),
          Map.entry("UTC", "+00:00"),
          Map.entry("GMT", "+00:00"),
          Map.entry("WET", "+00:00"),
          Map.entry("BST", "+01:00"),
          Map.entry("CET", "+01:00"),
          Map.entry("MEZ", "+01:00"),
          Map.entry("CEST", "+02:00"),
          Map.entry("MESZ", "+02:00"),
          Map.entry("EET", "+02:00"),
          Map.entry("EEST", "+03:00"),
          Map.entry("MSK", "+03:00"),
          Map.entry("IST", "+05:30"),
          Map.entry("JST", "+09:00"),
          Map.entry("KST", "+09:00"),
          Map.entry("AEST", "+10:00"),
          Map.entry("AEDT", "+11:00"),
          Map.entry("EST", "-05:00"),
          Map.entry("EDT", "-04:00"),
          Map.entry("CST", "-06:00"),
          Map.entry("CDT", "-05:00"),
          Map.entry("MST", "-07:00"),
          Map.entry("MDT", "-06:00"),
          Map.entry("PST", "-08:00"),
          Map.entry("PDT", "-07:00"));

  /** First letters of the months in English and the languages that send their own. */
  private static final List<List<String>> MONTHS =
      List.of(
          List.of("jan", "janv", "ene", "gen"),
          List.of("feb", "fév", "fev"),
          List.of("mar", "mär", "maa", "mrz"),
          List.of("apr", "avr", "abr"),
          List.of("may", "mai", "maj", "mei", "mag"),
          List.of("jun", "juin", "giu"),
          List.of("jul", "juil", "lug"),
          List.of("aug", "aoû", "ago"),
          List.of("sep", "set"),
          List.of("oct", "okt", "ott", "out"),
          List.of("nov"),
          List.of("dec", "dez", "déc", "dic"));

  private Moments() {}

  /** The moment that a text means; empty where it means none. */
  static Optional<Instant> parse(String text, ZoneId zone) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > 100) {
      return Optional.empty();
    }
    try {
      return iso(stripped, zone)
          .or(() -> rfc822(stripped, zone))
          .or(() -> asctime(stripped, zone))
          .filter(moment -> moment.isAfter(Instant.MIN) && plausible(moment));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The number of a month by its name; empty where it is none. */
  static Optional<Integer> month(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (int month = 0; month < MONTHS.size(); month++) {
      if (MONTHS.get(month).stream().anyMatch(lower::startsWith)) {
        return Optional.of(month + 1);
      }
    }
    return Optional.empty();
  }

  /** The zone that a name or an offset means; the provider's where there is none. */
  static ZoneId zone(String text, ZoneId otherwise) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    String upper = text.toUpperCase(Locale.ROOT);
    String known = ZONES.get(upper);
    if (known != null) {
      return ZoneOffset.of(known);
    }
    if (upper.startsWith("+") || upper.startsWith("-")) {
      String digits = upper.substring(1).replace(":", "");
      int number = Integer.parseInt(digits);
      int minutes = digits.length() <= 2 ? number * 60 : number / 100 * 60 + number % 100;
      return ZoneOffset.ofTotalSeconds((upper.startsWith("-") ? -minutes : minutes) * 60);
    }
    return otherwise;
  }

  private static boolean plausible(Instant moment) {
    return moment.getEpochSecond() > -62_135_596_800L && moment.getEpochSecond() < 253_402_300_800L;
  }

  private static Optional<Instant> iso(String text, ZoneId zone) {
    Matcher m = ISO.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        at(
            number(m.group(1), 0),
            number(first(m.group(2), m.group(4)), 1),
            number(first(m.group(3), m.group(5)), 1),
            number(m.group(6), 0),
            number(first(m.group(7), m.group(10)), 0),
            number(first(m.group(8), m.group(11)), 0),
            first(m.group(9), m.group(12)),
            zone(m.group(13), zone)));
  }

  private static Optional<Instant> rfc822(String text, ZoneId zone) {
    Matcher m = RFC_822.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    return month(m.group(2))
        .map(
            month ->
                at(
                    year(m.group(3)),
                    month,
                    number(m.group(1), 1),
                    number(m.group(4), 0),
                    number(m.group(5), 0),
                    number(m.group(6), 0),
                    null,
                    zone(first(first(m.group(7), m.group(9)), m.group(8)), zone)));
  }

  private static Optional<Instant> asctime(String text, ZoneId zone) {
    Matcher m = ASCTIME.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    return month(m.group(1))
        .map(
            month ->
                at(
                    number(first(m.group(7), m.group(8)), 0),
                    month,
                    number(m.group(2), 1),
                    number(first(m.group(3), m.group(9)), 0),
                    number(first(m.group(4), m.group(10)), 0),
                    number(first(m.group(5), m.group(11)), 0),
                    null,
                    zone(first(m.group(6), m.group(12)), zone)));
  }

  private static Instant at(
      int year,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      String fraction,
      ZoneId zone) {
    int nanos =
        fraction == null ? 0 : Integer.parseInt((fraction + "000").substring(0, 3)) * 1_000_000;
    LocalDateTime midnight = LocalDateTime.of(year, month, Math.max(day, 1), 0, 0);
    // 24:00 and the leap second are real; both are the moment after.
    return midnight
        .plusHours(Math.min(hour, 24))
        .plusMinutes(Math.min(minute, 60))
        .plusSeconds(Math.min(second, 60))
        .plusNanos(nanos)
        .atZone(zone)
        .toInstant();
  }

  private static int year(String digits) {
    int year = Integer.parseInt(digits);
    if (digits.length() > 2) {
      return year;
    }
    return year < 70 ? 2000 + year : 1900 + year;
  }

  private static int number(String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  private static String first(String one, String other) {
    return one != null ? one : other;
  }
}
