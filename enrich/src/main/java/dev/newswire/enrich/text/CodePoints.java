// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Counts Unicode code points where Java counts UTF-16 units. Immutable. */
public final class CodePoints {

  /** Where the second units of pairs are. */
  private final int[] seconds;

  /** Those of a text. */
  public CodePoints(String text) {
    boolean plain = text.codePointCount(0, text.length()) == text.length();
    seconds =
        plain
            ? new int[0]
            : IntStream.range(1, text.length())
                .filter(i -> Character.isSurrogatePair(text.charAt(i - 1), text.charAt(i)))
                .toArray();
  }

  /** How many begin before an index in UTF-16 units. */
  public int before(int index) {
    int at = Arrays.binarySearch(seconds, index);
    return index - (at < 0 ? -at - 1 : at);
  }
}
