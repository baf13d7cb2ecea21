// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Turns words into terms by other filters, leaves out those that nobody looks for, and remembers
 * what became of frequent ones, in memory that doesn't grow beyond 4 MB. The filters may look at
 * nothing but the word, and change nothing else.
 *
 * <p>The first word always stays: Lucene counts the positions and offsets of a field's second value
 * on from its first only if that had any word. Not thread-safe.
 */
final class RememberingFilter extends FilteringTokenFilter {

  /**
   * Places for words of one hash: the one that was met last is first, and the last one drops out.
   */
  private static final int PLACES = 4;

  private static final int BITS = 13;
  private static final int LONGEST = 20;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final Known[] known = new Known[PLACES << BITS];
  private final TokenStream filters;
  private final Predicate<CharSequence> sought;
  private boolean isFirst;

  /** A word, the term that it becomes, and whether anybody looks for it. */
  private record Known(char[] word, char[] term, boolean isSought) {

    boolean isOf(CharTermAttribute other) {
      return Arrays.equals(word, 0, word.length, other.buffer(), 0, other.length());
    }
  }

  /**
   * Remembers what filters do.
   *
   * @param filters puts them behind a stream
   * @param sought which terms to let through
   */
  RememberingFilter(
      TokenStream words, UnaryOperator<TokenStream> filters, Predicate<CharSequence> sought) {
    super(words);
    this.filters = filters.apply(new Word(words));
    this.sought = sought;
    Arrays.fill(known, new Known(new char[0], new char[0], false));
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    isFirst = true;
  }

  @Override
  protected boolean accept() throws IOException {
    int first = firstPlace();
    int place = first;
    while (place < first + PLACES && !known[place].isOf(term)) {
      place++;
    }
    Known there;
    if (place < first + PLACES) {
      there = known[place];
      term.copyBuffer(there.term, 0, there.term.length);
    } else {
      there = meet();
      place--;
    }
    if (there.word.length <= LONGEST) {
      System.arraycopy(known, first, known, first + 1, place - first);
      known[first] = there;
    }
    boolean stays = there.isSought || isFirst;
    isFirst = false;
    return stays;
  }

  /** Has the filters turn the word into a term. */
  private Known meet() throws IOException {
    char[] word = Arrays.copyOf(term.buffer(), term.length());
    filters.incrementToken();
    char[] becomes = Arrays.copyOf(term.buffer(), term.length());
    return new Known(word, Arrays.equals(word, becomes) ? word : becomes, sought.test(term));
  }

  private int firstPlace() {
    char[] letters = term.buffer();
    int hash = 0;
    for (int i = 0; i < term.length(); i++) {
      hash = 31 * hash + letters[i];
    }
    return ((hash * 0x9E3779B9) >>> (32 - BITS)) * PLACES;
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
