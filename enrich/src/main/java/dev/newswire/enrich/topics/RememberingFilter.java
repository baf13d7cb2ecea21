// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Turns words into terms by other filters, and remembers what they made of frequent ones, in memory
 * that doesn't grow beyond 1 MB. The filters may look at nothing but the word, and change nothing
 * else. Not thread-safe.
 */
final class RememberingFilter extends TokenFilter {

  private static final int BITS = 13;
  private static final int LONGEST = 20;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final Known[] known = new Known[1 << BITS];
  private final TokenStream filters;

  /** A word, and the term that it becomes. */
  private record Known(char[] word, char[] term) {}

  /**
   * Remembers what filters do.
   *
   * @param filters puts them behind a stream
   */
  RememberingFilter(TokenStream words, UnaryOperator<TokenStream> filters) {
    super(words);
    this.filters = filters.apply(new Word(words));
    Arrays.fill(known, new Known(new char[0], new char[0]));
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!input.incrementToken()) {
      return false;
    }
    int slot = slot();
    Known there = known[slot];
    if (Arrays.equals(there.word, 0, there.word.length, term.buffer(), 0, term.length())) {
      term.copyBuffer(there.term, 0, there.term.length);
      return true;
    }
    char[] word = Arrays.copyOf(term.buffer(), term.length());
    boolean goesOn = filters.incrementToken();
    if (word.length <= LONGEST) {
      known[slot] = new Known(word, Arrays.copyOf(term.buffer(), term.length()));
    }
    return goesOn;
  }

  private int slot() {
    char[] letters = term.buffer();
    int hash = 0;
    for (int i = 0; i < term.length(); i++) {
      hash = 31 * hash + letters[i];
    }
    return (hash * 0x9E3779B9) >>> (32 - BITS);
  }

  /** The word that its input is at. */
  private static final class Word extends TokenFilter {

    Word(TokenStream words) {
      super(words);
    }

    @Override
    public boolean incrementToken() {
      return true;
    }
  }
}
