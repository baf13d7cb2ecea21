// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.schemas.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What agencies say of a revision at the beginning of its headline: {@code UPDATE 2-}, {@code
 * CORRECTED-}, {@code 2nd LEAD}, {@code WRAPUP 1-}, {@code ROUNDUP/}, {@code Update:}; or at its
 * end: {@code (UPDATE 2)}, {@code - CORRECTION}. Several may stand one after the other. A word in
 * the middle of a headline is a word of the headline, and so is {@code First lead in the polls}.
 */
final class HeadlineSignals {

  /**
   * A signal.
   *
   * @param words the field and its words that say so
   */
  record Signal(String name, String words) {}

  private static final String OPENED = "^[\\[(*+= ]{0,4}+";
  private static final String COUNTED = "(?![\\p{L}_])\\s{0,5}+\\d{0,3}+\\s{0,5}+";
  private static final String CLOSED = "[-:—–/(\\])|,]";

  /** In capitals, as an agency writes them; in the languages that agencies write in. */
  private static final Pattern CAPITALS =
      Pattern.compile(
          OPENED
              + "((?:CORRECTED|CORRECTION|CORRECTS|CORRECTING|REFILED?|UPDATED?|WITHDRAWN"
              + "|WITHDRAWAL|KILL|WRAPUP|WRAP|RPT|REPEAT|ADVISORY|URGENT|BREAKING|FLASH|BULLETIN|ALERT"
              + "|SNAP|EXTRA|ROUNDUP|LEADALL|LEAD|WRITETHRU|KORREKTUR|BERICHTIGUNG|CORRECTIF"
              + "|RECTIFICATIF|CORRECCIÓN|CORREZIONE|AKTUALISIERT|ACTUALISATION|ACTUALIZACIÓN|ACTUALIZA"
              + "|AGGIORNAMENTO|WDH|EILMELDUNG|EIL)"
              + COUNTED
              + ")"
              + CLOSED);

  /** In small letters, only what nobody would begin a sentence with, and with a colon. */
  private static final Pattern NAMED =
      Pattern.compile(
          OPENED
              + "((?:Correction|Corrected|Update|Wrapup|Roundup|Korrektur|Correctif|Rectificatif)"
              + COUNTED
              + ")[:\\])]");

  private static final Pattern NUMBERED =
      Pattern.compile(
          OPENED
              + "(\\d{1,2}(?i:st|nd|rd|th)[ -]{0,3}+(?:LD|LEAD|UPDATE|ADD|WRITETHRU)"
              + "(?![\\p{L}\\p{N}_])"
              + "|(?i:\\d{1,2}(?:st|nd|rd|th)|first|second|third)[ -]{0,3}+"
              + "(?i:ld|lead|update|add|writethru)(?=\\s{0,3}+(?:"
              + CLOSED
              + "|$)))");
  private static final Pattern LAST =
      Pattern.compile(
          "(?:[(,\\[]\\s{0,5}+|\\s[-–—]\\s)((?:CORRECTED|CORRECTION|UPDATED?|REFILE|KORREKTUR"
              + "|\\d{1,2}(?i:st|nd|rd|th) (?i:ld|lead|update))(?: \\d{1,2})?+)"
              + "\\s{0,5}+(?:[)\\],]|$)");
  private static final List<String> CORRECTIONS =
      List.of("corre", "korrektur", "berichtigung", "rectificatif");
  private static final List<String> UPDATES = List.of("update", "aktual", "actual", "aggiorn");
  private static final int LOOKED_AT = 300;
  private static final int MOST = 3;

  private HeadlineSignals() {}

  /** The signals of a headline. */
  static List<Signal> of(String headline) {
    String line = headline.substring(0, Math.min(headline.length(), LOOKED_AT)).strip();
    List<Signal> signals = new ArrayList<>();
    String rest = line;
    for (int number = 0; number < MOST; number++) {
      Optional<Matcher> first = first(rest);
      if (first.isEmpty()) {
        break;
      }
      signals.add(signal(first.get().group(1)));
      rest = rest.substring(first.get().end());
    }
    Matcher last = LAST.matcher(rest);
    if (last.find()) {
      signals.add(signal(last.group(1)));
    }
    return signals;
  }

  private static Optional<Matcher> first(String line) {
    return Stream.of(CAPITALS, NAMED, NUMBERED)
        .map(pattern -> pattern.matcher(line))
        .filter(Matcher::find)
        .findFirst();
  }

  private static Signal signal(String words) {
    String kind = words.strip().replaceFirst("\\s{0,5}+\\d{1,3}$", "");
    return new Signal(name(kind), "headline: " + words.strip());
  }

  private static String name(String words) {
    String word = words.toLowerCase(Locale.ROOT);
    if (CORRECTIONS.stream().anyMatch(word::startsWith)) {
      return Signals.CORRECTION;
    } else if (UPDATES.stream().anyMatch(word::startsWith) || word.endsWith("update")) {
      return "update";
    } else if (word.startsWith("withdraw")) {
      return "withdrawn";
    } else if (word.startsWith("refile")) {
      return "refile";
    } else if (word.startsWith("wrap") || word.equals("roundup")) {
      return "wrapup";
    } else if (word.equals("rpt") || word.equals("wdh")) {
      return "repeat";
    } else if (word.startsWith("eil")) {
      return "urgent";
    } else if (word.endsWith("writethru")) {
      return "writethru";
    } else if (word.endsWith("add")) {
      return "add";
    }
    return word.endsWith("ld") || word.startsWith("lead") || word.endsWith("lead") ? "lead" : word;
  }
}
