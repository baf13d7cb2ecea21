// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.moments;

import com.ibm.icu.text.DateFormatSymbols;
import com.ibm.icu.util.ULocale;
import java.text.Normalizer;
import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names of months, weekdays and halves of the day in the languages that feeds come in, by the CLDR:
 * wide and short, within a date and alone, with and without their accents. Immutable; safe for use
 * by many threads.
 */
final class DateWords {

  /**
   * A month that a word means in some language.
   *
   * @param month 1 to 12
   * @param language an ICU locale's name
   */
  record Month(int month, String language) {}

  /**
   * By the number of feeds that come in them: where a word is a month in several, as Czech and
   * Croatian {@code srp} is, the first one holds if the weekday does not tell.
   */
  private static final List<String> LANGUAGES =
      List.of(
          ("en en_GB en_AU en_CA es es_MX de de_AT fr fr_CA pt pt_PT ru it ja zh zh_Hant pl nl tr ar"
                  + " ar_SY ar_DZ ar_MA ar_TN fa uk cs sv ro hu el da fi nb nn no id vi ko he hi bn"
                  + " bg sk hr sl sr sr_Latn bs sr_Latn_ME mk lt lv et is th ms ur ta te ml mr gu pa"
                  + " kn ne si my km lo ka hy az kk ky uz tg tk mn be sq mt ga cy gd gl ca eu af sw"
                  + " am so ha yo zu fil ps ku eo lb fo fy rm")
              .split(" "));

  private static final int SHORTEST_PREFIX = 3;

  private static final List<DayOfWeek> CALENDAR_DAYS =
      List.of(
          DayOfWeek.SUNDAY,
          DayOfWeek.MONDAY,
          DayOfWeek.TUESDAY,
          DayOfWeek.WEDNESDAY,
          DayOfWeek.THURSDAY,
          DayOfWeek.FRIDAY,
          DayOfWeek.SATURDAY);

  /** Words of the half of the day that are other words in other languages. */
  private static final Set<String> NO_HALVES = Set.of("de", "du", "da", "pre", "em");

  private final Map<String, Set<Month>> months = new HashMap<>();
  private final Map<String, Set<String>> prefixes = new HashMap<>();
  private final Map<String, Set<DayOfWeek>> weekdays = new HashMap<>();
  private final Map<String, Boolean> afternoon = new HashMap<>();

  DateWords() {
    LANGUAGES.forEach(this::learn);
    afternoon.put("am", false);
    afternoon.put("pm", true);
    // Customary beside the CLDR's: French Canadian Sept., Portuguese out., Italian sett.
    month("sept", 9, "en");
    month("sett", 9, "it");
  }

  private void learn(String language) {
    DateFormatSymbols symbols = new DateFormatSymbols(new ULocale(language));
    for (int context : List.of(DateFormatSymbols.FORMAT, DateFormatSymbols.STANDALONE)) {
      for (int width : List.of(DateFormatSymbols.WIDE, DateFormatSymbols.ABBREVIATED)) {
        String[] names = symbols.getMonths(context, width);
        for (int i = 0; i < 12; i++) {
          month(names[i], i + 1, language);
        }
        weekdays(symbols.getWeekdays(context, width));
      }
      weekdays(symbols.getWeekdays(context, DateFormatSymbols.SHORT));
    }
    String[] halves = symbols.getAmPmStrings();
    half(halves[0], false);
    half(halves[1], true);
  }

  private void month(String name, int month, String language) {
    String plain = plain(name);
    for (String form : List.of(plain, withoutAccents(plain))) {
      if (form.chars().anyMatch(Character::isLetter)
          && form.chars().noneMatch(Character::isDigit)) {
        months.computeIfAbsent(form, key -> new LinkedHashSet<>()).add(new Month(month, language));
        for (int length = SHORTEST_PREFIX; length < form.length(); length++) {
          prefixes
              .computeIfAbsent(form.substring(0, length), key -> new LinkedHashSet<>())
              .add(form);
        }
      }
    }
  }

  private void weekdays(String[] names) {
    for (int i = 0; i < CALENDAR_DAYS.size(); i++) {
      String plain = plain(names[i + 1]);
      for (String form : List.of(plain, withoutAccents(plain))) {
        weekdays
            .computeIfAbsent(form, key -> EnumSet.noneOf(DayOfWeek.class))
            .add(CALENDAR_DAYS.get(i));
      }
    }
  }

  private void half(String name, boolean isAfternoon) {
    String plain = plain(name).replace(" ", "");
    if (!plain.isEmpty() && !NO_HALVES.contains(plain)) {
      afternoon.putIfAbsent(plain, isAfternoon);
    }
  }

  /** The months that a word may mean, the most usual first; empty where it means none. */
  Set<Month> months(String word) {
    String plain = plain(word);
    Set<Month> exact =
        months.getOrDefault(plain, months.getOrDefault(withoutAccents(plain), Set.of()));
    if (!exact.isEmpty()) {
      return exact;
    }
    Set<Month> found = new LinkedHashSet<>();
    for (String name : prefixes.getOrDefault(plain, Set.of())) {
      found.addAll(months.get(name));
    }
    return found;
  }

  /** The weekdays that a word may mean. */
  Set<DayOfWeek> weekdays(String word) {
    String plain = plain(word);
    return weekdays.getOrDefault(plain, weekdays.getOrDefault(withoutAccents(plain), Set.of()));
  }

  /** Whether a word means the afternoon (true) or the morning (false); empty where neither. */
  Optional<Boolean> isAfternoon(String word) {
    return Optional.ofNullable(afternoon.get(plain(word).replace(" ", "")));
  }

  /** Lower case, without dots and apostrophes. */
  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        // What a capital dotted I of Turkish becomes.
        .replace("i\u0307", "i")
        .replaceAll("[.'’\u200e\u200f]", "")
        .replace('\u202f', ' ')
        .strip();
  }

  private static String withoutAccents(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{Mn}", "");
  }
}
