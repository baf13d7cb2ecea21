// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

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

  private final StringBuilder out = new StringBuilder();
  private boolean space;
  private int breaks;

  /** Adds text of a running paragraph. */
  PlainText inline(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSpace(c)) {
        space = true;
      } else if (!isControl(c)) {
        flush();
        out.append(c >= 0x80 && c < 0xa0 ? WINDOWS_1252.charAt(c - 0x80) : c);
      }
    }
    return this;
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
                flush();
                line.chars()
                    .filter(c -> c == '\t' || !isControl((char) c))
                    .forEach(c -> out.append((char) c));
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
    if (out.length() > 0) {
      if (breaks > 0) {
        out.append(breaks == 1 ? "\n" : "\n\n");
      } else if (space) {
        out.append(' ');
      }
    }
    breaks = 0;
    space = false;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** A text on one line: white space collapsed and stripped, control characters dropped. */
  static String line(String text) {
    int end = text.length();
    boolean clean = end == 0 || (!isSpace(text.charAt(0)) && !isSpace(text.charAt(end - 1)));
    for (int i = 0; clean && i < end; i++) {
      char c = text.charAt(i);
      clean =
          !isControl(c)
              && (c < 0x80 || c >= 0xa0)
              && (!isSpace(c) || (c == ' ' && text.charAt(i + 1) != ' '));
    }
    return clean ? text : new PlainText().inline(text).toString();
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
