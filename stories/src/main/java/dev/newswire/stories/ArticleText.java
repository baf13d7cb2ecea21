// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.time.Instant;
import java.util.List;

/**
 * What of an article is compared with others.
 *
 * @param id article id
 * @param provider who sent it
 * @param time when it was published, never after it was received
 * @param headline may be empty
 * @param body plain text; may be empty
 * @param names the entities that it names
 */
public record ArticleText(
    String id, String provider, Instant time, String headline, String body, List<Name> names) {

  /** Copies the names; no argument may be null. */
  public ArticleText {
    names = List.copyOf(names);
  }

  /**
   * An entity.
   *
   * @param key Wikidata id where it is known, else the canonical name
   * @param salience how much the article is about it, above 0 and up to 1
   * @param inHeadline whether the headline names it
   */
  public record Name(String key, double salience, boolean inHeadline) {}
}
