// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.Arrays;

/**
 * Builds plain text out of inline text, line breaks and paragraphs: white space collapses, one
 * empty line stands between paragraphs, and control characters are dropped.
 */
final class PlainText {

  /**
   * What U+0080 to U+009F mean where they occur: nobody sends these control characters, but many
   * send characters of windows-1252 under the numbers that they have there.
   */
  private static final String WINDOWS_1252 =
      "\u20ac \u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152 \u017d "
          + " \u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153 \u017e\u0178";

  private static final byte PLAIN = 0;
  private static final byte BLANK = 1;
  private static final byte SPACE = 2;
  private static final byte CONTROL = 3;
  private static final byte OF_WINDOWS_1252 = 4;
  private static final byte MARK = 5;

  /** What each character is. */
  private static final byte[] KINDS = new byte[Character.MAX_VALUE + 1];

  static {
    for (int i = 0; i < KINDS.length; i++) {
      char c = (char) i;
      if (isSpace(c)) {
        KINDS[c] = c == ' ' ? BLANK : SPACE;
      } else if (isControl(c)) {
        KINDS[c] = CONTROL;
      } else {
        KINDS[c] = c >= 0x80 && c < 0xa0 ? OF_WINDOWS_1252 : PLAIN;
      }
    }
    KINDS['<'] = MARK;
    KINDS['&'] = MARK;
  }

  /** What goes between two paragraphs. */
  private static final int LONGEST_BREAK = 2;

  /** The text; and somewhere behind it, while it is added, what is to follow. */
  private char[] out;

  private int length;
  private boolean space;
  private int breaks;

  PlainText() {
    this(256);
  }

  /** With room for as many characters. */
  PlainText(int room) {
    out = new char[room];
  }

  /** An empty text that is to take the place of markup in an array, never overtaking it. */
  PlainText(char[] markup) {
    out = markup;
  }

  /** Adds text of a running paragraph. */
  PlainText inline(String text) {
    reserve(LONGEST_BREAK + text.length());
    int from = length + LONGEST_BREAK;
    text.getChars(0, text.length(), out, from);
    inline(from, from + text.length());
    return this;
  }

  /** Adds text of a running paragraph that stands in the array. */
  void inline(int from, int to) {
    for (int mark = upToMark(from, to); mark < to; mark = upToMark(mark + 1, to)) {
      append(out[mark]);
    }
  }

  /**
   * Adds what stands in the array up to where markup may begin: a {@code <} or an ampersand.
   *
   * @return where that is; the end where it is nowhere
   */
  int upToMark(int from, int to) {
    int i = from;
    while (i < to) {
      char c = out[i];
      switch (KINDS[c]) {
        case PLAIN -> {
          flush();
          i = appendWords(i, to);
        }
        case OF_WINDOWS_1252 -> {
          append(WINDOWS_1252.charAt(c - 0x80));
          i++;
        }
        case MARK -> {
          return i;
        }
        default -> {
          space |= KINDS[c] != CONTROL;
          i++;
        }
      }
    }
    return to;
  }

  /**
   * Adds words that have one blank between them, and none behind. They are copied as they are
   * looked at: most are short, and the call that would copy them costs more than they do.
   *
   * @return where they end
   */
  private int appendWords(int from, int to) {
    char[] text = out;
    int i = from;
    int end = length;
    int before = PLAIN;
    while (i < to) {
      char c = text[i];
      int kind = KINDS[c];
      // Only of two plain characters, or one and a blank, is the sum so small.
      if (kind + before > BLANK) {
        break;
      }
      text[end++] = c;
      before = kind;
      i++;
    }
    int blanks = before == BLANK ? 1 : 0;
    length = end - blanks;
    return i - blanks;
  }

  /** Where, between two places of an array, markup may begin; the second where it is nowhere. */
  static int mark(char[] markup, int from, int to) {
    int i = from;
    while (i < to && KINDS[markup[i]] != MARK) {
      i++;
    }
    return i;
  }

  private void append(char c) {
    flush();
    out[length++] = c;
  }

  private void reserve(int more) {
    if (length + more > out.length) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
    }
  }

  /** Adds text whose lines and columns have a meaning. */
  PlainText preformatted(String text) {
    paragraph();
    text.lines()
        .map(String::stripTrailing)
        .forEach(
            line -> {
              if (line.isEmpty()) {
                paragraph();
              } else {
                reserve(LONGEST_BREAK + line.length());
                flush();
                line.chars()
                    .filter(c -> c == '\t' || !isControl((char) c))
                    .forEach(c -> append((char) c));
                lineBreak();
              }
            });
    return paragraph();
  }

  PlainText lineBreak() {
    breaks = Math.max(breaks, 1);
    return this;
  }

  PlainText paragraph() {
    breaks = 2;
    return this;
  }

  private void flush() {
    if (length > 0) {
      if (breaks > 0) {
        out[length++] = '\n';
        if (breaks == 2) {
          out[length++] = '\n';
        }
      } else if (space) {
        out[length++] = ' ';
      }
    }
    breaks = 0;
    space = false;
  }

  @Override
  public String toString() {
    return new String(out, 0, length);
  }

  /** A text on one line: white space collapsed and stripped, control characters dropped. */
  static String line(String text) {
    return isLine(text)
        ? text
        : new PlainText(LONGEST_BREAK + text.length()).inline(text).toString();
  }

  private static boolean isLine(String text) {
    int before = BLANK;
    for (int i = 0; i < text.length(); i++) {
      int kind = KINDS[text.charAt(i)];
      if (kind + before > BLANK) {
        if (kind != MARK) {
          return false;
        }
        kind = PLAIN;
      }
      before = kind;
    }
    return before != BLANK || text.isEmpty();
  }

  /** A plain text with paragraphs between empty lines, the lines of each joined. */
  static String paragraphs(String text) {
    PlainText plain = new PlainText();
    text.lines()
        .forEach(
            line -> {
              if (line.isBlank()) {
                plain.paragraph();
              } else {
                plain.inline(line).inline(" ");
              }
            });
    return plain.toString();
  }

  /** A plain text with its lines kept, control characters dropped. */
  static String lines(String text) {
    PlainText plain = new PlainText();
    text.lines()
        .forEach(
            line -> {
              if (line.isBlank()) {
                plain.paragraph();
              } else {
                plain.inline(line.strip()).lineBreak();
              }
            });
    return plain.toString();
  }

  /** White space that collapses; the no-break space and zero-width characters with it. */
  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\u00a0';
  }

  private static boolean isControl(char c) {
    return c < 0x20
        || c == 0x7f
        || (c >= 0x80 && c < 0xa0 && WINDOWS_1252.charAt(c - 0x80) == ' ')
        || c == '\ufeff'
        || c == '\u00ad'
        || c == '\ufffe'
        || c == '\uffff';
  }
}
