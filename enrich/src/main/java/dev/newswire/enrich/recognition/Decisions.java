// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.util.Optional;

/** What was first decided about the words of a document: how often each got which label. */
public final class Decisions {

  private final int[] labels;
  private final WordCounts counts;

  /**
   * Counts decisions.
   *
   * @param words of the document
   * @param labels of those words
   */
  public Decisions(Word[] words, int[] labels) {
    this.labels = labels.clone();
    counts = new WordCounts(Labels.COUNT, words.length);
    for (int t = 0; t < words.length; t++) {
      if (counts(words[t])) {
        counts.add(words[t].lower, labels[t]);
      }
    }
  }

  /** What was decided about a word where it stands other than at a token; empty if nowhere. */
  public Optional<Elsewhere> elsewhere(Word word, int token) {
    int[] all = counts.of(word.lower);
    if (all.length == 0) {
      return Optional.empty();
    }
    if (counts(word)) {
      all[labels[token]]--;
    }
    Elsewhere elsewhere = new Elsewhere(all);
    return elsewhere.total() == 0 ? Optional.empty() : Optional.of(elsewhere);
  }

  /** What was decided about the token itself. */
  int label(int token) {
    return labels[token];
  }

  private static boolean counts(Word word) {
    return word.letters && !word.lowerCase;
  }

  /** Counts of the labels of a word without those of one of its places. */
  public record Elsewhere(int[] counts) {

    int count(int label) {
      return counts[label];
    }

    int total() {
      int total = 0;
      for (int count : counts) {
        total += count;
      }
      return total;
    }

    /** Of a kind by the order of {@link Labels}, or 3 for none. */
    int kindCount(int kind) {
      if (kind == 3) {
        return count(Labels.OUTSIDE);
      }
      int sum = 0;
      for (int position = 0; position < 4; position++) {
        sum += count(1 + 4 * kind + position);
      }
      return sum;
    }
  }
}
