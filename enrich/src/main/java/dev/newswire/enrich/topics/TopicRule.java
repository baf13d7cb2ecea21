// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.util.List;
import java.util.Optional;

/**
 * One topic of a taxonomy.
 *
 * @param id lower-case words with hyphens, unique in its taxonomy
 * @param label the topic's name for people
 * @param description what belongs to it; empty where nobody said
 * @param mediaTopics IPTC Media Topic codes of eight digits, the most specific first
 * @param language ISO 639-1 code of the articles it is for; empty for all
 * @param queries at least one; any that matches earns the tag if the article is about it
 * @param threshold the least {@link Prominence} of what the queries find
 * @param isExperimental whether it is read and checked, but tags nothing
 * @param translations what it looks for in articles of other languages
 * @param matches texts that must match
 * @param rejects texts that must not
 */
public record TopicRule(
    String id,
    String label,
    String description,
    List<String> mediaTopics,
    Optional<String> language,
    List<TopicQuery> queries,
    float threshold,
    boolean isExperimental,
    List<Translation> translations,
    List<String> matches,
    List<String> rejects) {

  /** A topic in use, of the usual threshold. */
  public TopicRule(
      String id,
      String label,
      String description,
      List<String> mediaTopics,
      Optional<String> language,
      List<TopicQuery> queries,
      List<String> matches,
      List<String> rejects) {
    this(
        id,
        label,
        description,
        mediaTopics,
        language,
        queries,
        Prominence.ENOUGH,
        false,
        List.of(),
        matches,
        rejects);
  }

  /**
   * A topic in another language.
   *
   * @param language ISO 639-1 code
   * @param queries at least one
   * @param matches texts that must match
   * @param rejects texts that must not
   */
  public record Translation(
      String language, List<TopicQuery> queries, List<String> matches, List<String> rejects) {}
}
