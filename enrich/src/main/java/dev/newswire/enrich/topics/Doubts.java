// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.topics.TaxonomyLint.Doubt;
import dev.newswire.enrich.topics.TaxonomyLint.Example;
import dev.newswire.enrich.topics.TaxonomyLint.Warning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/** Finds what works in a taxonomy, but probably not as it was meant. Not thread-safe. */
final class Doubts {

  /** A word in examples of so many other topics is a common one. */
  private static final int COMMON = 8;

  /** A topic that matches examples of so many others is a broad one. */
  private static final int BROAD = 10;

  /** Fewest examples of a topic that another must match to overlap with it. */
  private static final int FEWEST_SHARED = 3;

  /**
   * A rule of more words than so many for each example is a list of synonyms: none can show all.
   */
  private static final int MOST_WORDS_PER_EXAMPLE = 2;

  /** Most words or topics that a reason names. */
  private static final int MOST_NAMED = 8;

  /** Terms of the examples that must match, by topic. */
  private final Map<String, Set<String>> terms = new HashMap<>();

  /** Number of examples that must match, by topic. */
  private final Map<String, Integer> examples = new HashMap<>();

  /** How many examples of which other topics a topic matches. */
  private final Map<String, Map<String, Integer>> matched = new HashMap<>();

  /** Doubts by the light of these examples. */
  Doubts(List<Example> references) {
    for (Example example : references) {
      if (example.wanted()) {
        examples.merge(example.topic(), 1, Integer::sum);
        terms
            .computeIfAbsent(example.topic(), topic -> new HashSet<>())
            .addAll(QuerySyntax.terms(Analysis.ENGLISH, example.text()));
        for (String other : example.others()) {
          matched
              .computeIfAbsent(other, topic -> new TreeMap<>())
              .merge(example.topic(), 1, Integer::sum);
        }
      }
    }
  }

  /** What is doubtful about these topics. */
  List<Warning> about(List<TopicRule> rules) {
    Set<String> ids = new HashSet<>(rules.stream().map(TopicRule::id).toList());
    List<Warning> warnings = new ArrayList<>();
    for (TopicRule rule : rules) {
      if (rule.matches().isEmpty()) {
        warnings.add(
            new Warning(
                rule.id(), Doubt.NO_EXAMPLES, "no example says what it must match", List.of()));
      } else {
        addUnusedWords(rule, warnings);
      }
      addOverlaps(rule, ids, warnings);
      addCommonWords(rule, warnings);
      addBreadth(rule, warnings);
    }
    return warnings.stream().sorted(Comparator.comparing(Warning::doubt)).toList();
  }

  private void addUnusedWords(TopicRule rule, List<Warning> warnings) {
    Words unused = new Words(terms.get(rule.id()));
    rule.queries().forEach(query -> query.parsed().visit(unused));
    int showable = MOST_WORDS_PER_EXAMPLE * examples.get(rule.id());
    if (!unused.missing.isEmpty() && unused.wanted.size() <= showable) {
      warnings.add(
          new Warning(
              rule.id(),
              Doubt.UNUSED_WORDS,
              "no example that must match uses " + named(List.copyOf(unused.missing)),
              List.copyOf(unused.missing)));
    }
  }

  private void addOverlaps(TopicRule rule, Set<String> ids, List<Warning> warnings) {
    int all = examples.getOrDefault(rule.id(), 0);
    for (String other : new TreeSet<>(ids)) {
      int shared = matched.getOrDefault(other, Map.of()).getOrDefault(rule.id(), 0);
      if (shared >= FEWEST_SHARED && 2 * shared > all) {
        warnings.add(
            new Warning(
                rule.id(),
                Doubt.OVERLAP,
                other + " matches " + shared + " of its " + all + " examples too",
                List.of(other)));
      }
    }
  }

  private void addCommonWords(TopicRule rule, List<Warning> warnings) {
    Set<String> words = new TreeSet<>();
    rule.queries().forEach(query -> addLoneWords(query.parsed(), words));
    for (String word : words) {
      List<String> topics = topicsOtherThan(rule, topic -> terms.get(topic).contains(word));
      if (topics.size() >= COMMON) {
        warnings.add(
            new Warning(
                rule.id(),
                Doubt.OVER_BROAD,
                "the word '"
                    + word
                    + "' alone is enough, and it stands in examples of "
                    + topics.size()
                    + " other topics",
                topics));
      }
    }
  }

  private void addBreadth(TopicRule rule, List<Warning> warnings) {
    Map<String, Integer> others = matched.getOrDefault(rule.id(), Map.of());
    if (others.size() >= BROAD) {
      List<String> topics = List.copyOf(others.keySet());
      warnings.add(
          new Warning(
              rule.id(),
              Doubt.OVER_BROAD,
              "it matches examples of " + topics.size() + " other topics: " + named(topics),
              topics));
    }
  }

  private List<String> topicsOtherThan(TopicRule rule, Predicate<String> wanted) {
    return terms.keySet().stream()
        .filter(topic -> !topic.equals(rule.id()) && wanted.test(topic))
        .sorted()
        .toList();
  }

  /** Adds the words of a text that match all alone. */
  private static void addLoneWords(Query query, Set<String> words) {
    if (query instanceof TermQuery word && QuerySyntax.isText(word.getTerm().field())) {
      words.add(word.getTerm().text());
    } else if (query instanceof BooleanQuery choice && isChoice(choice)) {
      for (BooleanClause clause : choice) {
        if (clause.getOccur() == BooleanClause.Occur.SHOULD) {
          addLoneWords(clause.getQuery(), words);
        }
      }
    }
  }

  private static boolean isChoice(BooleanQuery query) {
    return query.getMinimumNumberShouldMatch() <= 1
        && query.clauses().stream().noneMatch(BooleanClause::isRequired);
  }

  private static String named(List<String> names) {
    int more = names.size() - MOST_NAMED;
    return more <= 0
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMED)) + " and " + more + " more";
  }

  /** Collects the words that a query looks for, without those it excludes, and that are missing. */
  private static final class Words extends QueryVisitor {

    private final Set<String> present;
    private final Set<String> wanted = new HashSet<>();
    private final Set<String> missing = new TreeSet<>();

    Words(Set<String> present) {
      this.present = present;
    }

    @Override
    public void consumeTerms(Query query, Term... terms) {
      for (Term term : terms) {
        if (QuerySyntax.isText(term.field())) {
          wanted.add(term.text());
          if (!present.contains(term.text())) {
            missing.add(term.text());
          }
        }
      }
    }

    @Override
    public void consumeTermsMatching(
        Query query, String field, Supplier<ByteRunAutomaton> automaton) {
      if (QuerySyntax.isText(field)) {
        wanted.add(query.toString(field));
        ByteRunAutomaton pattern = automaton.get();
        if (present.stream().map(BytesRef::new).noneMatch(word -> accepts(pattern, word))) {
          missing.add(query.toString(field));
        }
      }
    }

    private static boolean accepts(ByteRunAutomaton pattern, BytesRef word) {
      return pattern.run(word.bytes, word.offset, word.length);
    }
  }
}
