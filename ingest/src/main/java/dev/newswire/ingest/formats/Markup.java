// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Makes trees of HTML, in work that grows with its length. */
final class Markup {

  private static final Pattern TABLE = Pattern.compile("<(/?)table", Pattern.CASE_INSENSITIVE);

  /**
   * The parser looks through all open tables for each that is opened, so that their number has to
   * be bounded. Further ones are read as plain blocks.
   */
  private static final int MOST_TABLES = 1_000;

  private Markup() {}

  /**
   * A page.
   *
   * @param address that relative addresses are relative to
   */
  static Document page(String html, String address) {
    return Jsoup.parse(withFewTables(html), address);
  }

  /** The element that holds a fragment. */
  static Element fragment(String html) {
    return Jsoup.parseBodyFragment(withFewTables(html)).body();
  }

  private static String withFewTables(String html) {
    Matcher table = TABLE.matcher(html);
    int tables = 0;
    while (tables < MOST_TABLES && table.find()) {
      tables += table.group(1).isEmpty() ? 1 : 0;
    }
    return tables < MOST_TABLES
        ? html
        : html.substring(0, table.start())
            + TABLE.matcher(html.substring(table.start())).replaceAll("<$1div");
  }
}
