// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.util.Arrays;

/**
 * The sum of vectors. It is exact, so that it does not matter in which order they came, nor whether
 * some were taken out in between. Not thread-safe.
 */
final class Centroid {

  private static final int[] NONE = {};

  /** The sum itself while it is that of one vector, as most are; else the empty vector. */
  private Vector only = Vector.NONE;

  private int[] keys = NONE;
  private int[] sums = NONE;
  private int size;
  private long squares;

  /** Adds a vector, or takes it out again. */
  void add(Vector vector, int sign) {
    if (squares == 0 && sign > 0) {
      only = vector;
      squares = squares(vector);
    } else {
      Vector first = only;
      if (!first.isEmpty()) {
        only = Vector.NONE;
        squares = 0;
        sum(first, 1);
      }
      sum(vector, sign);
    }
  }

  private static long squares(Vector vector) {
    long squares = 0;
    for (short weight : vector.weights()) {
      squares += (long) weight * weight;
    }
    return squares;
  }

  private void sum(Vector vector, int sign) {
    int added = 0;
    for (int key : vector.keys()) {
      added += Arrays.binarySearch(keys, 0, size, key) < 0 ? 1 : 0;
    }
    grow(added);
    int from = size - 1;
    int to = size + added - 1;
    size += added;
    for (int i = vector.size() - 1; i >= 0; i--) {
      while (from >= 0 && keys[from] > vector.keys()[i]) {
        keys[to] = keys[from];
        sums[to--] = sums[from--];
      }
      long before = from >= 0 && keys[from] == vector.keys()[i] ? sums[from--] : 0;
      long after = before + sign * (long) vector.weights()[i];
      squares += after * after - before * before;
      keys[to] = vector.keys()[i];
      sums[to--] = (int) after;
    }
    if (sign < 0) {
      dropZeros();
    }
  }

  private void grow(int added) {
    if (size + added > keys.length) {
      int room = size == 0 ? added : (size + added) * 5 / 4 + 4;
      keys = Arrays.copyOf(keys, room);
      sums = Arrays.copyOf(sums, room);
    }
  }

  private void dropZeros() {
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (sums[i] != 0) {
        keys[n] = keys[i];
        sums[n++] = sums[i];
      }
    }
    size = n;
    if (n == 0) {
      keys = NONE;
      sums = NONE;
    }
  }

  /** The cosine of the angle to a vector, from 0 to 1; 0 where one of them is empty. */
  double cosine(Vector vector) {
    if (squares == 0) {
      return 0;
    }
    long product = 0;
    for (int i = 0; i < vector.size(); i++) {
      product += (long) vector.weights()[i] * sum(vector.keys()[i]);
    }
    return product / (Vector.LENGTH * Math.sqrt((double) squares));
  }

  /** The cosine of the angle to another sum, from 0 to 1; 0 where one of them is empty. */
  double cosine(Centroid other) {
    if (squares == 0 || other.squares == 0) {
      return 0;
    }
    double product = 0;
    for (int i = 0; i < only.size(); i++) {
      product += (double) only.weights()[i] * other.sum(only.keys()[i]);
    }
    for (int i = 0; i < size; i++) {
      product += (double) sums[i] * other.sum(keys[i]);
    }
    return product / (Math.sqrt((double) squares) * Math.sqrt((double) other.squares));
  }

  /** How much of a vector's weight is on words that the sum has, from 0 to 1. */
  double coverage(Vector vector) {
    long covered = 0;
    long all = 0;
    for (int i = 0; i < vector.size(); i++) {
      all += vector.weights()[i];
      covered += sum(vector.keys()[i]) == 0 ? 0 : vector.weights()[i];
    }
    return all == 0 ? 0 : (double) covered / all;
  }

  /** Share of words that the sum has, from 0 to 1; 0 of none. */
  double share(int[] words) {
    int found = 0;
    for (int word : words) {
      found += sum(word) == 0 ? 0 : 1;
    }
    return words.length == 0 ? 0 : (double) found / words.length;
  }

  boolean isEmpty() {
    return squares == 0;
  }

  private int sum(int key) {
    if (!only.isEmpty()) {
      int place = Arrays.binarySearch(only.keys(), key);
      return place < 0 ? 0 : only.weights()[place];
    }
    int at = Arrays.binarySearch(keys, 0, size, key);
    return at < 0 ? 0 : sums[at];
  }
}
