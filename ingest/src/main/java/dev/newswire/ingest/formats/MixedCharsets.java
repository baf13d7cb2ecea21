// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads a document whose items are in different charsets, as an aggregator makes it that copies
 * bytes: each item is read in the charset that it is in.
 */
final class MixedCharsets {

  private static final List<String> ITEMS = List.of("<item", "<entry", "<url>", "<NewsItem");

  /** So many whole characters of UTF-8 do not come about by chance in another charset. */
  private static final int NO_CHANCE = 3;

  private MixedCharsets() {}

  /**
   * The text of a document, and the charsets that it is in.
   *
   * @param charsets more than one
   */
  record Mixed(String text, Set<Charset> charsets) {}

  /**
   * Reads a document that is not wholly in one charset.
   *
   * @param declared what it is said to be in, if that is known and is no UTF-8
   * @param detect what a part without a declaration looks like, given its bytes
   * @return empty where its items are not in UTF-8 and another charset by turns
   */
  static Optional<Mixed> read(
      byte[] bytes,
      Optional<Charset> declared,
      BiFunction<byte[], Optional<Charset>, Optional<Charset>> detect) {
    StringBuilder text = new StringBuilder(bytes.length);
    Set<Charset> charsets = new LinkedHashSet<>();
    boolean hasUtf8 = false;
    for (int[] part : parts(bytes)) {
      MixedUtf8 utf8 = MixedUtf8.of(bytes, part[0], part[1]);
      if (utf8.valid() + utf8.bad() == 0) {
        text.append(utf8.text());
      } else if ((utf8.valid() >= NO_CHANCE && utf8.isMostlyUtf8())
          || (utf8.bad() == 0 && declared.isEmpty())) {
        text.append(utf8.text());
        hasUtf8 = true;
      } else {
        byte[] own = java.util.Arrays.copyOfRange(bytes, part[0], part[1]);
        Optional<Charset> charset = detect.apply(own, declared);
        charset.ifPresent(charsets::add);
        text.append(charset.map(known -> new String(own, known)).orElseGet(utf8::text));
        hasUtf8 |= charset.isEmpty();
      }
    }
    if (hasUtf8) {
      charsets.add(StandardCharsets.UTF_8);
    }
    return charsets.size() > 1
        ? Optional.of(new Mixed(text.toString(), charsets))
        : Optional.empty();
  }

  /** Beginning and end of each item, with what follows it; and of what comes before the first. */
  private static List<int[]> parts(byte[] bytes) {
    List<int[]> parts = new ArrayList<>();
    String ascii = new String(bytes, StandardCharsets.ISO_8859_1);
    int from = 0;
    for (int at = ascii.indexOf('<'); at >= 0; at = ascii.indexOf('<', at + 1)) {
      int place = at;
      boolean isItem =
          ITEMS.stream()
              .anyMatch(
                  item -> ascii.startsWith(item, place) && !isLonger(ascii, place + item.length()));
      boolean isEnd = ascii.startsWith("</item>", at) || ascii.startsWith("</entry>", at);
      if ((isItem || isEnd) && at > from) {
        parts.add(new int[] {from, at});
        from = at;
      }
    }
    parts.add(new int[] {from, bytes.length});
    return parts;
  }

  private static boolean isLonger(String text, int at) {
    return text.charAt(at - 1) != '>'
        && at < text.length()
        && Character.isLetterOrDigit(text.charAt(at));
  }
}
