// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.nio.charset.Charset;

/**
 * Reads bytes that are UTF-8 but for a few: each of those is the character that it is in
 * windows-1252 where that is a printable one, else U+FFFD. A character that was cut is one U+FFFD.
 * A pair of surrogates that was encoded as two characters (CESU-8) is the character that it means.
 */
final class MixedUtf8 {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final char REPLACEMENT = '\ufffd';

  /** Bytes that end a cut character of UTF-8 far more often than they are letters. */
  private static final String USUAL_LEADS = "\u00c2\u00c3\u00e2";

  private final byte[] bytes;
  private final StringBuilder text;
  private int valid;
  private int bad;

  private MixedUtf8(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    text = new StringBuilder(to - from);
    int at = from;
    while (at < to) {
      at = next(at, to);
    }
  }

  /** Reads a part of the bytes. */
  static MixedUtf8 of(byte[] bytes, int from, int to) {
    return new MixedUtf8(bytes, from, to);
  }

  String text() {
    return text.toString();
  }

  /** How many characters of more than one byte were well-formed. */
  int valid() {
    return valid;
  }

  /** How many bytes were no UTF-8. */
  int bad() {
    return bad;
  }

  /** Whether the bytes are meant as UTF-8: some characters of more bytes are whole, few are not. */
  boolean isMostlyUtf8() {
    return valid > 0 && bad <= Math.max(1, valid);
  }

  private int next(int at, int to) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      text.append((char) first);
      return at + 1;
    }
    int length = length(first);
    int whole = 1;
    while (whole < length && at + whole < to && isContinuation(at, whole, first)) {
      whole++;
    }
    if (length > 1 && whole == length) {
      text.appendCodePoint(codePoint(at, length));
      valid++;
      return at + length;
    }
    int surrogates = surrogates(at, to);
    if (surrogates > 0) {
      text.appendCodePoint(surrogates);
      valid++;
      return at + 6;
    }
    bad++;
    boolean isCut = whole > 1 || (USUAL_LEADS.indexOf(first) >= 0 && isEnd(at + 1, to));
    text.append(isCut ? REPLACEMENT : western(first));
    return at + whole;
  }

  private boolean isEnd(int at, int to) {
    return at >= to || " <].\"\n\r\t,…".indexOf(bytes[at]) >= 0;
  }

  /** How many bytes a character has that begins with this one; one where none begins so. */
  private static int length(int first) {
    if (first < 0xc2 || first > 0xf4) {
      return 1;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  }

  /** By table 3-7 of the Unicode Standard: no overlong forms, no surrogates, nothing too large. */
  private boolean isContinuation(int at, int index, int first) {
    int next = bytes[at + index] & 0xff;
    int least = 0x80;
    int most = 0xbf;
    if (index == 1) {
      least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
      most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    }
    return next >= least && next <= most;
  }

  private int codePoint(int at, int length) {
    int point = bytes[at] & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      point = point << 6 | (bytes[at + i] & 0x3f);
    }
    return point;
  }

  /** The character that six bytes mean which encode its surrogates; 0 where they do not. */
  private int surrogates(int at, int to) {
    if (at + 6 > to || (bytes[at] & 0xff) != 0xed || (bytes[at + 3] & 0xff) != 0xed) {
      return 0;
    }
    char high = (char) codePoint(at, 3);
    char low = (char) codePoint(at + 3, 3);
    return Character.isSurrogatePair(high, low) ? Character.toCodePoint(high, low) : 0;
  }

  private static char western(int value) {
    char c = new String(new byte[] {(byte) value}, WINDOWS_1252).charAt(0);
    return Character.isISOControl(c) ? REPLACEMENT : c;
  }
}
