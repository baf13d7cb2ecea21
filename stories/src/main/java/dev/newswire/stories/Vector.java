// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.util.Arrays;
import java.util.Map;

/**
 * A sparse vector of words with whole weights, scaled to a length of {@value #LENGTH}.
 *
 * @param keys hashes of words, ascending
 * @param weights of each, above 0
 */
record Vector(int[] keys, short[] weights) {

  /** Length of every vector that is not empty. */
  static final int LENGTH = 4096;

  /** The empty vector. */
  static final Vector NONE = new Vector(new int[0], new short[0]);

  /** The vector of these weights, which may have any scale. */
  static Vector of(Map<Integer, Double> weights) {
    int[] ordered = weights.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    double[] weightOf = new double[ordered.length];
    double squares = 0;
    for (int i = 0; i < ordered.length; i++) {
      weightOf[i] = weights.get(ordered[i]);
      squares += weightOf[i] * weightOf[i];
    }
    if (squares == 0) {
      return NONE;
    }
    double scale = LENGTH / Math.sqrt(squares);
    int[] keys = new int[ordered.length];
    short[] scaled = new short[ordered.length];
    int n = 0;
    for (int i = 0; i < ordered.length; i++) {
      long weight = Math.round(weightOf[i] * scale);
      if (weight > 0) {
        keys[n] = ordered[i];
        scaled[n++] = (short) weight;
      }
    }
    return new Vector(Arrays.copyOf(keys, n), Arrays.copyOf(scaled, n));
  }

  int size() {
    return keys.length;
  }

  boolean isEmpty() {
    return keys.length == 0;
  }

  /** The cosine of the angle between two vectors, from 0 to 1; 0 where one is empty. */
  double cosine(Vector other) {
    long product = 0;
    int i = 0;
    int j = 0;
    while (i < keys.length && j < other.keys.length) {
      if (keys[i] == other.keys[j]) {
        product += (long) weights[i++] * other.weights[j++];
      } else if (keys[i] < other.keys[j]) {
        i++;
      } else {
        j++;
      }
    }
    return (double) product / ((long) LENGTH * LENGTH);
  }

  /** The keys with the greatest weights, at most so many; of equal ones, the smaller key. */
  int[] strongest(int most) {
    if (keys.length <= most) {
      return keys;
    }
    long[] order = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      order[i] = ((long) (Short.MAX_VALUE - weights[i]) << 32) | i;
    }
    Arrays.sort(order);
    int[] strongest = new int[most];
    for (int i = 0; i < most; i++) {
      strongest[i] = keys[(int) order[i]];
    }
    return strongest;
  }
}
