// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.rules.Unusable;
import org.apache.lucene.search.Query;

/**
 * A query of a topic. Immutable.
 *
 * @param text as its editor wrote it
 * @param parsed the same in Lucene's terms
 */
public record TopicQuery(String text, Query parsed) {

  /**
   * Parses a query.
   *
   * @throws IllegalArgumentException where it does not parse
   */
  public static TopicQuery of(String text) {
    try {
      return new QuerySyntax().read(text);
    } catch (Unusable e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
