// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.text.Normalizer;
import java.util.Locale;

/** Text as databases can hold it, and as it is compared word by word. */
final class Words {

  private static final char REPLACEMENT = '\uFFFD';

  private Words() {}

  /**
   * The text without what PostgreSQL, or UTF-8, can't hold: NUL and lone surrogates become U+FFFD.
   * Both kinds of store do the same; the record beside the columns keeps its NULs.
   *
   * @param text may be null, and is null then
   */
  static String storable(String text) {
    if (text == null || isStorable(text)) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point ->
                kept.appendCodePoint(
                    point == 0 || (point >= 0xD800 && point <= 0xDFFF) ? REPLACEMENT : point));
    return kept.toString();
  }

  private static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /**
   * The words of a text in lower case without diacritics, one space between each: how SQLite's
   * tokenizer unicode61 sees it, so that both kinds of store find the same.
   */
  static String folded(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder words = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < decomposed.length(); ) {
      int point = decomposed.codePointAt(i);
      i += Character.charCount(point);
      if (Character.isLetterOrDigit(point)) {
        if (gap && !words.isEmpty()) {
          words.append(' ');
        }
        gap = false;
        words.appendCodePoint(point);
      } else if (Character.getType(point) != Character.NON_SPACING_MARK) {
        gap = true;
      }
    }
    return words.toString();
  }
}
