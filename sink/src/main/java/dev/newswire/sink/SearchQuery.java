// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to search for. All conditions must hold.
 *
 * @param text words, "phrases" and -excluded words; empty for any text
 * @param topics ids of topics
 * @param entities names of entities, whole or a word of them, or Wikidata ids
 * @param providers names of providers, any of which will do
 * @param since earliest moment of publication
 * @param until moment of publication that is too late
 * @param limit most hits, at least 1
 * @param offset hits to leave out first
 */
public record SearchQuery(
    String text,
    List<String> topics,
    List<String> entities,
    List<String> providers,
    Optional<Instant> since,
    Optional<Instant> until,
    int limit,
    int offset) {}
