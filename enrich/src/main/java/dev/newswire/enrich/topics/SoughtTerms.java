// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/**
 * The terms that some queries look for, each with a number. No other term of an article makes a
 * difference to them. Immutable.
 */
final class SoughtTerms implements Predicate<CharSequence> {

  /** Whatever their fields: an article's words are turned into terms once for all of them. */
  private final Set<String> terms = new HashSet<>();

  private final Map<String, Map<BytesRef, Integer>> numbersByField = new HashMap<>();
  private final List<ByteRunAutomaton> patterns = new ArrayList<>();
  private int size;
  private boolean any;

  SoughtTerms(Collection<Query> queries) {
    QueryVisitor collector =
        new QueryVisitor() {
          @Override
          public void consumeTerms(Query source, Term... sought) {
            for (Term term : sought) {
              add(term);
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

  private void add(Term term) {
    terms.add(term.text());
    Map<BytesRef, Integer> numbers =
        numbersByField.computeIfAbsent(term.field(), field -> new HashMap<>());
    if (numbers.putIfAbsent(term.bytes(), size) == null) {
      size++;
    }
  }

  @Override
  public boolean test(CharSequence term) {
    return any || terms.contains(term.toString()) || matchesPattern(new BytesRef(term));
  }

  private boolean matchesPattern(BytesRef term) {
    return patterns.stream().anyMatch(pattern -> pattern.run(term.bytes, term.offset, term.length));
  }

  /** The number of a term that one of the queries looks for: from 0 on, without gaps. */
  int numberOf(Term term) {
    return numbersByField.get(term.field()).get(term.bytes());
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /** The numbers of those that an article has. */
  BitSet in(LeafReader article) {
    BitSet found = new BitSet(size);
    numbersByField.forEach(
        (field, numbers) -> {
          try {
            TermsEnum terms = Terms.getTerms(article, field).iterator();
            for (BytesRef term = terms.next(); term != null; term = terms.next()) {
              Integer number = numbers.get(term);
              if (number != null) {
                found.set(number);
              }
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return found;
  }
}
