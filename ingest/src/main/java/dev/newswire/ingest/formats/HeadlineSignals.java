// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.schemas.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What agencies say of a revision at the beginning of its headline: {@code UPDATE 2-}, {@code
 * CORRECTED-}, {@code 2nd LEAD}, {@code WRAPUP 1-}; or, of a correction, in brackets at its end. A
 * word in the middle of a headline is a word of the headline.
 */
final class HeadlineSignals {

  /**
   * A signal.
   *
   * @param words the field and its words that say so
   */
  record Signal(String name, String words) {}

  private static final Pattern FIRST =
      Pattern.compile(
          "^[\\[(*+= ]{0,4}+(CORRECTED|CORRECTION|CORRECTS|CORRECTING|REFILED?|UPDATED?|WITHDRAWN"
              + "|WITHDRAWAL|KILL|WRAPUP|WRAP|RPT|REPEAT|ADVISORY|URGENT|BREAKING|FLASH|BULLETIN|ALERT"
              + "|SNAP|EXTRA|ROUNDUP|LEADALL|LEAD|WRITETHRU)"
              + "(?![\\p{L}_])\\s{0,5}+\\d{0,3}+\\s{0,5}+[-:—–(\\])|]");
  private static final Pattern NUMBERED =
      Pattern.compile(
          "^[\\[(*+= ]{0,4}+((?:\\d{1,2}(?:st|nd|rd|th)|first|second|third)[ -]{0,3}"
              + "(?:ld|lead|update|add|writethru))(?![\\p{L}\\p{N}_])",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LAST =
      Pattern.compile("[(,\\[]\\s{0,5}+(CORRECTED|CORRECTION|UPDATED?|REFILE)\\s{0,5}+[)\\],]");
  private static final int LOOKED_AT = 300;

  private HeadlineSignals() {}

  /** The signals of a headline. */
  static List<Signal> of(String headline) {
    String line = headline.substring(0, Math.min(headline.length(), LOOKED_AT));
    List<Signal> signals = new ArrayList<>();
    for (Pattern pattern : List.of(FIRST, NUMBERED, LAST)) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        String words = line.substring(0, Math.min(line.length(), matcher.end(1))).strip();
        words = pattern.equals(LAST) ? matcher.group(1) : words;
        signals.add(new Signal(name(matcher.group(1)), "headline: " + words));
      }
    }
    return signals;
  }

  private static String name(String words) {
    String word = words.toLowerCase(Locale.ROOT);
    if (word.startsWith("correct")) {
      return Signals.CORRECTION;
    } else if (word.startsWith("update") || word.endsWith("update")) {
      return "update";
    } else if (word.startsWith("withdraw")) {
      return "withdrawn";
    } else if (word.startsWith("refile")) {
      return "refile";
    } else if (word.startsWith("wrap") || word.equals("roundup")) {
      return "wrapup";
    } else if (word.equals("rpt")) {
      return "repeat";
    } else if (word.endsWith("writethru")) {
      return "writethru";
    } else if (word.endsWith("add")) {
      return "add";
    }
    return word.endsWith("ld") || word.startsWith("lead") || word.endsWith("lead") ? "lead" : word;
  }
}
