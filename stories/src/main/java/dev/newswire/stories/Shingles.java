// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.stories.Tokens.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The shingles of a text (runs of four words), and what of it its provider prints under other
 * headlines too: a page's frame, the background of earlier events.
 *
 * @param words the text
 * @param hashes of the shingles, by the place of their first word
 * @param others of each shingle the number of other articles of the provider that have it under
 *     other headlines, counted up to {@value #BOILERPLATE}
 */
record Shingles(List<Token> words, int[] hashes, int[] others) {

  /** What so many others have is boilerplate, and says nothing about copies. */
  static final int BOILERPLATE = 2;

  /** What so many others have says nothing about the event. */
  private static final int BACKGROUND = 1;

  /** A text that has fewer words of its own is taken whole: it is an alert, or printed twice. */
  private static final int FEWEST_OWN_WORDS = 60;

  private static final int WORDS = 4;

  /** Further on, only shingles of the sample are looked up. */
  private static final int BEGINNING = 400;

  /** The shingles of a text's words, and who else has them. */
  static Shingles of(List<Token> words, IntUnaryOperator othersWith) {
    int size = Math.max(0, words.size() - WORDS + 1);
    int[] hashes = new int[size];
    int[] others = new int[size];
    for (int at = 0; at < size; at++) {
      int hash = 0;
      for (int word = at; word < at + WORDS; word++) {
        hash = Hashing.join(hash, words.get(word).hash());
      }
      hashes[at] = hash;
      boolean isIndexed = at < BEGINNING || Fingerprint.isSampled(hash);
      others[at] = isIndexed ? othersWith.applyAsInt(hash) : 0;
    }
    return new Shingles(words, hashes, others);
  }

  boolean isBoilerplate(int place) {
    return others[place] >= BOILERPLATE;
  }

  /** Of each word, whether it is in a shingle that so many other articles have. */
  private boolean[] within(int articles) {
    boolean[] within = new boolean[words.size()];
    for (int at = 0; at < hashes.length; at++) {
      if (others[at] >= articles) {
        Arrays.fill(within, at, at + WORDS, true);
      }
    }
    return within;
  }

  /** Of each word, whether it is boilerplate. */
  boolean[] boilerplate() {
    return within(BOILERPLATE);
  }

  /** The words that tell of the event, in reading order. */
  List<Token> ownWords() {
    boolean[] background = within(BACKGROUND);
    List<Token> own = new ArrayList<>(words.size());
    for (int i = 0; i < background.length; i++) {
      if (!background[i]) {
        own.add(words.get(i));
      }
    }
    return own.size() < FEWEST_OWN_WORDS ? words : own;
  }
}
