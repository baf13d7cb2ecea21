// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.schemas.Article;

/**
 * What rules read of an article, and which places in it say what it is about. Offsets are UTF-16
 * units of the body. Immutable.
 *
 * @param headline as it was sent
 * @param body without what belongs to the site; as long as it was sent, and all where it was
 * @param firstStart where the first sentence begins
 * @param firstEnd after the first sentence
 * @param leadEnd after the first fifth, or after the first sentences where that is more
 */
record ReadArticle(String headline, String body, int firstStart, int firstEnd, int leadEnd) {

  /** A first sentence has so many characters: a shorter one is a dateline or a label. */
  private static final int SHORTEST_SENTENCE = 40;

  private static final int LONGEST_SENTENCE = 400;

  /** Characters that count as the beginning, however short the article is. */
  private static final int SHORTEST_LEAD = 500;

  /** Characters of the longest beginning: the first fifth of a book is no beginning. */
  private static final int LONGEST_LEAD = 2_000;

  private static final int LEADS_SHARE = 5;

  /** Characters of an item that stands on its first sentence. */
  private static final int LONGEST_SHORT_ITEM = 700;

  /** How rules read an article. */
  static ReadArticle of(Article article) {
    String body = Boilerplate.without(article.getBody());
    int start = SentenceEnds.skipBlanks(body, 0);
    int end = SentenceEnds.next(body, start, SHORTEST_SENTENCE);
    end = Math.min(end, start + LONGEST_SENTENCE);
    int fifth = (body.length() - start) / LEADS_SHARE;
    int lead = start + Math.min(Math.max(fifth, SHORTEST_LEAD), LONGEST_LEAD);
    return new ReadArticle(
        article.getHeadline(), body, start, end, Math.min(Math.max(lead, end), body.length()));
  }

  /** Whether a headline was sent; else the first sentence stands for it. */
  boolean hasHeadline() {
    return Spans.hasWord(headline);
  }

  /** The headline, or what stands for it. */
  String heading() {
    return hasHeadline() ? headline : body.substring(firstStart, firstEnd);
  }

  /** The beginning of the body. */
  String lead() {
    return body.substring(0, leadEnd);
  }

  /** Whether it is so short that its first sentence says it all. */
  boolean isShort() {
    return body.length() - firstStart <= LONGEST_SHORT_ITEM;
  }
}
