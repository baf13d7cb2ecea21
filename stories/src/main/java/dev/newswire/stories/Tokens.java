// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text as they are compared: lower case, without possessives and plural endings,
 * figures without separators of thousands.
 */
final class Tokens {

  /**
   * One word.
   *
   * @param text as it is compared
   * @param figure whether it holds a digit
   * @param capitalised whether it begins with a capital inside of a sentence
   */
  record Token(String text, boolean figure, boolean capitalised) {

    int hash() {
      return Hashing.of(text);
    }
  }

  private static final int LONGEST_WORD = 40;

  private Tokens() {}

  /** The words of a text, in reading order, at most so many. */
  static List<Token> of(String text, int most) {
    List<Token> tokens = new ArrayList<>();
    boolean sentenceStarts = true;
    int at = 0;
    while (at < text.length() && tokens.size() < most) {
      char c = text.charAt(at);
      if (!Character.isLetterOrDigit(c)) {
        sentenceStarts |= c == '.' || c == '!' || c == '?' || c == '\n' || c == '"' || c == '“';
        at++;
        continue;
      }
      int end = endOfWord(text, at);
      tokens.add(token(text.substring(at, Math.min(end, at + LONGEST_WORD)), sentenceStarts));
      sentenceStarts = false;
      at = end;
    }
    return tokens;
  }

  private static int endOfWord(String text, int start) {
    int end = start + 1;
    while (end < text.length() && continues(text, end)) {
      end++;
    }
    return end;
  }

  private static boolean continues(String text, int at) {
    char c = text.charAt(at);
    if (Character.isLetterOrDigit(c)) {
      return true;
    }
    boolean between = at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
    if (!between) {
      return false;
    }
    if (c == '\'' || c == '’') {
      return true;
    }
    return (c == '.' || c == ',' || c == '/')
        && Character.isDigit(text.charAt(at - 1))
        && Character.isDigit(text.charAt(at + 1));
  }

  private static Token token(String word, boolean sentenceStarts) {
    boolean figure = word.chars().anyMatch(Character::isDigit);
    boolean capitalised = !sentenceStarts && Character.isUpperCase(word.charAt(0));
    StringBuilder plain = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '\'' || c == '’') {
        if (i >= word.length() - 2) {
          break;
        }
      } else if (c != ',') {
        plain.append(Character.toLowerCase(c));
      }
    }
    return new Token(figure ? plain.toString() : singular(plain.toString()), figure, capitalised);
  }

  private static String singular(String word) {
    int length = word.length();
    if (length > 4 && word.endsWith("ies")) {
      return word.substring(0, length - 3) + "y";
    }
    boolean plural =
        length > 3
            && word.endsWith("s")
            && !word.endsWith("ss")
            && !word.endsWith("us")
            && !word.endsWith("is");
    return plural ? word.substring(0, length - 1) : word;
  }
}
