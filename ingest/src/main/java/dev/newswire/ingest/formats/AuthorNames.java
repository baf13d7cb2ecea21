// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an author who is given with a mail address: {@code mail (Name)} as RSS 2.0 wants it,
 * {@code Name (mail)}, {@code Name <mail>}, or several of them. A mail address alone is no name.
 */
final class AuthorNames {

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![^\\s@<>(),;:\"\\[\\]])[^\\s@<>(),;:\"\\[\\]]{1,80}+@[^\\s@<>(),;:\"\\[\\]]{1,120}+");
  private static final Pattern BY = Pattern.compile("^[Bb](?:y|Y):? (?=\\p{Lu})");
  private static final int LONGEST = 1000;

  private AuthorNames() {}

  /**
   * The names in a text; the text itself where it holds no mail address; empty for a mail alone.
   */
  static String of(String author) {
    String line = BY.matcher(PlainText.line(author)).replaceFirst("");
    if (line.indexOf('@') < 0 || line.length() > LONGEST) {
      return line;
    }
    Matcher address = ADDRESS.matcher(line.replace("mailto:", ""));
    if (!address.find()) {
      return line;
    }
    Set<String> names = new LinkedHashSet<>();
    for (String part : address.replaceAll(" \u0000 ").split("\u0000", -1)) {
      String name = trimmed(PlainText.line(part));
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return String.join(", ", names);
  }

  private static String trimmed(String name) {
    int from = 0;
    int to = name.length();
    while (from < to && " ,;:/|-–<>()[]\"".indexOf(name.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && " ,;:/|-–<>()[]\"".indexOf(name.charAt(to - 1)) >= 0) {
      to--;
    }
    return name.substring(from, to);
  }
}
