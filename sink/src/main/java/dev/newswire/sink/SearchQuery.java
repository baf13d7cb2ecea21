// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.schemas.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to search for. All conditions must hold.
 *
 * @param text words, "phrases" and -excluded words; empty for any text
 * @param topics ids of topics, all of which the article must have
 * @param entities names of entities, or words of them in their order, or Wikidata ids; all of them
 * @param providers names of providers, any of which will do
 * @param languages ISO 639-1 codes, any of which will do
 * @param since earliest moment of publication
 * @param until moment of publication that is too late
 * @param status usable for what is published; the others for what is held back or killed
 * @param sort the order of the hits
 * @param limit most hits, at least 1
 * @param offset hits to leave out first
 */
public record SearchQuery(
    String text,
    List<String> topics,
    List<String> entities,
    List<String> providers,
    List<String> languages,
    Optional<Instant> since,
    Optional<Instant> until,
    Status status,
    Sort sort,
    int limit,
    int offset) {

  /** The orders of hits. */
  public enum Sort {
    /** The most relevant first where there are words to find, else the newest first. */
    RELEVANCE,
    /** The newest first. */
    TIME
  }

  /** The first twenty published articles with these words. */
  public static SearchQuery of(String text) {
    return new SearchQuery(
        text,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Status.USABLE,
        Sort.RELEVANCE,
        20,
        0);
  }
}
