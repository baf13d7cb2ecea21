// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/**
 * A query of a rule, made to be tried on many articles. A rule lists dozens of words, of which an
 * article has a few: what looks for the others is passed over, and Lucene is asked for phrases,
 * intervals and the places of words that are there. Words are told by their numbers, which lie side
 * by side in memory, as the words themselves don't. Immutable.
 */
final class RuleQuery {

  private static final int NO_WORD = -1;

  private final Query query;

  /** Whether what it looks for depends on the words of the article. */
  private final boolean hasPattern;

  /** The query matches nothing that lacks all words of a row. */
  private final int[][] needed;

  private final List<Clause> clauses;

  /** The word that each clause is, or {@link #NO_WORD}. */
  private final int[] words;

  /** How many of the optional clauses must match. */
  private final int least;

  private record Clause(Occur occur, RuleQuery query) {}

  /** A query whose terms have numbers. */
  RuleQuery(Query query, SoughtTerms terms) {
    this.query = bare(query);
    hasPattern = QuerySyntax.hasPattern(query);
    if (this.query instanceof BooleanQuery whole) {
      clauses =
          whole.clauses().stream()
              .map(one -> new Clause(one.getOccur(), new RuleQuery(one.getQuery(), terms)))
              .toList();
      boolean isChoice = whole.clauses().stream().noneMatch(BooleanClause::isRequired);
      least = Math.max(whole.getMinimumNumberShouldMatch(), isChoice ? 1 : 0);
      needed = neededByClauses().toArray(int[][]::new);
    } else {
      clauses = List.of();
      least = 0;
      Needs needs = new Needs(terms, Occur.MUST);
      query.visit(needs);
      needed = needs.rows().toArray(int[][]::new);
    }
    words = clauses.stream().mapToInt(clause -> clause.query.word()).toArray();
  }

  /** A query without what makes a difference to scores alone. */
  private static Query bare(Query query) {
    if (query instanceof BoostQuery boost) {
      return bare(boost.getQuery());
    }
    return query instanceof ConstantScoreQuery constant ? bare(constant.getQuery()) : query;
  }

  private Stream<int[]> neededByClauses() {
    Stream<int[]> byAll =
        clauses.stream()
            .filter(RuleQuery::isRequired)
            .flatMap(clause -> Stream.of(clause.query.needed));
    Stream<int[]> bySome =
        neededByEither(
            clauses.stream()
                .filter(clause -> clause.occur == Occur.SHOULD)
                .map(clause -> List.of(clause.query.needed))
                .toList());
    return least == 0 ? byAll : Stream.concat(byAll, bySome);
  }

  private static boolean isRequired(Clause clause) {
    return clause.occur == Occur.MUST || clause.occur == Occur.FILTER;
  }

  /** What is needed where at least one query must match: a row of each, the shortest. */
  private static Stream<int[]> neededByEither(List<List<int[]>> queries) {
    return queries.stream().anyMatch(List::isEmpty)
        ? Stream.of()
        : Stream.of(
            queries.stream()
                .map(rows -> rows.stream().min(Comparator.comparing(row -> row.length)).get())
                .flatMapToInt(IntStream::of)
                .toArray());
  }

  private int word() {
    return query instanceof TermQuery ? needed[0][0] : NO_WORD;
  }

  /** By Lucene: whether the article matches a query without clauses, and where. */
  interface Search {

    /**
     * Adds where the query matches, if it does.
     *
     * @param hasPattern whether it has to be rewritten for the article
     */
    boolean matches(Query query, boolean hasPattern, List<FieldHit> hits) throws IOException;
  }

  /** The words one of which each article has that matches; empty where any article may match. */
  int[] tellingWords() {
    return Stream.of(needed).min(Comparator.comparing(row -> row.length)).orElse(new int[0]);
  }

  /** Whether an article has the words that it must have to match. */
  boolean mayMatch(BitSet present) {
    for (int[] row : needed) {
      if (!hasAny(present, row)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasAny(BitSet present, int[] row) {
    for (int word : row) {
      if (present.get(word)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether an article matches.
   *
   * @param present the words of the article
   * @param hits where it matches is added to them; if it does not, they are of no use
   */
  boolean matches(BitSet present, Search search, List<FieldHit> hits) throws IOException {
    if (!mayMatch(present)) {
      return false;
    }
    if (clauses.isEmpty()) {
      return search.matches(query, hasPattern, hits);
    }
    int optional = 0;
    for (int i = 0; i < words.length; i++) {
      // No word that is absent is a required one, for those are needed.
      if (words[i] == NO_WORD || present.get(words[i])) {
        Clause clause = clauses.get(i);
        boolean isExcluded = clause.occur == Occur.MUST_NOT;
        List<FieldHit> found = new ArrayList<>();
        boolean matches = clause.query.matches(present, search, found);
        if (matches ? isExcluded : isRequired(clause)) {
          return false;
        }
        if (matches) {
          hits.addAll(found);
        }
        optional += matches && clause.occur == Occur.SHOULD ? 1 : 0;
      }
    }
    return optional >= least;
  }

  /** Collects the words that a query without clauses needs. */
  private static final class Needs extends QueryVisitor {

    private final SoughtTerms terms;
    private final Occur occur;
    private final List<List<int[]>> parts = new ArrayList<>();
    private final List<Needs> others = new ArrayList<>();

    Needs(SoughtTerms terms, Occur occur) {
      this.terms = terms;
      this.occur = occur;
    }

    @Override
    public void consumeTerms(Query source, Term... sought) {
      for (Term term : sought) {
        parts.add(List.of(new int[] {terms.numberOf(term)}));
      }
    }

    @Override
    public void consumeTermsMatching(
        Query source, String field, Supplier<ByteRunAutomaton> automaton) {
      visitLeaf(source);
    }

    @Override
    public void visitLeaf(Query leaf) {
      parts.add(List.of());
    }

    @Override
    public QueryVisitor getSubVisitor(Occur how, Query parent) {
      if (how == Occur.MUST_NOT) {
        return EMPTY_VISITOR;
      }
      Needs other = new Needs(terms, how);
      others.add(other);
      // Beside clauses that must match, those that may are not needed; it is rare in here.
      return parent instanceof BooleanQuery ? EMPTY_VISITOR : other;
    }

    Stream<int[]> rows() {
      List<List<int[]>> all = new ArrayList<>(parts);
      others.forEach(other -> all.add(other.rows().toList()));
      return occur == Occur.SHOULD ? neededByEither(all) : all.stream().flatMap(List::stream);
    }
  }
}
