// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.text.Deadline;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Subject;
import dev.newswire.schemas.TextField;
import dev.newswire.schemas.Topic;
import dev.newswire.schemas.TopicOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.QueryDecomposer;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/**
 * Matches articles against all rules of a taxonomy at once, with the words that earned each tag.
 * Lucene Monitor holds the queries, and tries only those that share a term with the article.
 *
 * <p>Thread-safe.
 */
public final class TopicMatcher implements AutoCloseable {

  /** How many hits in the body one in the headline is worth. */
  private static final float HEADLINE_WEIGHT = 3;

  /** The weight of hits at which a tag's strength is one half. */
  private static final float HALF_STRENGTH = 2;

  /** Most spans of evidence that a tag carries: the first ones. */
  private static final int MOST_EVIDENCE = 20;

  private static final char SEPARATOR = '#';

  private final Map<String, TopicRule> rules = new HashMap<>();
  private final Set<String> fields = new TreeSet<>();

  /** By id of the query. */
  private final Map<String, RuleQuery> queries = new HashMap<>();

  private final SoughtTerms terms;
  private final Monitor monitor;

  /** A matcher of these rules. */
  public TopicMatcher(List<TopicRule> topicRules) {
    List<MonitorQuery> monitored = new ArrayList<>();
    QueryDecomposer alternatives = new MinimumDecomposer();
    for (TopicRule rule : topicRules) {
      rules.put(rule.id(), rule);
      for (TopicQuery query : rule.queries()) {
        Query parsed = query.parsed();
        // What a pattern stands for depends on the article.
        Query simple = QuerySyntax.hasPattern(parsed) ? parsed : QuerySyntax.simplified(parsed);
        fields.addAll(QuerySyntax.fieldsOf(simple));
        // Monitor would do this too, but give all alternatives one id.
        for (Query alternative : alternatives.decompose(simple)) {
          monitored.add(new MonitorQuery(rule.id() + SEPARATOR + monitored.size(), alternative));
        }
      }
    }
    terms = new SoughtTerms(monitored.stream().map(MonitorQuery::getQuery).toList());
    for (MonitorQuery query : monitored) {
      queries.put(query.getId(), new RuleQuery(query.getQuery(), terms));
    }
    // Each article is searched once, so that a cache of results, which Monitor can't be told to do
    // without, costs a third of the time and saves nothing.
    IndexSearcher.setDefaultQueryCache(null);
    try {
      MonitorConfiguration configuration =
          new MonitorConfiguration()
              .setQueryDecomposer(
                  new QueryDecomposer() {
                    @Override
                    public Set<Query> decompose(Query query) {
                      return Set.of(query);
                    }
                  });
      monitor =
          new Monitor(
              QuerySyntax.analyzer(terms), new RulePresearcher(terms, queries), configuration);
      monitor.register(monitored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The topics of an article, the strongest first: those whose rules match, and those that the
   * provider sent.
   *
   * @param language of the text, where it is known: rules for other languages are left out
   * @param entities that were found in the article
   * @throws Deadline.Passed where time is out before all rules are tried
   */
  public List<Topic> match(
      Article article, Optional<String> language, List<Entity> entities, Deadline deadline) {
    List<Topic> topics = new ArrayList<>();
    Spans spans = new Spans(article.getHeadline(), article.getBody());
    find(article, entities, deadline)
        .forEach(
            (id, hits) -> {
              TopicRule rule = rules.get(id);
              if (applies(rule, language)) {
                deadline.check();
                topics.add(topic(rule, spans.of(hits)));
              }
            });
    topics.addAll(providersTopics(article));
    topics.sort(Comparator.comparing(Topic::getStrength).reversed().thenComparing(Topic::getId));
    return topics;
  }

  private static boolean applies(TopicRule rule, Optional<String> language) {
    return language.isEmpty() || rule.language().isEmpty() || rule.language().equals(language);
  }

  private Map<String, List<FieldHit>> find(
      Article article, List<Entity> entities, Deadline deadline) {
    Map<String, List<FieldHit>> found = new TreeMap<>();
    try {
      MatchingQueries<EvidenceMatch> matches =
          monitor.match(
              document(article, entities),
              searcher -> EvidenceMatch.matcher(searcher, terms, queries, deadline));
      // Monitor keeps what a query throws to itself.
      deadline.check();
      for (EvidenceMatch match : matches.getMatches()) {
        String query = match.getQueryId();
        found
            .computeIfAbsent(
                query.substring(0, query.lastIndexOf(SEPARATOR)), id -> new ArrayList<>())
            .addAll(match.hits());
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Document document(Article article, List<Entity> entities) {
    Document document = new Document();
    if (Spans.hasWord(article.getHeadline())) {
      add(document, QuerySyntax.TEXT, article.getHeadline());
    }
    add(document, QuerySyntax.TEXT, article.getBody());
    add(document, QuerySyntax.HEADLINE, article.getHeadline());
    add(document, QuerySyntax.BODY, article.getBody());
    add(document, QuerySyntax.PROVIDER, article.getProvider());
    for (Subject subject : article.getSubjects()) {
      add(document, QuerySyntax.SUBJECT, subject.getMediaTopic());
      if (subject.getCode() != null && !subject.getCode().equals(subject.getMediaTopic())) {
        add(document, QuerySyntax.SUBJECT, subject.getCode());
      }
    }
    for (Entity entity : entities) {
      add(document, QuerySyntax.ENTITY, entity.getWikidataId());
    }
    return document;
  }

  /** Only fields that a rule looks into are worth analysing. */
  private void add(Document document, String field, String value) {
    if (value != null && fields.contains(field)) {
      document.add(new org.apache.lucene.document.TextField(field, value, Field.Store.NO));
    }
  }

  private static Topic topic(TopicRule rule, List<Mention> evidence) {
    float weight = 0;
    for (Mention mention : evidence) {
      weight += mention.getField() == TextField.HEADLINE ? HEADLINE_WEIGHT : 1;
    }
    // A rule on the provider or on subjects alone has no words to show, and is as good as one.
    weight = Math.max(weight, 1);
    return Topic.newBuilder()
        .setId(rule.id())
        .setLabel(rule.label())
        .setMediaTopics(rule.mediaTopics())
        .setOrigin(TopicOrigin.RULE)
        .setStrength(weight / (weight + HALF_STRENGTH))
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
    try {
      monitor.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
