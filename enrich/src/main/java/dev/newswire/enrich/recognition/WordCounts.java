// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.util.Arrays;

/** Counts of several things for each of a document's words, by their hash. Not thread-safe. */
final class WordCounts {

  private final int columns;
  private final int[] words;
  private final int[] rows;
  private int[] counts;
  private int size;

  /**
   * No counts.
   *
   * @param columns how many things are counted
   * @param tokens at most so many words come
   */
  WordCounts(int columns, int tokens) {
    this.columns = columns;
    int capacity = Integer.highestOneBit(Math.max(2, tokens)) * 4;
    words = new int[capacity];
    rows = new int[capacity];
    counts = new int[columns * 16];
  }

  /** Counts one more of a thing for a word. */
  void add(int word, int column) {
    int slot = slot(word);
    if (rows[slot] == 0) {
      words[slot] = word;
      rows[slot] = ++size;
      if (size * columns > counts.length) {
        counts = Arrays.copyOf(counts, 2 * counts.length);
      }
    }
    counts[(rows[slot] - 1) * columns + column]++;
  }

  /** How often a thing was counted for a word. */
  int get(int word, int column) {
    int row = rows[slot(word)];
    return row == 0 ? 0 : counts[(row - 1) * columns + column];
  }

  /** All counts of a word; empty if nothing was counted for it. */
  int[] of(int word) {
    int row = rows[slot(word)];
    return row == 0 ? new int[0] : Arrays.copyOfRange(counts, (row - 1) * columns, row * columns);
  }

  private int slot(int word) {
    int mask = words.length - 1;
    int slot = word & mask;
    while (rows[slot] != 0 && words[slot] != word) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
