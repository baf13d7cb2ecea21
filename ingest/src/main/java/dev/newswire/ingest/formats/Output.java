// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.net.URI;

/**
 * Takes what a parser reads, in the order of the delivery, on the thread that parses. Whatever its
 * methods throw ends the parsing and reaches the caller.
 */
public interface Output {

  /** An article, complete with id and original bytes. */
  void article(ParsedArticle article);

  /** An item that could not be read. */
  void reject(Reject reject);

  /**
   * A document of which the rest could not be read, beside the reject that it is.
   *
   * @param why in one sentence
   */
  default void cut(String why) {}

  /** The address of another document of the same feed: a part of a sitemap index, a next page. */
  default void link(URI address) {}

  /** What the feed says to those who poll it; at most once, before its articles. */
  default void notice(FeedNotice notice) {}
}
