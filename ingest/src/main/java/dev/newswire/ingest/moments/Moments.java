// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.moments;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads moments as feeds and agencies write them: ISO 8601 in its long, short (NITF's {@code norm})
 * and truncated forms; RFC 822; C's asctime; what JavaScript, SQL Server, Drupal and others print;
 * dates with the month's name in the languages of {@link DateWords}; East Asian dates; seconds and
 * milliseconds since 1970. A date alone is its first moment. A time without a zone is in the
 * provider's, and whatever was guessed is told.
 *
 * <p>What only looks like a moment is none: the zero of some clock (1970, 1900, the year 1), a day
 * that does not exist. Immutable; safe for use by many threads.
 */
public final class Moments {

  private static final int LONGEST = 120;
  private static final Pattern EPOCH =
      Pattern.compile("(\\d{10})(?:[.,]\\d{1,9})?|(\\d{13})|(\\d{16})");
  private static final Pattern RUN = Pattern.compile("(\\d{8})(\\d{4}|\\d{6})(?=$|[Z+\\- ])(.*)");

  private final DateWords words = new DateWords();
  private final TimeZones zones = new TimeZones();

  private Moments() {}

  /** Made once, when the first moment is read: a hundred languages take their time. Immutable. */
  private static final class Known {
    private static final Moments MOMENTS = new Moments();
  }

  /** The moment that a text means; empty where it means none. */
  public static Optional<Instant> parse(String text, ZoneId zone) {
    return read(text, zone).map(Moment::instant);
  }

  /**
   * The moment that a text means, and what was guessed; empty where it means none.
   *
   * @param zone the provider's, for times that name no zone
   */
  public static Optional<Moment> read(String text, ZoneId zone) {
    String plain = Writing.plain(text);
    if (plain.isEmpty() || plain.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Known.MOMENTS.moment(plain, zone).filter(moment -> !isFalse(moment.instant()));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The number of a month, 1 to 12, by its name in any language; empty where it is none. */
  public static Optional<Integer> month(String name) {
    return Known.MOMENTS.words.months(name).stream().map(DateWords.Month::month).findFirst();
  }

  private Optional<Moment> moment(String text, ZoneId zone) {
    Matcher epoch = EPOCH.matcher(text);
    if (epoch.matches()) {
      return Optional.of(new Moment(sinceEpoch(epoch), Optional.empty()));
    }
    Matcher run = RUN.matcher(text);
    String spaced = run.matches() ? run.group(1) + "T" + run.group(2) + run.group(3) : text;
    return new DateText(spaced, words)
        .date()
        .flatMap(date -> new TimeText(date.rest(), words).on(date, zone, zones));
  }

  private static Instant sinceEpoch(Matcher epoch) {
    if (epoch.group(1) != null) {
      return Instant.ofEpochSecond(Long.parseLong(epoch.group(1)));
    }
    return epoch.group(2) != null
        ? Instant.ofEpochMilli(Long.parseLong(epoch.group(2)))
        : Instant.ofEpochMilli(Long.parseLong(epoch.group(3)) / 1000);
  }

  /**
   * Whether it is what software prints that has no date: a year before newspapers, or the zero of
   * Unix, of Excel and OLE, of the old Macintosh.
   */
  private static boolean isFalse(Instant moment) {
    LocalDate day = moment.atZone(ZoneOffset.UTC).toLocalDate();
    boolean isUnixZero = Math.abs(moment.getEpochSecond()) <= 14 * 3600;
    return day.getYear() < 1700
        || day.getYear() > 9998
        || isUnixZero
        || day.equals(LocalDate.of(1899, 12, 30))
        || day.equals(LocalDate.of(1899, 12, 31))
        || day.equals(LocalDate.of(1900, 1, 1))
        || day.equals(LocalDate.of(1904, 1, 1));
  }
}
