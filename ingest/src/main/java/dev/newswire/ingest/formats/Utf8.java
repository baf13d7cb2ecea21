// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** UTF-8 (RFC 3629): checked without decoding it, and decoded fast where most of it is ASCII. */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int PIECE = 128;

  /** As many bytes are looked at together, in half the time of as many words one by one. */
  private static final int FOUR_WORDS = 4 * Long.BYTES;

  private Utf8() {}

  static boolean isAscii(byte[] bytes) {
    return endOfAscii(bytes, 0, bytes.length) == bytes.length;
  }

  /** Where, between two places, the first byte is that is not ASCII; the second where none is. */
  static int endOfAscii(byte[] bytes, int from, int to) {
    int i = from;
    while (i + FOUR_WORDS <= to
        && ((word(bytes, i, 0) | word(bytes, i, 1) | word(bytes, i, 2) | word(bytes, i, 3))
                & HIGH_BITS)
            == 0) {
      i += FOUR_WORDS;
    }
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  /** Where, between two places, a character of ASCII is first; the second where it is not. */
  static int indexOf(byte[] utf8, char ascii, int from, int to) {
    long everywhere = ONES * ascii;
    int i = from;
    while (i + FOUR_WORDS <= to
        && ((zeros(word(utf8, i, 0) ^ everywhere)
                    | zeros(word(utf8, i, 1) ^ everywhere)
                    | zeros(word(utf8, i, 2) ^ everywhere)
                    | zeros(word(utf8, i, 3) ^ everywhere))
                & HIGH_BITS)
            == 0) {
      i += FOUR_WORDS;
    }
    while (i < to && utf8[i] != ascii) {
      i++;
    }
    return i;
  }

  private static long word(byte[] bytes, int from, int number) {
    return (long) LONGS.get(bytes, from + number * Long.BYTES);
  }

  /** A word with some high bit set if one of its bytes is zero, and none if none is. */
  private static long zeros(long word) {
    return (word - ONES) & ~word;
  }

  /** Whether bytes are UTF-8: no character cut, longer than it must be, or half of a pair. */
  static boolean isValid(byte[] bytes) {
    int i = endOfAscii(bytes, 0, bytes.length);
    while (i < bytes.length) {
      int length = lengthOfCharacter(bytes, i);
      if (length == 0) {
        return false;
      }
      i = endOfAscii(bytes, i + length, bytes.length);
    }
    return true;
  }

  /** How many bytes the character has, not of ASCII, that begins at a place; 0 where none does. */
  private static int lengthOfCharacter(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < 0xe0) {
      return first >= 0xc2 && follows(bytes, at + 1, 0x80, 0xbf) ? 2 : 0;
    }
    if (first < 0xf0) {
      int least = first == 0xe0 ? 0xa0 : 0x80;
      int most = first == 0xed ? 0x9f : 0xbf;
      return follows(bytes, at + 1, least, most) && follows(bytes, at + 2, 0x80, 0xbf) ? 3 : 0;
    }
    int least = first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xf4 ? 0x8f : 0xbf;
    return first <= 0xf4
            && follows(bytes, at + 1, least, most)
            && follows(bytes, at + 2, 0x80, 0xbf)
            && follows(bytes, at + 3, 0x80, 0xbf)
        ? 4
        : 0;
  }

  private static boolean follows(byte[] bytes, int at, int least, int most) {
    return at < bytes.length && (bytes[at] & 0xff) >= least && (bytes[at] & 0xff) <= most;
  }

  /**
   * The text of bytes that are UTF-8. Piece by piece: the platform copies what is all ASCII as it
   * is, while a single curly quote makes it go through the rest character by character.
   */
  static String decode(byte[] utf8) {
    if (isAscii(utf8)) {
      return new String(utf8, StandardCharsets.ISO_8859_1);
    }
    StringBuilder text = new StringBuilder(utf8.length);
    int from = 0;
    while (from < utf8.length) {
      int other = endOfAscii(utf8, from, utf8.length);
      text.append(new String(utf8, from, other - from, StandardCharsets.ISO_8859_1));
      int to = Math.min(other + PIECE, utf8.length);
      while (to < utf8.length && (utf8[to] & 0xc0) == 0x80) {
        to++;
      }
      text.append(new String(utf8, other, to - other, StandardCharsets.UTF_8));
      from = to;
    }
    return text.toString();
  }
}
