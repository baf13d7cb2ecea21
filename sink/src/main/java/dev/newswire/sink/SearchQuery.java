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
 * @param story id of the story that they must belong to
 * @param copies whether all articles with one text are found; else only the earliest of those that
 *     the other conditions hold for
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
    Optional<String> story,
    boolean copies,
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
        Optional.empty(),
        true,
        Status.USABLE,
        Sort.RELEVANCE,
        20,
        0);
  }

  /** The same, of all these topics. */
  public SearchQuery withTopics(List<String> ids) {
    return new SearchQuery(
        text, ids, entities, providers, languages, since, until, story, copies, status, sort, limit,
        offset);
  }

  /** The same, of all these entities. */
  public SearchQuery withEntities(List<String> names) {
    return new SearchQuery(
        text, topics, names, providers, languages, since, until, story, copies, status, sort, limit,
        offset);
  }

  /** The same, of any of these providers. */
  public SearchQuery withProviders(List<String> names) {
    return new SearchQuery(
        text, topics, entities, names, languages, since, until, story, copies, status, sort, limit,
        offset);
  }

  /** The same, in any of these languages. */
  public SearchQuery withLanguages(List<String> codes) {
    return new SearchQuery(
        text, topics, entities, providers, codes, since, until, story, copies, status, sort, limit,
        offset);
  }

  /** The same, published between these moments. */
  public SearchQuery between(Optional<Instant> earliest, Optional<Instant> tooLate) {
    return new SearchQuery(
        text, topics, entities, providers, languages, earliest, tooLate, story, copies, status,
        sort, limit, offset);
  }

  /** The same, of this status. */
  public SearchQuery withStatus(Status wanted) {
    return new SearchQuery(
        text, topics, entities, providers, languages, since, until, story, copies, wanted, sort,
        limit, offset);
  }

  /** The same, in this order. */
  public SearchQuery sortedBy(Sort order) {
    return new SearchQuery(
        text, topics, entities, providers, languages, since, until, story, copies, status, order,
        limit, offset);
  }

  /** The same, with so many hits. */
  public SearchQuery page(int most, int leftOut) {
    return new SearchQuery(
        text, topics, entities, providers, languages, since, until, story, copies, status, sort,
        most, leftOut);
  }

  /** The same, of this story. */
  public SearchQuery withStory(String id) {
    return new SearchQuery(
        text,
        topics,
        entities,
        providers,
        languages,
        since,
        until,
        Optional.of(id),
        copies,
        status,
        sort,
        limit,
        offset);
  }

  /** The same, with one article of each text. */
  public SearchQuery withoutCopies() {
    return new SearchQuery(
        text, topics, entities, providers, languages, since, until, story, false, status, sort,
        limit, offset);
  }

  /** The same, with all articles of each text. */
  SearchQuery withCopies() {
    return new SearchQuery(
        text, topics, entities, providers, languages, since, until, story, true, status, sort,
        limit, offset);
  }
}
