// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them. Values are given as they are. */
final class Csv {

  private Csv() {}

  /** Prints one record. */
  static void print(PrintWriter out, List<String> values) {
    out.print(values.stream().map(Csv::quoted).collect(Collectors.joining(",")) + "\r\n");
    out.flush();
  }

  private static String quoted(String value) {
    return value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + value.replace("\"", "\"\"") + '"'
        : value;
  }
}
