// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.text.Deadline;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Entity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.QueryDecomposer;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/**
 * Holds the queries of rules whose words become terms in one way, and finds which of them match an
 * article. Lucene Monitor tries only those that share a term with it.
 *
 * <p>Thread-safe.
 */
final class RuleMonitor implements AutoCloseable {

  private static final char SEPARATOR = '#';

  private final Set<String> fields = new TreeSet<>();

  /** By id of the query. */
  private final Map<String, RuleQuery> queries = new HashMap<>();

  private final SoughtTerms terms;
  private final Monitor monitor;

  /**
   * A monitor of queries.
   *
   * @param byRule the queries of each rule, by its id
   */
  RuleMonitor(Analysis analysis, Map<String, List<Query>> byRule) {
    List<MonitorQuery> monitored = new ArrayList<>();
    byRule.forEach((rule, all) -> all.forEach(query -> add(rule, query, monitored)));
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
              QuerySyntax.analyzer(analysis, terms),
              new RulePresearcher(terms, queries),
              configuration);
      monitor.register(monitored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String rule, Query parsed, List<MonitorQuery> monitored) {
    // What a pattern stands for depends on the article.
    Query simple = QuerySyntax.hasPattern(parsed) ? parsed : QuerySyntax.simplified(parsed);
    fields.addAll(QuerySyntax.fieldsOf(simple));
    // Monitor would do this too, but give all alternatives one id.
    for (Query alternative : new MinimumDecomposer().decompose(simple)) {
      monitored.add(new MonitorQuery(rule + SEPARATOR + monitored.size(), alternative));
    }
  }

  /** Where the queries match an article, by the id of the rule. */
  Map<String, List<FieldHit>> find(
      Article article, ReadArticle read, List<Entity> entities, Deadline deadline) {
    Map<String, List<FieldHit>> found = new TreeMap<>();
    try {
      MatchingQueries<EvidenceMatch> matches =
          monitor.match(
              ArticleDocument.of(article, read, entities, fields),
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

  @Override
  public void close() {
    try {
      monitor.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
