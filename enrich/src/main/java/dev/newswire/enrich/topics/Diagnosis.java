// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.text.Deadline;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;

/**
 * Why an article has a topic or does not have it.
 *
 * @param topic id of the topic
 * @param verdict the reason, in short
 * @param score how much of the article the evidence is; 0 where no query matches
 * @param threshold the score from which on the article is about the topic
 * @param queries each query of the topic for the language of the article, in the document's order
 */
public record Diagnosis(
    String topic, Verdict verdict, float score, float threshold, List<Tried> queries) {

  /** Most words that a reason names. */
  private static final int MOST_NAMED = 12;

  /** Words that stand in every text, and so say nothing of it. */
  private static final CharArraySet STOP_WORDS = EnglishAnalyzer.getDefaultStopSet();

  /** The reasons, in short. */
  public enum Verdict {
    /** The article has the topic. */
    TAGGED,
    /** What the queries found is too little of the article: background. */
    MENTIONED,
    /** No query matches. */
    NOT_FOUND,
    /** The topic has no query for the language of the article. */
    OTHER_LANGUAGE,
    /** The topic is experimental, and tags nothing. */
    EXPERIMENTAL
  }

  /**
   * A query that was tried.
   *
   * @param query as its editor wrote it
   * @param matches whether it matches
   * @param reasons why it does not match: a sentence for each part that failed, with the words of
   *     it that the article has; empty where it matches
   */
  public record Tried(String query, boolean matches, List<String> reasons) {}

  /** Whether any query of the topic matches, whatever that makes of the article. */
  public boolean isFound() {
    return queries.stream().anyMatch(Tried::matches);
  }

  /** Tries a topic on an article. */
  public static Diagnosis of(
      TopicRule rule, Article article, Optional<String> language, List<Entity> entities) {
    List<Tried> tried =
        queries(rule, language).stream().map(query -> tried(query, article, entities)).toList();
    float score;
    try (TopicMatcher matcher = TopicMatcher.ofAll(List.of(rule))) {
      score =
          matcher.weighed(article, language, entities, Deadline.NONE).stream()
              .map(TopicMatcher.Weighed::score)
              .findFirst()
              .orElse(0f);
    }
    boolean isFound = tried.stream().anyMatch(Tried::matches);
    return new Diagnosis(
        rule.id(), verdict(rule, tried, isFound, score), score, rule.threshold(), tried);
  }

  private static Verdict verdict(TopicRule rule, List<Tried> tried, boolean isFound, float score) {
    if (tried.isEmpty()) {
      return Verdict.OTHER_LANGUAGE;
    }
    if (!isFound) {
      return Verdict.NOT_FOUND;
    }
    if (score < rule.threshold()) {
      return Verdict.MENTIONED;
    }
    return rule.isExperimental() ? Verdict.EXPERIMENTAL : Verdict.TAGGED;
  }

  private static List<TopicQuery> queries(TopicRule rule, Optional<String> language) {
    List<TopicQuery> queries = new ArrayList<>();
    if (language.isEmpty() || rule.language().isEmpty() || rule.language().equals(language)) {
      queries.addAll(rule.queries());
    }
    rule.translations().stream()
        .filter(other -> language.isEmpty() || language.get().equals(other.language()))
        .forEach(other -> queries.addAll(other.queries()));
    return queries;
  }

  private static Tried tried(TopicQuery query, Article article, List<Entity> entities) {
    MemoryIndex index =
        MemoryIndex.fromDocument(
            ArticleDocument.of(
                article, ReadArticle.of(article), entities, QuerySyntax.fieldsOf(query.parsed())),
            QuerySyntax.analyzer(query.analysis()));
    List<String> reasons = new ArrayList<>();
    boolean matches = matches(index, query.parsed());
    if (!matches) {
      addReasons(index, query.parsed(), reasons);
    }
    return new Tried(query.text(), matches, List.copyOf(reasons));
  }

  private static boolean matches(MemoryIndex index, Query query) {
    return index.search(query) > 0;
  }

  /** Adds why a query does not match. */
  private static void addReasons(MemoryIndex index, Query query, List<String> reasons) {
    if (!(query instanceof BooleanQuery whole)) {
      reasons.add(shown(query) + " is not found; " + near(index, query));
      return;
    }
    boolean isChoice = whole.clauses().stream().noneMatch(BooleanClause::isRequired);
    int optional = 0;
    for (BooleanClause clause : whole) {
      boolean matches = matches(index, clause.getQuery());
      if (clause.isProhibited() && matches) {
        reasons.add(
            "it is excluded by "
                + shown(clause.getQuery())
                + "; "
                + near(index, clause.getQuery()));
      } else if (clause.isRequired() && !matches) {
        addReasons(index, clause.getQuery(), reasons);
      }
      optional += matches && clause.getOccur() == BooleanClause.Occur.SHOULD ? 1 : 0;
    }
    int least = Math.max(whole.getMinimumNumberShouldMatch(), isChoice ? 1 : 0);
    if (optional < least) {
      String count =
          optional == 0
              ? "none of " + shown(query) + " is found"
              : optional + " of " + shown(query) + " found, " + least + " needed";
      reasons.add(count + "; " + near(index, query));
    }
  }

  private static String shown(Query query) {
    Set<String> words = words(query);
    List<String> first = words.stream().limit(MOST_NAMED).toList();
    int more = words.size() - first.size();
    return "'" + String.join(" ", first) + (more == 0 ? "" : " and " + more + " more words") + "'";
  }

  private static String near(MemoryIndex index, Query query) {
    Set<String> there = new TreeSet<>();
    query.visit(
        new QueryVisitor() {
          @Override
          public void consumeTerms(Query source, Term... terms) {
            for (Term term : terms) {
              if (!STOP_WORDS.contains(term.text()) && matches(index, new TermQuery(term))) {
                there.add(
                    term.field().equals(QuerySyntax.TEXT)
                        ? term.text()
                        : term.field() + ":" + term.text());
              }
            }
          }

          @Override
          public QueryVisitor getSubVisitor(BooleanClause.Occur occur, Query parent) {
            return occur == BooleanClause.Occur.MUST_NOT ? EMPTY_VISITOR : this;
          }
        });
    return there.isEmpty()
        ? "the article has none of its words"
        : "the article has " + String.join(", ", there.stream().limit(MOST_NAMED).toList());
  }

  private static Set<String> words(Query query) {
    Set<String> words = new TreeSet<>();
    query.visit(
        new QueryVisitor() {
          @Override
          public void consumeTerms(Query source, Term... terms) {
            for (Term term : terms) {
              words.add(term.text());
            }
          }
        });
    return words;
  }
}
