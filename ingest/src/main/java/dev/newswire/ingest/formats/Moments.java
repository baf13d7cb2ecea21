// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
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
          "^(?:\\p{L}+\\.?,?\\s*)?(\\d{1,2})[\\s-]+(\\p{L}{3,9})\\.?,?[\\s-]+(\\d{2,4})"
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

  private static final int UNKNOWN = Integer.MIN_VALUE;
  private static final List<String> MONTH_NAMES =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

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
      Optional<Instant> quick = quick(stripped);
      return (quick.isPresent() ? quick : lenient(stripped, zone)).filter(Moments::plausible);
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> lenient(String text, ZoneId zone) {
    return iso(text, zone).or(() -> rfc822(text, zone)).or(() -> asctime(text, zone));
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

  /**
   * The forms that nearly all moments have, without a pattern: 2025-04-07T10:00:00 with an optional
   * fraction and a zone, 20250407T100000 and Mon, 07 Apr 2025 10:00:00 with a zone.
   */
  private static Optional<Instant> quick(String text) {
    if (text.length() >= 20 && text.charAt(4) == '-' && text.charAt(10) == 'T') {
      int zone = text.charAt(19) == '.' ? endOfDigits(text, 20) : 19;
      boolean hasForm = text.charAt(7) == '-' && text.charAt(13) == ':' && text.charAt(16) == ':';
      return hasForm && (zone == 19 || zone > 20)
          ? quick(
              digits(text, 0, 4),
              digits(text, 5, 2),
              digits(text, 8, 2),
              time(text, 11),
              zone == 19 ? null : text.substring(20, zone),
              offset(text, zone))
          : Optional.empty();
    }
    if (text.length() >= 16 && text.charAt(8) == 'T') {
      return quick(
          digits(text, 0, 4),
          digits(text, 4, 2),
          digits(text, 6, 2),
          time(digits(text, 9, 2), digits(text, 11, 2), digits(text, 13, 2)),
          null,
          offset(text, 15));
    }
    if (text.length() >= 28
        && text.charAt(3) == ','
        && text.startsWith(" ", 4)
        && text.charAt(7) == ' '
        && text.charAt(11) == ' '
        && text.charAt(16) == ' '
        && text.charAt(25) == ' ') {
      return quick(
          digits(text, 12, 4),
          MONTH_NAMES.indexOf(text.substring(8, 11)) + 1,
          digits(text, 5, 2),
          time(text, 17),
          null,
          text.startsWith("GMT", 26) && text.length() == 29 ? 0 : offset(text, 26));
    }
    return Optional.empty();
  }

  private static Optional<Instant> quick(
      int year, int month, int day, int secondOfDay, String fraction, int offset) {
    if (year < 1 || month < 1 || day < 1 || secondOfDay < 0 || offset == UNKNOWN) {
      return Optional.empty();
    }
    int nanos =
        fraction == null ? 0 : Integer.parseInt((fraction + "000").substring(0, 3)) * 1_000_000;
    return Optional.of(
        Instant.ofEpochSecond(
            LocalDate.of(year, month, day).toEpochDay() * 86_400 + secondOfDay - offset, nanos));
  }

  /** The second of the day of a time of eight characters; negative where it is not in the day. */
  private static int time(String text, int at) {
    int hour = digits(text, at, 2);
    int minute = digits(text, at + 3, 2);
    int second = digits(text, at + 6, 2);
    return text.charAt(at + 2) == ':' && text.charAt(at + 5) == ':'
        ? time(hour, minute, second)
        : UNKNOWN;
  }

  private static int time(int hour, int minute, int second) {
    boolean isTime =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return isTime ? (hour * 60 + minute) * 60 + second : UNKNOWN;
  }

  /** The offset in seconds that ends a text: Z, +0100 or +01:00. */
  private static int offset(String text, int at) {
    int length = text.length() - at;
    if (length == 1 && text.charAt(at) == 'Z') {
      return 0;
    }
    if (length != 5 && !(length == 6 && text.charAt(at + 3) == ':')) {
      return UNKNOWN;
    }
    char sign = text.charAt(at);
    int hours = digits(text, at + 1, 2);
    int minutes = digits(text, text.length() - 2, 2);
    boolean isOffset =
        (sign == '+' || sign == '-') && hours >= 0 && hours < 15 && minutes >= 0 && minutes < 60;
    int seconds = (hours * 60 + minutes) * 60;
    return isOffset ? (sign == '-' ? -seconds : seconds) : UNKNOWN;
  }

  private static int endOfDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** The number that so many digits make; negative where one of them is none. */
  private static int digits(String text, int at, int count) {
    int number = 0;
    for (int i = at; i < at + count; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return UNKNOWN;
      }
      number = 10 * number + c - '0';
    }
    return number;
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
