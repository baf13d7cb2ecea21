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
 * @param queries at least one; any that matches earns the tag
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
    List<String> matches,
    List<String> rejects) {}
