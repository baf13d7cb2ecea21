// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one transaction stores.
 *
 * @param articles in the order of their offsets
 * @param assignments the newest of each article, by its id; empty where it belongs to no story
 * @param stories the newest of each story, by its id; empty where it has no article left
 */
record Batch(
    List<EnrichedArticle> articles,
    Map<String, Optional<StoryAssignment>> assignments,
    Map<String, Optional<Story>> stories) {

  /** Articles alone. */
  static Batch of(List<EnrichedArticle> articles) {
    return new Batch(articles, Map.of(), Map.of());
  }
}
