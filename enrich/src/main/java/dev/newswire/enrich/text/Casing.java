// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

import java.util.List;

/** How a sentence uses capitals, and so what a capital in it says. */
public enum Casing {
  /** Names and first words have capitals. */
  NORMAL(0),
  /** EVERYTHING IS IN CAPITALS. */
  CAPITALS(1),
  /** Headline Style: All Longer Words Have a Capital. */
  TITLE(2),
  /** no capitals at all. */
  LOWER(3);

  /** Words of at least this many letters tell title case: shorter ones stay small in it. */
  private static final int TELLING_LENGTH = 4;

  /** Fewer words than this may all be names. */
  private static final int LEAST_TITLE_WORDS = 4;

  private final int number;

  Casing(int number) {
    this.number = number;
  }

  /** A number of its own, from 0 to 3, that models may keep. */
  public int number() {
    return number;
  }

  static Casing of(List<Token> sentence) {
    int upper = 0;
    int lower = 0;
    int telling = 0;
    int capitalised = 0;
    int words = 0;
    for (Token token : sentence) {
      String form = token.form();
      if (form.charAt(0) == '@' || form.charAt(0) == '#' || form.contains("://")) {
        continue;
      }
      int letters = 0;
      for (int i = 0; i < form.length(); i++) {
        char c = form.charAt(i);
        if (Character.isUpperCase(c)) {
          upper++;
          letters++;
        } else if (Character.isLowerCase(c)) {
          lower++;
          letters++;
        }
      }
      if (letters > 0) {
        words++;
      }
      if (letters >= TELLING_LENGTH) {
        telling++;
        if (token.isCapitalised()) {
          capitalised++;
        }
      }
    }
    if (upper == 0) {
      return lower == 0 ? NORMAL : LOWER;
    }
    if (upper >= 9 * lower && words > 1) {
      return CAPITALS;
    }
    boolean title = telling >= LEAST_TITLE_WORDS && capitalised * 10 >= telling * 9;
    return title ? TITLE : NORMAL;
  }
}
