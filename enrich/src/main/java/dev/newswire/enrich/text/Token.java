// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

/**
 * A word, a number or a mark.
 *
 * @param start UTF-16 index of its first character in the text
 * @param end UTF-16 index after its last character
 * @param form what it says: the text of the span with character references such as an ampersand as
 *     markup has it resolved; never empty
 */
public record Token(int start, int end, String form) {

  /** Whether it holds a letter. */
  public boolean isWord() {
    return form.codePoints().anyMatch(Character::isLetter);
  }

  /** Whether it begins with a capital. */
  public boolean isCapitalised() {
    return Character.isUpperCase(form.codePointAt(0)) || Character.isTitleCase(form.codePointAt(0));
  }
}
