// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.text.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.monitor.CandidateMatcher;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;

/**
 * A query that matches an article, and where. Words that a query wants near one another are one
 * hit, from the first to the last; Lucene's own {@code HighlightsMatch} gives each by itself.
 */
final class EvidenceMatch extends QueryMatch {

  /** UTF-16 units of the longest hit of several words; of a longer one, each word is a hit. */
  private static final int LONGEST = 120;

  private final List<FieldHit> hits;

  private EvidenceMatch(String queryId, List<FieldHit> hits) {
    super(queryId);
    this.hits = hits;
  }

  List<FieldHit> hits() {
    return hits;
  }

  /**
   * Finds the matches in one article, until time is out.
   *
   * @param terms of the queries
   * @param queries by their ids
   */
  static CandidateMatcher<EvidenceMatch> matcher(
      IndexSearcher searcher,
      SoughtTerms terms,
      Map<String, RuleQuery> queries,
      Deadline deadline) {
    return new Matcher(searcher, terms, queries, deadline);
  }

  private static final class Matcher extends CandidateMatcher<EvidenceMatch> {

    private final LeafReaderContext article;
    private final SoughtTerms terms;
    private final Map<String, RuleQuery> queries;
    private final Deadline deadline;

    /** The words of the article, once a query is tried: of a few rules, mostly none is. */
    private Optional<BitSet> present = Optional.empty();

    Matcher(
        IndexSearcher searcher,
        SoughtTerms terms,
        Map<String, RuleQuery> queries,
        Deadline deadline) {
      super(searcher);
      article = searcher.getIndexReader().leaves().get(0);
      this.terms = terms;
      this.queries = queries;
      this.deadline = deadline;
    }

    @Override
    protected void matchQuery(String queryId, Query query, Map<String, String> metadata)
        throws IOException {
      deadline.check();
      if (present.isEmpty()) {
        present = Optional.of(terms.in(article.reader()));
      }
      List<FieldHit> hits = new ArrayList<>();
      if (queries.get(queryId).matches(present.get(), this::addHits, hits)) {
        addMatch(new EvidenceMatch(queryId, hits), 0);
      }
    }

    private boolean addHits(Query query, boolean hasPattern, List<FieldHit> hits)
        throws IOException {
      Query simple = hasPattern ? searcher.rewrite(query) : query;
      Weight weight = searcher.createWeight(simple, ScoreMode.COMPLETE_NO_SCORES, 1);
      Matches matches = weight.matches(article, 0);
      if (matches == null) {
        return false;
      }
      for (String field : matches) {
        add(field, matches.getMatches(field), hits);
      }
      return true;
    }

    /** Never asked: each alternative of a rule's query is a query to Monitor. */
    @Override
    public EvidenceMatch resolve(EvidenceMatch one, EvidenceMatch other) {
      return one;
    }

    private static void add(String field, MatchesIterator found, List<FieldHit> hits)
        throws IOException {
      while (found.next()) {
        boolean isLong = found.endOffset() - found.startOffset() > LONGEST;
        MatchesIterator words = isLong ? found.getSubMatches() : null;
        if (words == null) {
          hits.add(new FieldHit(field, found.startOffset(), found.endOffset()));
        } else {
          add(field, words, hits);
        }
      }
    }
  }
}
