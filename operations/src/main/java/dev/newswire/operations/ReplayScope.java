// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which articles a replay is about. An empty set means all.
 *
 * @param providers names of providers
 * @param ids article ids
 * @param topics ids of topics: articles that have one of them now or get one
 */
public record ReplayScope(Set<String> providers, Set<String> ids, Set<String> topics) {

  public ReplayScope {
    providers = sorted(providers);
    ids = sorted(ids);
    topics = sorted(topics);
  }

  private static Set<String> sorted(Set<String> texts) {
    return java.util.Collections.unmodifiableSet(new TreeSet<>(texts));
  }

  public boolean isEverything() {
    return providers.isEmpty() && ids.isEmpty() && topics.isEmpty();
  }

  /** Whether an article is of the providers and the ids; its topics are another question. */
  public boolean includes(Article article) {
    return (providers.isEmpty() || providers.contains(article.getProvider()))
        && (ids.isEmpty() || ids.contains(article.getId()));
  }

  /** Whether an article has one of the topics. */
  public boolean isTagged(EnrichedArticle article) {
    return isTagged(
        article.getTopics().stream().map(topic -> topic.getId()).collect(Collectors.toSet()));
  }

  /** Whether one of these topics is among those of the scope. */
  public boolean isTagged(Collection<String> ofArticle) {
    return topics.isEmpty() || ofArticle.stream().anyMatch(topics::contains);
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder(isEverything() ? "all articles" : "articles");
    append(text, " of the provider ", providers);
    append(text, " with the id ", ids);
    append(text, " that have or get the topic ", topics);
    return text.toString();
  }

  private static void append(StringBuilder text, String before, Set<String> names) {
    if (!names.isEmpty()) {
      text.append(before).append(String.join(" or ", names));
    }
  }

  /** For {@link #decode}. */
  public String encode() {
    return encode(providers) + "&" + encode(ids) + "&" + encode(topics);
  }

  private static String encode(Set<String> names) {
    return names.stream()
        .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
        .collect(Collectors.joining(","));
  }

  public static ReplayScope decode(String text) {
    String[] parts = text.split("&", -1);
    return new ReplayScope(decoded(parts[0]), decoded(parts[1]), decoded(parts[2]));
  }

  private static Set<String> decoded(String part) {
    Set<String> names = new TreeSet<>();
    for (String name : part.split(",", -1)) {
      if (!name.isEmpty()) {
        names.add(URLDecoder.decode(name, StandardCharsets.UTF_8));
      }
    }
    return names;
  }
}
