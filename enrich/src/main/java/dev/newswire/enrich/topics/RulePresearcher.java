// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.monitor.Presearcher;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * Tells Monitor which queries to try on an article: those whose needed words it has. It does as
 * Lucene's own, which index the queries by their words, but holds these in memory: looking up an
 * article's words in that index took a third of the time of matching.
 *
 * <p>Thread-safe.
 */
final class RulePresearcher extends Presearcher {

  /** Where Monitor keeps the ids of queries. */
  private static final String ID = "_query_id";

  private final SoughtTerms terms;
  private final Map<String, RuleQuery> queries;

  /** By segment of Monitor's index, none of which changes. */
  private final Map<IndexReader.CacheKey, Segment> segments = new ConcurrentHashMap<>();

  /**
   * A presearcher of these queries.
   *
   * @param queries by their ids
   */
  RulePresearcher(SoughtTerms terms, Map<String, RuleQuery> queries) {
    this.terms = terms;
    this.queries = queries;
  }

  @Override
  public Query buildQuery(LeafReader article, BiPredicate<String, BytesRef> isSought) {
    return new CandidateQuery(terms.in(article));
  }

  @Override
  public Document indexQuery(Query query, Map<String, String> metadata) {
    return new Document();
  }

  private Segment segment(LeafReader reader) {
    return segments.computeIfAbsent(
        reader.getCoreCacheHelper().getKey(), key -> new Segment(reader));
  }

  /** The queries of a segment. */
  private final class Segment {

    private final RuleQuery[] all;

    /** For each word, the queries of which it is a telling one. */
    private final int[][] toldByWord = new int[terms.size()][0];

    private int[] alwaysTried = new int[0];

    Segment(LeafReader reader) {
      all = new RuleQuery[reader.maxDoc()];
      try {
        SortedDocValues ids = reader.getSortedDocValues(ID);
        for (int number = ids.nextDoc(); number < all.length; number = ids.nextDoc()) {
          all[number] = queries.get(ids.lookupOrd(ids.ordValue()).utf8ToString());
          int[] telling = all[number].tellingWords();
          for (int word : telling) {
            toldByWord[word] = with(toldByWord[word], number);
          }
          alwaysTried = telling.length == 0 ? with(alwaysTried, number) : alwaysTried;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static int[] with(int[] numbers, int another) {
      int[] more = Arrays.copyOf(numbers, numbers.length + 1);
      more[numbers.length] = another;
      return more;
    }

    FixedBitSet candidates(BitSet present) {
      FixedBitSet candidates = new FixedBitSet(all.length);
      for (int query : alwaysTried) {
        candidates.set(query);
      }
      for (int word = present.nextSetBit(0); word >= 0; word = present.nextSetBit(word + 1)) {
        for (int query : toldByWord[word]) {
          if (!candidates.get(query) && all[query].mayMatch(present)) {
            candidates.set(query);
          }
        }
      }
      return candidates;
    }
  }

  /** Finds the queries to try on the article of these words. */
  private final class CandidateQuery extends Query {

    private final BitSet present;

    CandidateQuery(BitSet present) {
      this.present = present;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
      return new ConstantScoreWeight(this, boost) {
        @Override
        public Scorer scorer(LeafReaderContext context) {
          FixedBitSet candidates = segment(context.reader()).candidates(present);
          DocIdSetIterator each = new BitSetIterator(candidates, candidates.cardinality());
          return new ConstantScoreScorer(this, score(), scoreMode, each);
        }

        @Override
        public boolean isCacheable(LeafReaderContext context) {
          return false;
        }
      };
    }

    @Override
    public void visit(QueryVisitor visitor) {
      visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
      return "queries for an article of " + present.cardinality() + " words";
    }

    @Override
    public boolean equals(Object other) {
      return sameClassAs(other) && present.equals(((CandidateQuery) other).present);
    }

    @Override
    public int hashCode() {
      return 31 * classHash() + present.hashCode();
    }
  }
}
