// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A text in which the HTML character references that feeds leave behind are resolved, and where
 * each of its characters stood. Immutable.
 */
final class ResolvedText {

  /** Length of the longest reference that is looked for, with both marks. */
  private static final int LONGEST = 10;

  private static final Map<String, Integer> NAMED =
      Map.ofEntries(
          Map.entry("amp", (int) '&'),
          Map.entry("lt", (int) '<'),
          Map.entry("gt", (int) '>'),
          Map.entry("quot", (int) '"'),
          Map.entry("apos", (int) '\''),
          Map.entry("nbsp", 0xA0),
          Map.entry("ndash", 0x2013),
          Map.entry("mdash", 0x2014),
          Map.entry("lsquo", 0x2018),
          Map.entry("rsquo", 0x2019),
          Map.entry("ldquo", 0x201C),
          Map.entry("rdquo", 0x201D),
          Map.entry("hellip", 0x2026),
          Map.entry("bull", 0x2022),
          Map.entry("pound", 0xA3),
          Map.entry("euro", 0x20AC),
          Map.entry("eacute", 0xE9),
          Map.entry("egrave", 0xE8),
          Map.entry("aacute", 0xE1),
          Map.entry("iacute", 0xED),
          Map.entry("oacute", 0xF3),
          Map.entry("uacute", 0xFA),
          Map.entry("ntilde", 0xF1),
          Map.entry("ccedil", 0xE7),
          Map.entry("auml", 0xE4),
          Map.entry("ouml", 0xF6),
          Map.entry("uuml", 0xFC),
          Map.entry("szlig", 0xDF));

  private final String resolved;

  /** Where each character began in the original, and where the last one ended; empty if unmoved. */
  private final int[] origins;

  private ResolvedText(String resolved, int[] origins) {
    this.resolved = resolved;
    this.origins = origins;
  }

  static ResolvedText of(String text) {
    int reference = text.indexOf('&');
    if (reference < 0 || text.indexOf(';', reference) < 0) {
      return new ResolvedText(text, new int[0]);
    }
    StringBuilder resolved = new StringBuilder(text.length());
    int[] origins = new int[text.length() + 1];
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == '&' ? endOfReference(text, at) : at;
      Optional<Integer> character =
          end > at + 1 ? resolve(text.substring(at + 1, end)) : Optional.empty();
      if (character.isPresent()) {
        origins[resolved.length()] = at;
        resolved.appendCodePoint(character.get());
        at = end + 1;
        if (Character.charCount(character.get()) == 2) {
          origins[resolved.length() - 1] = at;
        }
      } else {
        origins[resolved.length()] = at;
        resolved.append(text.charAt(at++));
      }
    }
    origins[resolved.length()] = at;
    return new ResolvedText(resolved.toString(), Arrays.copyOf(origins, resolved.length() + 1));
  }

  String text() {
    return resolved;
  }

  /** Index in the original text of a character of the resolved one, or of its end. */
  int origin(int index) {
    return origins.length == 0 ? index : origins[index];
  }

  /** Index of the semicolon of a reference that begins here; its own where none is near. */
  private static int endOfReference(String text, int at) {
    int limit = Math.min(text.length(), at + LONGEST);
    for (int end = at + 1; end < limit; end++) {
      if (text.charAt(end) == ';') {
        return end;
      }
    }
    return at;
  }

  private static Optional<Integer> resolve(String name) {
    if (name.charAt(0) != '#') {
      return Optional.ofNullable(NAMED.get(name));
    }
    boolean hexadecimal = name.length() > 1 && (name.charAt(1) | 0x20) == 'x';
    try {
      int code =
          hexadecimal
              ? Integer.parseInt(name.substring(2), 16)
              : Integer.parseInt(name.substring(1));
      boolean text = Character.isValidCodePoint(code) && !Character.isISOControl(code);
      boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
      return text && !surrogate ? Optional.of(code) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
