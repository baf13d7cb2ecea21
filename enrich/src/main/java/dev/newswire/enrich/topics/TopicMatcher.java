// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.text.Deadline;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Subject;
import dev.newswire.schemas.Topic;
import dev.newswire.schemas.TopicOrigin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.lucene.search.Query;

/**
 * Matches articles against all rules of a taxonomy at once, with the words that earned each tag.
 * Lucene Monitor holds the queries, and tries only those that share a term with the article.
 *
 * <p>Thread-safe.
 */
public final class TopicMatcher implements AutoCloseable {

  /** The score at which a tag's strength is one half. */
  private static final float HALF_STRENGTH = 4;

  /** Most spans of evidence that a tag carries: the first ones. */
  private static final int MOST_EVIDENCE = 20;

  private final Map<String, TopicRule> rules = new HashMap<>();

  /** By the analysis that their rules need: those of English and of all languages are together. */
  private final Map<Analysis, RuleMonitor> monitors = new EnumMap<>(Analysis.class);

  /** A matcher of these rules; experimental ones are left out. */
  public TopicMatcher(List<TopicRule> topicRules) {
    this(topicRules.stream(), rule -> !rule.isExperimental());
  }

  private TopicMatcher(Stream<TopicRule> topicRules, Predicate<TopicRule> wanted) {
    Map<Analysis, Map<String, List<Query>>> queries = new EnumMap<>(Analysis.class);
    topicRules.filter(wanted).forEach(rule -> add(rule, queries));
    queries.forEach(
        (analysis, byRule) -> monitors.put(analysis, new RuleMonitor(analysis, byRule)));
  }

  private void add(TopicRule rule, Map<Analysis, Map<String, List<Query>>> queries) {
    rules.put(rule.id(), rule);
    Stream<TopicQuery> translated =
        rule.translations().stream().flatMap(other -> other.queries().stream());
    Stream.concat(rule.queries().stream(), translated)
        .forEach(
            query ->
                queries
                    .computeIfAbsent(query.analysis(), analysis -> new LinkedHashMap<>())
                    .computeIfAbsent(rule.id(), id -> new ArrayList<>())
                    .add(query.parsed()));
  }

  /** A matcher of these rules, of experimental ones too: to try them. */
  static TopicMatcher ofAll(List<TopicRule> topicRules) {
    return new TopicMatcher(topicRules.stream(), rule -> true);
  }

  /**
   * What a rule found in an article.
   *
   * @param score how much of the article that is: {@link Prominence}
   */
  record Weighed(TopicRule rule, List<Mention> evidence, float score) {

    boolean isEnough() {
      return score >= rule.threshold();
    }
  }

  /**
   * The topics of an article, the strongest first: those whose rules match and that it is about,
   * and those that the provider sent.
   *
   * @param language of the text, where it is known: rules for other languages are left out
   * @param entities that were found in the article
   * @throws Deadline.Passed where time is out before all rules are tried
   */
  public List<Topic> match(
      Article article, Optional<String> language, List<Entity> entities, Deadline deadline) {
    List<Topic> topics = new ArrayList<>();
    for (Weighed found : weighed(article, language, entities, deadline)) {
      if (found.isEnough()) {
        topics.add(topic(found));
      }
    }
    topics.addAll(providersTopics(article));
    topics.sort(Comparator.comparing(Topic::getStrength).reversed().thenComparing(Topic::getId));
    return topics;
  }

  /** What the rules found, whether or not the article is about it. */
  List<Weighed> weighed(
      Article article, Optional<String> language, List<Entity> entities, Deadline deadline) {
    List<Weighed> all = new ArrayList<>();
    ReadArticle read = ReadArticle.of(article);
    Spans spans = new Spans(read, article.getBody());
    Prominence prominence = new Prominence(read, spans.inBody());
    find(article, read, language, entities, deadline)
        .forEach(
            (id, hits) -> {
              deadline.check();
              TopicRule rule = rules.get(id);
              List<Mention> evidence = spans.of(hits);
              // A rule on the provider or on subjects alone has no words to weigh.
              float score = evidence.isEmpty() ? rule.threshold() : prominence.of(evidence);
              all.add(new Weighed(rule, evidence, score));
            });
    return all;
  }

  private Map<String, List<FieldHit>> find(
      Article article,
      ReadArticle read,
      Optional<String> language,
      List<Entity> entities,
      Deadline deadline) {
    Map<String, List<FieldHit>> found = new TreeMap<>();
    monitors.forEach(
        (analysis, monitor) -> {
          if (analysis == Analysis.ENGLISH || analysis.isOf(language)) {
            monitor
                .find(article, read, entities, deadline)
                .forEach(
                    (id, hits) -> {
                      if (applies(rules.get(id), analysis, language)) {
                        found.computeIfAbsent(id, rule -> new ArrayList<>()).addAll(hits);
                      }
                    });
          }
        });
    return found;
  }

  private static boolean applies(TopicRule rule, Analysis analysis, Optional<String> language) {
    return analysis != Analysis.ENGLISH
        || language.isEmpty()
        || rule.language().isEmpty()
        || rule.language().equals(language);
  }

  private static Topic topic(Weighed found) {
    TopicRule rule = found.rule();
    List<Mention> evidence = found.evidence();
    return Topic.newBuilder()
        .setId(rule.id())
        .setLabel(rule.label())
        .setMediaTopics(rule.mediaTopics())
        .setOrigin(TopicOrigin.RULE)
        .setStrength(found.score() / (found.score() + HALF_STRENGTH))
        .setEvidence(evidence.subList(0, Math.min(evidence.size(), MOST_EVIDENCE)))
        .build();
  }

  private static List<Topic> providersTopics(Article article) {
    Map<String, Topic> topics = new LinkedHashMap<>();
    for (Subject subject : article.getSubjects()) {
      String code = subject.getMediaTopic();
      if (code != null) {
        topics.putIfAbsent(
            code,
            Topic.newBuilder()
                .setId("medtop:" + code)
                .setLabel(subject.getName() == null ? "medtop:" + code : subject.getName())
                .setMediaTopics(List.of(code))
                .setOrigin(TopicOrigin.PROVIDER)
                .setStrength(1)
                .build());
      }
    }
    return List.copyOf(topics.values());
  }

  @Override
  public void close() {
    monitors.values().forEach(RuleMonitor::close);
  }
}
