// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RevisionOrder;
import dev.newswire.schemas.StampOrder;
import dev.newswire.schemas.Status;

/**
 * All that the store knows of an article: the newest record of it, which decides status and
 * metadata, and the newest one that carries text, which decides headline and body. A kill with an
 * empty body so takes the article from view and blanks nothing. Both are maxima over an order, so
 * that the state does not depend on the order of arrival. Immutable.
 *
 * @param current the newest record
 * @param content the newest record with text, or the newest where none has any
 */
record ArticleState(EnrichedArticle current, EnrichedArticle content) {

  /** The state after the first record of an article. */
  static ArticleState of(EnrichedArticle first) {
    return new ArticleState(first, first);
  }

  /** The state after one more record of the same article. */
  ArticleState with(EnrichedArticle next) {
    return new ArticleState(newer(current, next), newerContent(content, next));
  }

  private static EnrichedArticle newer(EnrichedArticle held, EnrichedArticle next) {
    return order(next, held) >= 0 ? next : held;
  }

  private static EnrichedArticle newerContent(EnrichedArticle held, EnrichedArticle next) {
    boolean heldHasText = hasText(held.getArticle());
    boolean nextHasText = hasText(next.getArticle());
    if (heldHasText != nextHasText) {
      return nextHasText ? next : held;
    }
    return newer(held, next);
  }

  /** By revision, then by enrichment stamp. */
  static int order(EnrichedArticle a, EnrichedArticle b) {
    int byRevision = RevisionOrder.compare(a.getArticle(), b.getArticle());
    return byRevision != 0 ? byRevision : StampOrder.compare(a.getStamp(), b.getStamp());
  }

  /**
   * A usable revision says what it says, even nothing; one that only holds back or kills may not.
   */
  private static boolean hasText(Article article) {
    return article.getStatus() == Status.USABLE || !article.getBody().isBlank();
  }
}
