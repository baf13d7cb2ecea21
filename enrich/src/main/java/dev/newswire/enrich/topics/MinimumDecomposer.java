// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.monitor.QueryDecomposer;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;

/**
 * Takes queries for at least so many of some words apart as well: two of three are either of three
 * pairs. Monitor tries a pair where both words are in the article, but two of three where one is.
 */
final class MinimumDecomposer extends QueryDecomposer {

  /** Most pairs, triples and so on to make of one query. */
  private static final int MOST = 10;

  @Override
  public Set<Query> decomposeBoolean(BooleanQuery query) {
    int least = query.getMinimumNumberShouldMatch();
    boolean isChoice =
        query.clauses().stream()
            .allMatch(clause -> clause.getOccur() == BooleanClause.Occur.SHOULD);
    if (least < 2 || !isChoice) {
      return super.decomposeBoolean(query);
    }
    Set<Query> choices = new HashSet<>();
    choose(query.clauses(), least, List.of(), choices);
    return choices.size() <= MOST ? choices : Set.of(query);
  }

  /** Adds the conjunctions of so many of the clauses and all that are chosen already. */
  private static void choose(
      List<BooleanClause> clauses, int number, List<Query> chosen, Set<Query> choices) {
    if (number == 0) {
      BooleanQuery.Builder all = new BooleanQuery.Builder();
      chosen.forEach(query -> all.add(query, BooleanClause.Occur.MUST));
      choices.add(all.build());
    }
    for (int i = 0; number > 0 && i + number <= clauses.size() && choices.size() <= MOST; i++) {
      List<Query> more = new ArrayList<>(chosen);
      more.add(clauses.get(i).getQuery());
      choose(clauses.subList(i + 1, clauses.size()), number - 1, more, choices);
    }
  }
}
