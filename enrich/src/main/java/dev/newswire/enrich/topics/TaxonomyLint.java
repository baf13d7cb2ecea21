// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a taxonomy's examples.
 *
 * @param examples every example with its result, in the taxonomy's order
 */
public record TaxonomyLint(List<Example> examples) {

  /**
   * One example.
   *
   * @param topic id of the topic that it belongs to
   * @param text the example
   * @param wanted whether the topic must match it
   * @param evidence the words that matched; empty where it did not match
   * @param others ids of the other topics that match it too
   */
  public record Example(
      String topic,
      String text,
      boolean wanted,
      Optional<List<String>> evidence,
      List<String> others) {

    /** Whether it came out as wanted. */
    public boolean passes() {
      return wanted == evidence.isPresent();
    }

    @Override
    public String toString() {
      return topic
          + (wanted ? " must match: " : " must not match: ")
          + text
          + evidence.map(words -> " " + words).orElse("");
    }
  }

  /** Runs all examples of a taxonomy, each as the body of an article without headline. */
  public static TaxonomyLint of(Taxonomy taxonomy) {
    List<Example> examples = new ArrayList<>();
    try (TopicMatcher matcher = new TopicMatcher(taxonomy.rules())) {
      for (TopicRule rule : taxonomy.rules()) {
        rule.matches().forEach(text -> examples.add(example(matcher, rule, text, true)));
        rule.rejects().forEach(text -> examples.add(example(matcher, rule, text, false)));
      }
    }
    return new TaxonomyLint(List.copyOf(examples));
  }

  /** The examples that did not come out as wanted. */
  public List<Example> failures() {
    return examples.stream().filter(example -> !example.passes()).toList();
  }

  private static Example example(
      TopicMatcher matcher, TopicRule rule, String text, boolean wanted) {
    List<Topic> found = matcher.match(article(text), text, rule.language(), List.of());
    return new Example(
        rule.id(),
        text,
        wanted,
        found.stream()
            .filter(topic -> topic.getId().equals(rule.id()))
            .findFirst()
            .map(topic -> topic.getEvidence().stream().map(Mention::getText).toList()),
        found.stream().map(Topic::getId).filter(id -> !id.equals(rule.id())).toList());
  }

  private static Article article(String text) {
    return Article.newBuilder()
        .setId("example/1")
        .setProvider("example")
        .setItemId("1")
        .setFeed("example")
        .setRevision(Revision.newBuilder().setReceivedAt(Instant.EPOCH).setContentHash("").build())
        .setPublished(Instant.EPOCH)
        .setStatus(Status.USABLE)
        .setBody(text)
        .build();
  }
}
