// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

/**
 * Where sentences end, near enough to weigh what stands in them. The splitter that recognition uses
 * needs all tokens of the text, which rules don't have.
 */
final class SentenceEnds {

  /** Letters of the longest word that is taken for an abbreviation before a point: Gov, Sept. */
  private static final int LONGEST_ABBREVIATION = 2;

  private SentenceEnds() {}

  /** Index of the first character from one on that is no white space; the length if none is. */
  static int skipBlanks(String text, int start) {
    int i = start;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /**
   * Index after the sentence that begins at a place.
   *
   * @param least UTF-16 units that a sentence has: an earlier end is a dateline's or a name's
   */
  static int next(String text, int start, int least) {
    for (int i = start; i < text.length(); i++) {
      if (i - start + 1 >= least && endsAt(text, start, i)) {
        return i + 1;
      }
    }
    return text.length();
  }

  private static boolean endsAt(String text, int start, int i) {
    char mark = text.charAt(i);
    if (mark == '\n') {
      return true;
    }
    if (mark == '。' || mark == '！' || mark == '？') {
      return true;
    }
    if (mark != '.' && mark != '!' && mark != '?' && mark != '؟') {
      return false;
    }
    int after = i + 1;
    while (after < text.length() && isClosing(text.charAt(after))) {
      after++;
    }
    if (after == text.length()) {
      return true;
    }
    if (!Character.isWhitespace(text.charAt(after))) {
      return false;
    }
    int next = skipBlanks(text, after);
    boolean isLower = next < text.length() && Character.isLowerCase(text.charAt(next));
    return !isLower && (mark != '.' || !isAbbreviation(text, start, i));
  }

  private static boolean isClosing(char mark) {
    return mark == '"' || mark == '\'' || mark == '”' || mark == '’' || mark == ')' || mark == '»';
  }

  private static boolean isAbbreviation(String text, int start, int point) {
    int first = point;
    while (first > start && Character.isLetter(text.charAt(first - 1))) {
      first--;
    }
    int letters = point - first;
    return letters > 0
        && letters <= LONGEST_ABBREVIATION
        && Character.isUpperCase(text.charAt(first));
  }
}
