// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.moments;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the date in a text. Not thread-safe. */
final class DateText {

  /**
   * A date, and what the text says beside it.
   *
   * @param guess see {@link Moment#guess}
   * @param rest the text without the date
   */
  record Found(LocalDate date, Optional<String> guess, String rest) {}

  private static final Pattern YEAR_FIRST =
      Pattern.compile(
          "(?<![\\d+])(\\d{4})\\s?([-/.])\\s?(\\d{1,2})\\s?[-/.]\\s?(\\d{1,2})(?!\\d)\\.?");
  private static final Pattern COMPACT =
      Pattern.compile("^(\\d{4})(\\d{2})(\\d{2})(?=$|[Tt \\-+Z])");
  private static final Pattern TRUNCATED = Pattern.compile("^(\\d{4})(?:-?(\\d{2}))?Z?$");
  private static final Pattern ORDINAL = Pattern.compile("^(\\d{4})-?(\\d{3})(?=$|[Tt ])");
  private static final Pattern YEAR_LAST =
      Pattern.compile(
          "(?<![\\d+:.])(\\d{1,2})\\s?([-/.])\\s?(\\d{1,2})\\s?\\2\\s?(\\d{4}|\\d{2})(?![\\d:])");
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}'’]*");
  private static final Pattern DAY_BEFORE =
      Pattern.compile(
          "(?<![\\d:+])(\\d{1,2})(?:st|nd|rd|th|er|º|ª|o|a|\\.)?[ ,\\-/.]{0,4}+(?:de|di|d'|of|do|den)?[ ,\\-/.]{0,4}+$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DAY_BEHIND =
      Pattern.compile(
          "^[. ,\\-/]*(\\d{1,2})(?:st|nd|rd|th|\\.)?(?![\\d:])", Pattern.CASE_INSENSITIVE);
  private static final Pattern YEAR = Pattern.compile("(?<![+\\-−:\\d]|\\d\\.)(\\d{4})(?![\\d:])");
  private static final Pattern HYPHENATED_YEAR = Pattern.compile("^[. ]?[-/ ]?(\\d{4})(?![\\d:])");
  private static final Pattern SHORT_YEAR =
      Pattern.compile("^[.,]?[ \\-/']{1,2}(?:de |del )?(\\d{2,3})(?=$|[ ,T])(?! ?[ap]\\.?m)");
  private static final int BUDDHIST = 543;

  private final String text;
  private final DateWords words;

  DateText(String text, DateWords words) {
    this.text = text;
    this.words = words;
  }

  /** The date; empty where there is none, or none that the calendar has. */
  Optional<Found> date() {
    return yearFirst().or(this::compact).or(this::named).or(this::yearLast).or(this::truncated);
  }

  private Optional<Found> yearFirst() {
    Matcher m = YEAR_FIRST.matcher(text);
    return m.find() ? found(m, year(m.group(1)), number(m, 3), number(m, 4)) : Optional.empty();
  }

  private Optional<Found> compact() {
    Matcher m = COMPACT.matcher(text);
    if (m.find()) {
      return found(m, year(m.group(1)), number(m, 2), number(m, 3));
    }
    Matcher ordinal = ORDINAL.matcher(text);
    return ordinal.find()
        ? Optional.of(
            new Found(
                LocalDate.ofYearDay(number(ordinal, 1), number(ordinal, 2)),
                Optional.empty(),
                without(ordinal)))
        : Optional.empty();
  }

  private Optional<Found> truncated() {
    Matcher m = TRUNCATED.matcher(text);
    return m.find()
        ? found(m, year(m.group(1)), m.group(2) == null ? 1 : number(m, 2), 1)
        : Optional.empty();
  }

  /** Day and month before the year; which is which may have to be guessed. */
  private Optional<Found> yearLast() {
    Matcher m = YEAR_LAST.matcher(text);
    if (!m.find()) {
      return Optional.empty();
    }
    int first = number(m, 1);
    int second = number(m, 3);
    int year = year(m.group(4));
    if (first > 12 || second > 12 || first == second) {
      boolean isDayFirst = second <= 12;
      return found(m, year, isDayFirst ? second : first, isDayFirst ? first : second);
    }
    String rest = without(m);
    boolean isAmerican =
        m.group(2).equals("/")
            && WORD.matcher(rest)
                .results()
                .anyMatch(word -> words.isAfternoon(word.group()).isPresent());
    Optional<LocalDate> byWeekday =
        byWeekday(
            List.of(LocalDate.of(year, second, first), LocalDate.of(year, first, second)), rest);
    LocalDate guessed =
        isAmerican ? LocalDate.of(year, first, second) : LocalDate.of(year, second, first);
    boolean isSure = m.group(2).equals(".") || byWeekday.isPresent();
    return Optional.of(
        new Found(
            byWeekday.orElse(guessed),
            isSure
                ? Optional.empty()
                : Optional.of(
                    "it does not tell day and month apart and is read as "
                        + byWeekday.orElse(guessed)),
            rest));
  }

  /** A date with the month's name. */
  private Optional<Found> named() {
    Optional<Named> best = Optional.empty();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      Set<DateWords.Month> months = words.months(word.group());
      if (!months.isEmpty()) {
        Optional<Named> named = named(word, months);
        if (named.isPresent() && best.map(b -> b.score < named.get().score).orElse(true)) {
          best = named;
        }
      }
    }
    return best.flatMap(this::resolved);
  }

  /**
   * A word that may be a month with the numbers around it.
   *
   * @param score how much it looks like one: {@code mar} is also a Tuesday
   */
  private record Named(Set<DateWords.Month> months, int day, int year, int score, String rest) {}

  private Optional<Named> named(Matcher word, Set<DateWords.Month> months) {
    String before = text.substring(0, word.start());
    String behind = text.substring(word.end());
    Matcher dayBefore = DAY_BEFORE.matcher(before);
    if (dayBefore.find()) {
      before = before.substring(0, dayBefore.start());
      return withYear(months, number(dayBefore, 1), before, behind, true);
    }
    Matcher dayBehind = DAY_BEHIND.matcher(behind);
    if (dayBehind.find()) {
      String rest = behind.substring(dayBehind.end());
      return withYear(months, number(dayBehind, 1), before, rest, false);
    }
    return withYear(months, 1, before, behind, false)
        .map(named -> new Named(months, 1, named.year, 0, named.rest));
  }

  private static Optional<Named> withYear(
      Set<DateWords.Month> months, int day, String before, String behind, boolean isDayBefore) {
    int score = isDayBefore ? 2 : 1;
    Matcher hyphenated = HYPHENATED_YEAR.matcher(behind);
    if (hyphenated.find()) {
      String rest = before + " " + behind.substring(hyphenated.end());
      return Optional.of(new Named(months, day, year(hyphenated.group(1)), score + 1, rest));
    }
    Matcher shortYear = SHORT_YEAR.matcher(behind);
    if (isDayBefore && shortYear.find()) {
      String rest = before + " " + behind.substring(shortYear.end());
      return Optional.of(new Named(months, day, year(shortYear.group(1)), score + 1, rest));
    }
    for (boolean isBehind : new boolean[] {true, false}) {
      String where = isBehind ? behind : before;
      Matcher year = YEAR.matcher(where);
      if (year.find()) {
        String left = where.substring(0, year.start()) + " " + where.substring(year.end());
        String rest = isBehind ? before + " " + left : left + " " + behind;
        return Optional.of(new Named(months, day, year(year.group(1)), score, rest));
      }
    }
    return Optional.empty();
  }

  /** Of the months that a word may mean, the one that the weekday fits; else the most usual. */
  private Optional<Found> resolved(Named named) {
    List<LocalDate> dates = new ArrayList<>();
    Set<Integer> months = new LinkedHashSet<>();
    named.months.forEach(month -> months.add(month.month()));
    for (int month : months) {
      try {
        dates.add(LocalDate.of(named.year, month, named.day));
      } catch (DateTimeException e) {
        // No day of that month; another one may have it.
      }
    }
    if (dates.isEmpty()) {
      return Optional.empty();
    }
    Optional<LocalDate> byWeekday = byWeekday(dates, named.rest);
    boolean isSure = dates.size() == 1 || byWeekday.isPresent();
    LocalDate date = byWeekday.orElse(dates.get(0));
    return Optional.of(
        new Found(
            date,
            isSure
                ? Optional.empty()
                : Optional.of("the name of its month has several meanings; it is read as " + date),
            named.rest));
  }

  /** The first of these dates that falls on a weekday that is named; empty where none does. */
  private Optional<LocalDate> byWeekday(List<LocalDate> dates, String rest) {
    Set<DayOfWeek> named = EnumSet.noneOf(DayOfWeek.class);
    WORD.matcher(rest).results().forEach(word -> named.addAll(words.weekdays(word.group())));
    return dates.stream().filter(date -> named.contains(date.getDayOfWeek())).findFirst();
  }

  private Optional<Found> found(Matcher m, int year, int month, int day) {
    return Optional.of(new Found(LocalDate.of(year, month, day), Optional.empty(), without(m)));
  }

  private String without(Matcher m) {
    return text.substring(0, m.start()) + " " + text.substring(m.end());
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }

  /**
   * A year of two digits is of this century up to 69; one of three counts from 1900 (RFC 2822,
   * section 4.3); one of the Buddhist calendar is 543 years ahead.
   */
  private static int year(String digits) {
    int year = Integer.parseInt(digits);
    return switch (digits.length()) {
      case 2 -> year < 70 ? 2000 + year : 1900 + year;
      case 3 -> 1900 + year;
      default -> year > 2400 && year < 2700 ? year - BUDDHIST : year;
    };
  }
}
