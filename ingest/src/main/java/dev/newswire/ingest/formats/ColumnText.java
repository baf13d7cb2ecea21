// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells paragraphs whose line breaks have a meaning, such as the tables that agencies set with
 * blanks, from those that a program has wrapped or indented.
 */
final class ColumnText {

  private static final Pattern COLUMNS = Pattern.compile("\\S(?: {3,}|\\t| {2}(?=[\\d+-]))\\S");
  private static final int LONGEST_ENTRY = 50;

  private ColumnText() {}

  /** Whether the lines of an element of text alone are to stay. */
  static boolean hasLines(Element paragraph) {
    if (paragraph.hasChildren()) {
      return false;
    }
    String text = paragraph.rawText();
    if (text.indexOf('\n') < 0) {
      return false;
    }
    if (paragraph.attribute("space").equals("preserve")) {
      return true;
    }
    List<String> lines = text.strip().lines().filter(line -> !line.isBlank()).toList();
    long columns = lines.stream().filter(line -> COLUMNS.matcher(line.strip()).find()).count();
    boolean isTable = lines.size() >= 2 && columns >= 2 && columns * 2 >= lines.size();
    boolean isList =
        lines.size() >= 3
            && lines.stream().noneMatch(line -> Character.isWhitespace(line.charAt(0)))
            && lines.stream().allMatch(line -> line.length() <= LONGEST_ENTRY);
    return isTable || isList;
  }
}
