// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.rules.RulesDocument;
import dev.newswire.enrich.rules.Unusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.queryparser.flexible.core.QueryNodeException;
import org.apache.lucene.queryparser.flexible.standard.StandardQueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/**
 * The language of topic queries: Lucene's standard syntax, with proximity and intervals, over the
 * fields below. Words are lower-cased, stemmed (KStem, which leaves "mineral" and "miner" two
 * words) and folded to ASCII, in queries as in articles. Not thread-safe.
 */
final class QuerySyntax {

  /** Headline and body as one text: the field of words that name none. */
  static final String TEXT = "text";

  /** The headline; of an article without one, its first sentence. */
  static final String HEADLINE = "headline";

  /** The headline and the beginning of the body: what tells what an article is about. */
  static final String LEAD = "lead";

  static final String BODY = "body";

  /** The provider's name, exactly. */
  static final String PROVIDER = "provider";

  /** A subject's IPTC Media Topic code, or its code as the provider sent it, exactly. */
  static final String SUBJECT = "subject";

  /** An entity's Wikidata id, exactly. */
  static final String ENTITY = "entity";

  private static final Set<String> FIELDS =
      new TreeSet<>(Set.of(TEXT, HEADLINE, LEAD, BODY, PROVIDER, SUBJECT, ENTITY));

  /** Positions between headline and body, so that no phrase spans both. */
  private static final int GAP = 1_000;

  /** Parser and matcher call themselves for each parenthesis within another. */
  private static final int DEEPEST = 50;

  private static final int LONGEST = 100_000;
  private static final int LONGEST_SHOWN = 200;

  private final Analysis analysis;
  private final StandardQueryParser parser;

  /** The language of queries on texts that are read in one way. */
  QuerySyntax(Analysis analysis) {
    this.analysis = analysis;
    parser = new StandardQueryParser(analyzer(analysis));
  }

  /** How articles and queries become terms. Thread-safe. */
  static Analyzer analyzer(Analysis analysis) {
    return analyzer(analysis, term -> true);
  }

  /**
   * How articles become the terms that some queries look for. Thread-safe.
   *
   * @param sought the terms of these queries; those of a text's words that are others are left out
   */
  static Analyzer analyzer(Analysis analysis, Predicate<CharSequence> sought) {
    Analyzer exact = new KeywordAnalyzer();
    return new PerFieldAnalyzerWrapper(
        new Words(analysis, sought), Map.of(PROVIDER, exact, SUBJECT, exact, ENTITY, exact));
  }

  /**
   * Parses a query.
   *
   * @throws Unusable where it does not parse
   */
  TopicQuery read(String text) throws Unusable {
    requireBounded(text);
    try {
      Query parsed = parser.parse(text, TEXT);
      if (parsed instanceof MatchNoDocsQuery) {
        throw doesNotParse(text, "it holds no word to look for");
      }
      Set<String> unknown = new TreeSet<>(fieldsOf(parsed));
      unknown.removeAll(FIELDS);
      if (!unknown.isEmpty()) {
        String field = unknown.iterator().next();
        throw doesNotParse(text, "field '" + field + "' is none of " + FIELDS);
      }
      return new TopicQuery(text, parsed, analysis);
    } catch (TooComplexToDeterminizeException e) {
      throw doesNotParse(text, "its pattern is too complex");
    } catch (QueryNodeException | RuntimeException | StackOverflowError e) {
      String problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw doesNotParse(text, RulesDocument.oneLine(problem));
    }
  }

  private static void requireBounded(String text) throws Unusable {
    if (text.length() > LONGEST) {
      throw doesNotParse(text, "it is longer than " + LONGEST + " characters");
    }
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth > DEEPEST) {
        throw doesNotParse(text, "its parentheses are nested deeper than " + DEEPEST);
      }
    }
  }

  private static Unusable doesNotParse(String query, String problem) {
    String shown =
        query.length() <= LONGEST_SHOWN ? query : query.substring(0, LONGEST_SHOWN) + "…";
    return new Unusable("the query '" + shown + "' does not parse: " + problem);
  }

  /** Whether a field holds text, and no code or name. */
  static boolean isText(String field) {
    return Set.of(TEXT, HEADLINE, LEAD, BODY).contains(field);
  }

  /** The terms of a text, as queries on it have them. */
  static Set<String> terms(Analysis analysis, String text) {
    Set<String> terms = new TreeSet<>();
    try (Analyzer words = new Words(analysis, term -> true);
        TokenStream stream = words.tokenStream(TEXT, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
      return terms;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fields that a query looks into. */
  static Set<String> fieldsOf(Query query) {
    Set<String> fields = new TreeSet<>();
    query.visit(
        new QueryVisitor() {
          @Override
          public boolean acceptField(String field) {
            if (field != null) {
              fields.add(field);
            }
            return true;
          }

          @Override
          public QueryVisitor getSubVisitor(BooleanClause.Occur occur, Query parent) {
            return this;
          }
        });
    return fields;
  }

  /** Whether what a query looks for depends on the words of the text: wildcards and the like. */
  static boolean hasPattern(Query query) {
    AtomicBoolean pattern = new AtomicBoolean();
    query.visit(
        new QueryVisitor() {
          @Override
          public void consumeTermsMatching(
              Query source, String field, Supplier<ByteRunAutomaton> automaton) {
            pattern.set(true);
          }

          @Override
          public void visitLeaf(Query leaf) {
            pattern.set(true);
          }

          @Override
          public QueryVisitor getSubVisitor(BooleanClause.Occur occur, Query parent) {
            return this;
          }
        });
    return pattern.get();
  }

  /** A query without patterns in the simplest form, which is the same for any text. */
  static Query simplified(Query query) {
    try {
      return new IndexSearcher(new MultiReader()).rewrite(query);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Words of text. Thread-safe. */
  private static final class Words extends Analyzer {

    private final Analysis analysis;
    private final Predicate<CharSequence> sought;

    Words(Analysis analysis, Predicate<CharSequence> sought) {
      this.analysis = analysis;
      this.sought = sought;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      StandardTokenizer tokenizer = new StandardTokenizer();
      return new TokenStreamComponents(
          tokenizer, new RememberingFilter(tokenizer, analysis::terms, sought));
    }

    @Override
    protected TokenStream normalize(String field, TokenStream in) {
      TokenStream lowerCase = new LowerCaseFilter(in);
      return analysis == Analysis.ENGLISH ? new ASCIIFoldingFilter(lowerCase) : lowerCase;
    }

    @Override
    public int getPositionIncrementGap(String field) {
      return GAP;
    }
  }
}
