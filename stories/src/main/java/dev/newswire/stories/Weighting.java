// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.stories.ArticleText.Name;
import dev.newswire.stories.Tokens.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weighs words by how rare they are among the articles of the window (TF-IDF). An article's weights
 * are those of the moment at which it came. Not thread-safe.
 */
final class Weighting {

  private static final int MOST_WORDS = 96;
  private static final int WORDS_OF_BODY = 220;
  private static final int MOST_NAMES = 16;
  private static final double HEADLINE = 2.0;
  private static final double CAPITALISED = 1.0;

  /** As if so many articles had come before the first, all of other words. */
  private static final double PRIOR = 300;

  private final StopWords stopWords = StopWords.bundled();
  private final Counts counts = new Counts();
  private int articles;

  /** Weighs the words of a headline. */
  Vector headline(List<Token> headline) {
    Map<Integer, Double> weights = new LinkedHashMap<>();
    for (Token word : headline) {
      if (!stopWords.contains(word.text())) {
        weights.put(word.hash(), idf(word.hash()));
      }
    }
    return Vector.of(weights);
  }

  /**
   * Weighs an article.
   *
   * @param weighed the headline's words as {@link #headline} weighs them
   * @param body the words that tell of the event
   */
  Profile profile(ArticleText article, List<Token> headline, Vector weighed, List<Token> body) {
    Map<Integer, Double> text = new LinkedHashMap<>();
    for (Token word : headline) {
      if (!stopWords.contains(word.text())) {
        text.merge(word.hash(), HEADLINE, Double::sum);
      }
    }
    int left = WORDS_OF_BODY;
    for (Token word : body) {
      if (left-- == 0) {
        break;
      }
      if (!stopWords.contains(word.text())) {
        int key = word.hash();
        if (text.size() < MOST_WORDS || text.containsKey(key)) {
          text.merge(key, word.capitalised() ? CAPITALISED : 1.0, Double::sum);
        }
      }
    }
    text.replaceAll((key, often) -> (1 + Math.log(often)) * idf(key));
    return new Profile(Vector.of(text), weighed, Vector.of(names(article)));
  }

  private Map<Integer, Double> names(ArticleText article) {
    Map<Integer, Double> names = new LinkedHashMap<>();
    for (Name name : article.names()) {
      if (names.size() < MOST_NAMES) {
        int key = nameKey(name);
        double weight = (name.inHeadline() ? 2 : 1) * Math.sqrt(name.salience()) * idf(key);
        names.merge(key, weight, Math::max);
      }
    }
    return names;
  }

  /** Names are counted beside words; one that is spelt as a word has another key. */
  private static int nameKey(Name name) {
    return Hashing.join(17, Hashing.of(name.key()));
  }

  private double idf(int key) {
    return Math.log((articles + PRIOR) / (counts.of(key) + 1.0));
  }

  /** Counts an article in, or out again. */
  void count(Profile profile, int change) {
    articles += change;
    for (int key : profile.text().keys()) {
      counts.add(key, change);
    }
    for (int key : profile.names().keys()) {
      counts.add(key, change);
    }
  }
}
