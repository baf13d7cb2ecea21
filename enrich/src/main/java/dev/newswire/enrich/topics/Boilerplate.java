// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of a page that belong to its site and not to the article: navigation, notices of
 * rights, invitations to subscribe and lists of other articles.
 */
final class Boilerplate {

  /** How such sentences begin. They are recognised at the beginning of a sentence or line only. */
  private static final Pattern BEGINNING =
      Pattern.compile(
          "advertisement\\b|supported by\\b|sign up\\b|subscribe\\b|already a subscriber"
              + "|read more\\b|read also\\b|also read\\b|see also\\b|more from\\b|most read\\b"
              + "|more articles\\b|related (?:articles|stories|topics|news)\\b|recommended (?:stories|for)\\b"
              + "|follow us\\b|click here\\b|share this\\b|listen to (?:this|our)\\b|watch live\\b"
              + "|get (?:our|the latest|\\w+ newsletters)\\b|join our\\b|download (?:our|the) app\\b"
              + "|all rights reserved|copyright\\b|©|this material may not be\\b"
              + "|quotes displayed in real-time|market data provided|mutual fund and etf data"
              + "|powered and implemented by|legal statement|please (?:view|refresh|enable)\\b"
              + "|the page may not be displayed|notifications can be managed|from reproductive rights to\\b"
              + "|your (?:support|donation|subscription)\\b|by (?:subscribing|signing up|entering your)\\b"
              + "|we are having trouble|thank you for your patience|if you are in reader mode"
              + "|want all of|the bbc is not responsible|read about our approach|we use cookies"
              + "|accept (?:all )?cookies|skip to (?:main )?content|lecture (?:du|restreinte)\\b"
              + "|live updates\\b|business live\\b",
          Pattern.CASE_INSENSITIVE);

  /** A page's label of its section stands before this, at the very beginning. */
  private static final String SUPPORTED_BY = "Advertisement Supported by";

  private static final int LONGEST_LABEL = 60;

  /** Characters of the longest such sentence: what goes on for longer is text again. */
  private static final int LONGEST = 400;

  private Boilerplate() {}

  /** The text with blanks in the place of boilerplate, so that all else stays where it is. */
  static String without(String text) {
    StringBuilder rest = null;
    int label = text.indexOf(SUPPORTED_BY);
    int start = label < 0 || label > LONGEST_LABEL ? 0 : label + SUPPORTED_BY.length();
    if (start > 0) {
      rest = blanked(new StringBuilder(text), 0, start);
    }
    Matcher beginning = BEGINNING.matcher(text);
    while (start < text.length()) {
      int first = SentenceEnds.skipBlanks(text, start);
      int end = SentenceEnds.next(text, first, 1);
      if (first < end && beginning.region(first, end).lookingAt()) {
        end = Math.min(end, first + LONGEST);
        rest = blanked(rest == null ? new StringBuilder(text) : rest, first, end);
      }
      start = end;
    }
    return rest == null ? text : rest.toString();
  }

  private static StringBuilder blanked(StringBuilder text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
    return text;
  }
}
