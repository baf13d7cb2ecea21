// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * How the words of a language become terms, in queries as in articles. A language that is not here
 * is read as English is.
 */
public enum Analysis {
  /** English, and texts of languages that are not here. */
  ENGLISH(
      "en",
      word ->
          new KStemFilter(
              new ASCIIFoldingFilter(new LowerCaseFilter(new EnglishPossessiveFilter(word))))),
  GERMAN(
      "de",
      word -> new GermanLightStemFilter(new GermanNormalizationFilter(new LowerCaseFilter(word)))),
  FRENCH(
      "fr",
      word ->
          new ASCIIFoldingFilter(
              new FrenchLightStemFilter(
                  new LowerCaseFilter(new ElisionFilter(word, FrenchAnalyzer.DEFAULT_ARTICLES))))),
  SPANISH(
      "es", word -> new ASCIIFoldingFilter(new SpanishLightStemFilter(new LowerCaseFilter(word)))),
  PORTUGUESE(
      "pt",
      word -> new ASCIIFoldingFilter(new PortugueseLightStemFilter(new LowerCaseFilter(word)))),
  ITALIAN(
      "it",
      word ->
          new ASCIIFoldingFilter(
              new ItalianLightStemFilter(
                  new LowerCaseFilter(new ElisionFilter(word, Elisions.ITALIAN))))),
  RUSSIAN("ru", word -> new RussianLightStemFilter(new LowerCaseFilter(word))),
  /** Lucene's stemmer for it needs a dictionary of another module; patterns take its place. */
  UKRAINIAN("uk", LowerCaseFilter::new),
  ARABIC("ar", word -> new ArabicStemFilter(new ArabicNormalizationFilter(word))),
  /** Each character is a word: a phrase of them is what a word is elsewhere. */
  CHINESE("zh", LowerCaseFilter::new);

  private final String language;

  /** Has no state of its own: each call makes new filters. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final UnaryOperator<TokenStream> filters;

  Analysis(String language, UnaryOperator<TokenStream> filters) {
    this.language = language;
    this.filters = filters;
  }

  /** The analysis of a language by its ISO 639-1 code. */
  static Analysis of(Optional<String> language) {
    for (Analysis analysis : values()) {
      if (language.isPresent() && analysis.language.equals(language.get())) {
        return analysis;
      }
    }
    return ENGLISH;
  }

  /** The languages that topics can be translated to. */
  static List<String> translated() {
    return Stream.of(values())
        .filter(analysis -> analysis != ENGLISH)
        .map(Analysis::language)
        .sorted()
        .toList();
  }

  /** The ISO 639-1 code of its language. */
  String language() {
    return language;
  }

  /** Whether texts of a language are read by it; where the language is not known, any may be. */
  boolean isOf(Optional<String> text) {
    return text.isEmpty() || text.get().equals(language);
  }

  /** Words become terms. */
  TokenStream terms(TokenStream words) {
    return filters.apply(words);
  }

  /** Articles that Italian joins to the word after them. */
  private static final class Elisions {

    private static final CharArraySet ITALIAN =
        CharArraySet.unmodifiableSet(
            new CharArraySet(
                List.of(
                    "c", "l", "all", "dall", "dell", "nell", "sull", "coll", "un", "d", "quest"),
                true));
  }
}
