// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was first decided about the words of a document: how often each got which label. */
public final class Decisions {

  private final int[] labels;
  private final Map<Integer, int[]> counts = new HashMap<>();

  /**
   * Counts decisions.
   *
   * @param words of the document
   * @param labels of those words
   */
  public Decisions(Word[] words, int[] labels) {
    this.labels = labels.clone();
    for (int t = 0; t < words.length; t++) {
      if (counts(words[t])) {
        counts.computeIfAbsent(words[t].lower, key -> new int[Labels.COUNT])[labels[t]]++;
      }
    }
  }

  /** What was decided about a word where it stands other than at a token; empty if nowhere. */
  public Optional<Elsewhere> elsewhere(Word word, int token) {
    int[] all = counts.get(word.lower);
    if (all == null) {
      return Optional.empty();
    }
    Elsewhere elsewhere = new Elsewhere(all, counts(word) ? labels[token] : -1);
    return elsewhere.total() == 0 ? Optional.empty() : Optional.of(elsewhere);
  }

  private static boolean counts(Word word) {
    return word.letters && !word.lowerCase;
  }

  /** Counts of the labels of a word without those of one of its places. */
  public record Elsewhere(int[] all, int own) {

    int count(int label) {
      return all[label] - (label == own ? 1 : 0);
    }

    int total() {
      int total = own < 0 ? 0 : -1;
      for (int count : all) {
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
