// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

/**
 * How many of the articles found have one value.
 *
 * @param value a topic's id, an entity's or provider's name, a day as 2026-03-02, or a story's id
 * @param detail what else names it: a topic's label, an entity's kind and Wikidata id, a story's
 *     headline; may be empty
 * @param articles how many of the articles found have it, at least 1
 */
public record Facet(String value, String detail, long articles) {

  /** What articles can be counted by. */
  public enum By {
    /** Topics, the most frequent first. */
    TOPIC,
    /** Entities, the most frequent first. */
    ENTITY,
    /** Providers, the most frequent first. */
    PROVIDER,
    /** Days of publication, the newest first. */
    DAY,
    /** Stories, the largest first. */
    STORY
  }
}
