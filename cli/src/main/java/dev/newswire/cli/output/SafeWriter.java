// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.output;

import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/**
 * Writes what a command prints, without what outside text must not do: steer a terminal, turn the
 * direction of a line, or show the password of an address. Each text is looked at as it is given;
 * the texts of this program are given whole. Not thread-safe beyond what the writer behind it is.
 */
public final class SafeWriter extends Writer {

  private static final char ESCAPE = '\u001b';

  /** Colours and styles, and what progress and watching need: to clear a line or the screen. */
  private static final Pattern OWN_ESCAPE =
      Pattern.compile("\u001b\\[(?:0|1|2|31|32|33|1;33|4|36|34|35)?m|\u001b\\[(?:K|H|2J)");

  private static final Pattern PASSWORD =
      Pattern.compile("://[^\\s/?#@:\"']{0,256}:[^\\s/?#@\"']{0,256}@");

  private final Writer out;

  public SafeWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    write(new String(text, from, length), 0, length);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    out.write(safe(text.substring(from, from + length)));
  }

  /** The text as it may be printed. */
  static String safe(String text) {
    return withoutControls(withoutPasswords(text));
  }

  /** The text with {@code ***} in place of the user and password of each address. */
  static String withoutPasswords(String text) {
    return text.indexOf('@') < 0 ? text : PASSWORD.matcher(text).replaceAll("://***@");
  }

  private static String withoutControls(String text) {
    if (text.chars().noneMatch(SafeWriter::isControl)) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (!isControl(letter) || (letter == ESCAPE && isOwnEscape(text, at))) {
        kept.append(letter);
      }
    }
    return kept.toString();
  }

  private static boolean isOwnEscape(String text, int at) {
    return OWN_ESCAPE.matcher(text).region(at, text.length()).lookingAt();
  }

  private static boolean isControl(int letter) {
    boolean isControl = Character.isISOControl(letter);
    return isControl
        ? letter != '\n' && letter != '\r' && letter != '\t'
        : isBidirectional(letter) || letter == '\u2028' || letter == '\u2029';
  }

  /** Whether a character does nothing but change the direction of text (UAX #9, 2). */
  static boolean isBidirectional(int letter) {
    return (letter >= '\u202a' && letter <= '\u202e')
        || (letter >= '\u2066' && letter <= '\u2069')
        || letter == '\u200e'
        || letter == '\u200f'
        || letter == '\u061c';
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
