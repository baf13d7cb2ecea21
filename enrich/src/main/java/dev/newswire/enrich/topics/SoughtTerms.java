// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/**
 * The terms that some queries look for, in whatever field. No other term of an article makes a
 * difference to them. Immutable.
 */
final class SoughtTerms implements Predicate<CharSequence> {

  private final Set<String> terms = new HashSet<>();
  private final List<ByteRunAutomaton> patterns = new ArrayList<>();
  private boolean any;

  SoughtTerms(Collection<Query> queries) {
    QueryVisitor collector =
        new QueryVisitor() {
          @Override
          public void consumeTerms(Query source, Term... sought) {
            for (Term term : sought) {
              terms.add(term.text());
            }
          }

          @Override
          public void consumeTermsMatching(
              Query source, String field, Supplier<ByteRunAutomaton> automaton) {
            patterns.add(automaton.get());
          }

          @Override
          public void visitLeaf(Query leaf) {
            any = true;
          }

          @Override
          public QueryVisitor getSubVisitor(BooleanClause.Occur occur, Query parent) {
            return this;
          }
        };
    queries.forEach(query -> query.visit(collector));
  }

  @Override
  public boolean test(CharSequence term) {
    return any || terms.contains(term.toString()) || matchesPattern(new BytesRef(term));
  }

  private boolean matchesPattern(BytesRef term) {
    return patterns.stream().anyMatch(pattern -> pattern.run(term.bytes, term.offset, term.length));
  }
}
