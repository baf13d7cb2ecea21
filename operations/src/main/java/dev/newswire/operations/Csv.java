// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated values as RFC 4180 has them. A value that a spreadsheet would run as a formula
 * gets an apostrophe before it (OWASP, CSV injection): it is shown, and read by programs, with it.
 */
public final class Csv {

  private Csv() {}

  /** Prints one record. */
  public static void print(PrintWriter out, List<String> values) {
    out.print(values.stream().map(Csv::quoted).collect(Collectors.joining(",")) + "\r\n");
    out.flush();
  }

  /** What begins a formula, also behind blanks, which some spreadsheets leave out. */
  private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\n|%";

  private static String quoted(String given) {
    String bare = given.stripLeading();
    boolean isFormula = beginsFormula(bare) || beginsFormula(given);
    String value = isFormula ? "'" + given : given;
    return value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + value.replace("\"", "\"\"") + '"'
        : value;
  }

  private static boolean beginsFormula(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
  }
}
