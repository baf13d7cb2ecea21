// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import static java.util.stream.Collectors.toSet;

import dev.newswire.enrich.text.Deadline;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a taxonomy's examples, and what is doubtful in it.
 *
 * @param examples every example with its result, in the taxonomy's order
 * @param warnings what works, but probably not as it was meant, the gravest kind first
 */
public record TaxonomyLint(List<Example> examples, List<Warning> warnings) {

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

  /** The kinds of warning, the gravest first. */
  public enum Doubt {
    /** A query is one common word, or the topic matches examples of many others. */
    OVER_BROAD,
    /** Another topic matches most examples of this one. */
    OVERLAP,
    /** No example shows what the topic is to match. */
    NO_EXAMPLES,
    /** Words of a query stand in no example that must match. */
    UNUSED_WORDS
  }

  /**
   * Something doubtful.
   *
   * @param topic id of the topic
   * @param doubt of which kind
   * @param reason what it is, in one sentence without the topic
   * @param details the words or topics that it is about, all of them, though the reason may name
   *     the first ones only
   */
  public record Warning(String topic, Doubt doubt, String reason, List<String> details) {}

  /**
   * Runs all examples of a taxonomy, each as the body of an article without headline, and looks for
   * what is doubtful. How common a word is, and how broad a topic, is told by the examples of this
   * taxonomy and of the bundled one.
   */
  public static TaxonomyLint of(Taxonomy taxonomy) {
    List<Example> examples = new ArrayList<>();
    List<Example> references = new ArrayList<>();
    try (TopicMatcher matcher = TopicMatcher.ofAll(taxonomy.rules())) {
      for (TopicRule rule : taxonomy.rules()) {
        Optional<String> own = rule.language();
        rule.matches().forEach(text -> examples.add(example(matcher, rule, own, text, true)));
        rule.rejects().forEach(text -> examples.add(example(matcher, rule, own, text, false)));
      }
      // How common a word is can't be told across languages.
      references.addAll(examples);
      taxonomy.rules().forEach(rule -> addTranslated(matcher, rule, examples));
      Set<String> ids = taxonomy.rules().stream().map(TopicRule::id).collect(toSet());
      for (TopicRule rule : Taxonomy.bundled().rules()) {
        if (!ids.contains(rule.id())) {
          rule.matches()
              .forEach(text -> references.add(example(matcher, rule, rule.language(), text, true)));
        }
      }
    }
    return new TaxonomyLint(List.copyOf(examples), new Doubts(references).about(taxonomy.rules()));
  }

  /** The examples that did not come out as wanted. */
  public List<Example> failures() {
    return examples.stream().filter(example -> !example.passes()).toList();
  }

  private static void addTranslated(TopicMatcher matcher, TopicRule rule, List<Example> examples) {
    for (TopicRule.Translation other : rule.translations()) {
      Optional<String> language = Optional.of(other.language());
      other.matches().forEach(text -> examples.add(example(matcher, rule, language, text, true)));
      other.rejects().forEach(text -> examples.add(example(matcher, rule, language, text, false)));
    }
  }

  private static Example example(
      TopicMatcher matcher,
      TopicRule rule,
      Optional<String> language,
      String text,
      boolean wanted) {
    List<Topic> found = matcher.match(article(text), language, List.of(), Deadline.NONE);
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
