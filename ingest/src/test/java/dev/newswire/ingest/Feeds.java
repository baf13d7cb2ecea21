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

  /** An item of which only the beginning is in the feed. */
  static String teaser(String title, String link) {
    return "<item><title>%s</title><link>%s</link><description>In short.</description></item>"
        .formatted(title, link);
  }

  /** An article's page. */
  static String page(String title, String text) {
    return "<html><head><title>%s</title></head><body><article><h1>%s</h1><p>%s</p></article></body></html>"
        .formatted(
            title, title, (text + " It goes on for long enough to be an article. ").repeat(8));
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
