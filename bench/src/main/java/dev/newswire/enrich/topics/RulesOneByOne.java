// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/** What topic matching would be without Lucene Monitor: every query on an index of one article. */
public final class RulesOneByOne {

  private final Analyzer analyzer = QuerySyntax.analyzer();
  private final List<Query> queries = new ArrayList<>();

  /** Takes the queries of these rules. */
  public RulesOneByOne(List<TopicRule> rules) {
    for (TopicRule rule : rules) {
      rule.queries().forEach(query -> queries.add(query.parsed()));
    }
  }

  /** How many queries match. */
  public int match(String headline, String body) {
    MemoryIndex index = new MemoryIndex(true);
    index.addField(QuerySyntax.TEXT, headline + "\n" + body, analyzer);
    IndexSearcher searcher = index.createSearcher();
    searcher.setQueryCache(null);
    int matches = 0;
    for (Query query : queries) {
      try {
        matches += searcher.count(query);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return matches;
  }
}
