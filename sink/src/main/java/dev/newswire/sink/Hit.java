// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.schemas.EnrichedArticle;

/**
 * An article that was found.
 *
 * @param record the article with its entities and topics
 * @param headline its headline, with the words that were found between {@link #START} and {@link
 *     #END}
 * @param excerpt the place in its body where most of them are, likewise
 */
public record Hit(EnrichedArticle record, String headline, String excerpt) {

  /** Stands before a word that was found. No feed can send it: parsers drop control characters. */
  public static final char START = '\u0001';

  /** Stands after a word that was found. */
  public static final char END = '\u0002';
}
