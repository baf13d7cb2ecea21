// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.rules.Unusable;
import org.apache.lucene.search.Query;

/**
 * A query of a topic. Immutable.
 *
 * @param text as its editor wrote it
 * @param parsed the same in Lucene's terms
 * @param analysis how the words of the texts become terms that it is for
 */
public record TopicQuery(String text, Query parsed, Analysis analysis) {

  /**
   * Parses a query on English text.
   *
   * @throws IllegalArgumentException where it does not parse
   */
  public static TopicQuery of(String text) {
    try {
      return new QuerySyntax(Analysis.ENGLISH).read(text);
    } catch (Unusable e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
