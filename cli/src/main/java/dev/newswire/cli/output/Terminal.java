// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.output;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What is known of where the output goes. The launcher script says whether standard output is a
 * terminal and how wide it is, since Java 17 can't tell the one without the other.
 *
 * @param interactive whether standard output is a terminal
 * @param columns its width in characters, at least 40
 * @param colour whether to use colour: on a terminal, unless NO_COLOR is set
 */
public record Terminal(boolean interactive, int columns, boolean colour) {

  /** Output is UTF-8, wherever it goes. */
  public static final Charset CHARSET = StandardCharsets.UTF_8;

  private static final int DEFAULT_COLUMNS = 100;

  /** The one that this process writes to. */
  public static Terminal current() {
    boolean interactive = Boolean.getBoolean("newswire.terminal");
    return new Terminal(
        interactive,
        Math.max(40, Integer.getInteger("newswire.columns", DEFAULT_COLUMNS)),
        interactive && System.getenv("NO_COLOR") == null);
  }

  /** The text in bold, where there is colour. */
  public String bold(String text) {
    return styled("1", text);
  }

  /** The text in faint letters, where there is colour. */
  public String faint(String text) {
    return styled("2", text);
  }

  /** The text as something found: bold and yellow, where there is colour. */
  public String highlighted(String text) {
    return styled("1;33", text);
  }

  /** The text as something wrong: red, where there is colour. */
  public String alarming(String text) {
    return styled("31", text);
  }

  /** The same, on which no line of a table is cut. */
  public Terminal uncut() {
    return new Terminal(false, columns, colour);
  }

  /** The same, on which each line of a table is cut, wherever the output goes. */
  public Terminal cut() {
    return new Terminal(true, columns, colour);
  }

  /** The text in the style of a code of ECMA-48 (SGR), where there is colour. */
  public String styled(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
