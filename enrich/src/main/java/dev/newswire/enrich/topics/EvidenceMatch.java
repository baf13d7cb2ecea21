// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.text.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * @param patterns ids of the queries that have to be rewritten for each article
   */
  static CandidateMatcher<EvidenceMatch> matcher(
      IndexSearcher searcher, Set<String> patterns, Deadline deadline) {
    return new Matcher(searcher, patterns, deadline);
  }

  private static final class Matcher extends CandidateMatcher<EvidenceMatch> {

    private final Set<String> patterns;
    private final Deadline deadline;

    Matcher(IndexSearcher searcher, Set<String> patterns, Deadline deadline) {
      super(searcher);
      this.patterns = patterns;
      this.deadline = deadline;
    }

    @Override
    protected void matchQuery(String queryId, Query query, Map<String, String> metadata)
        throws IOException {
      deadline.check();
      Query simple = patterns.contains(queryId) ? searcher.rewrite(query) : query;
      Weight weight = searcher.createWeight(simple, ScoreMode.COMPLETE_NO_SCORES, 1);
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        for (int document = 0; document < leaf.reader().maxDoc(); document++) {
          Matches matches = weight.matches(leaf, document);
          if (matches != null) {
            addMatch(new EvidenceMatch(queryId, hits(matches)), document);
          }
        }
      }
    }

    /** Monitor tries the alternatives of a query one by one. */
    @Override
    public EvidenceMatch resolve(EvidenceMatch one, EvidenceMatch other) {
      List<FieldHit> hits = new ArrayList<>(one.hits);
      hits.addAll(other.hits);
      return new EvidenceMatch(one.getQueryId(), hits);
    }

    private static List<FieldHit> hits(Matches matches) throws IOException {
      List<FieldHit> hits = new ArrayList<>();
      for (String field : matches) {
        add(field, matches.getMatches(field), hits);
      }
      return hits;
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
