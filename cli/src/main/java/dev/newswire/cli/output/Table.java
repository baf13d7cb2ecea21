// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text under headings, aligned. On a terminal the last column takes what room is left and
 * is cut off with an ellipsis where that is not enough. Control characters, which feeds may hold,
 * are not printed.
 */
public final class Table {

  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<Boolean> rightAligned;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these headings; a heading that begins with a minus sign is of numbers. */
  public Table(String... headings) {
    this.headings = new ArrayList<>();
    this.rightAligned = new ArrayList<>();
    for (String heading : headings) {
      this.rightAligned.add(heading.startsWith("-"));
      this.headings.add(heading.startsWith("-") ? heading.substring(1) : heading);
    }
  }

  /** Adds a row with a cell for each heading. */
  public Table row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells under " + headings);
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(printable(String.valueOf(cell)));
    }
    rows.add(row);
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public void print(PrintWriter out, Terminal terminal) {
    int last = headings.size() - 1;
    int[] widths = new int[headings.size()];
    for (int column = 0; column < headings.size(); column++) {
      widths[column] = length(headings.get(column));
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], length(row.get(column)));
      }
    }
    int used = 0;
    for (int column = 0; column < last; column++) {
      used += widths[column] + GAP.length();
    }
    if (terminal.interactive()) {
      widths[last] = Math.min(widths[last], Math.max(16, terminal.columns() - used));
    }
    out.println(terminal.bold(line(headings, widths)));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cut(cells.get(column), widths[column]);
      String padding = " ".repeat(widths[column] - length(cell));
      line.append(rightAligned.get(column) ? padding + cell : cell + padding).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text without anything that could steer a terminal. */
  public static String printable(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}]", "");
  }
}
