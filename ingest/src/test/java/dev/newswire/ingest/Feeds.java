// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

/** Feeds written for the tests. */
final class Feeds {

  private Feeds() {}

  /** An RSS feed of these items. */
  static String rss(String... items) {
    return "<rss version=\"2.0\"><channel><title>Harbour</title>"
        + String.join("", items)
        + "</channel></rss>";
  }

  /** An item without any date. */
  static String item(String id, String title) {
    return "<item><guid isPermaLink=\"false\">%s</guid><title>%s</title><description>x</description></item>"
        .formatted(id, title);
  }

  /** An Atom feed with one entry. */
  static String atom(String id, String title, String updated) {
    return """
        <feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><id>urn:harbour</id>
        <updated>%3$s</updated><entry><id>%1$s</id><title>%2$s</title><updated>%3$s</updated>
        <content>Text.</content></entry></feed>
        """
        .formatted(id, title, updated);
  }
}
