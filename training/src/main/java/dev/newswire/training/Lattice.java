// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.enrich.recognition.Labels;

/** Probabilities of the labels of one sentence, by the forward-backward algorithm. Immutable. */
final class Lattice {

  private static final int COUNT = Labels.COUNT;
  private static final int ROW = 16;
  private static final int[][] SUCCESSORS = successors();

  private final int length;
  private final double[] potentials;
  private final double[] forward;
  private final double[] backward;
  private final double[] scales;
  private final double[] factors = new double[COUNT * COUNT];

  /**
   * Computes them.
   *
   * @param scores of label {@code y} for token {@code t}, at {@code 16 × t + y}
   * @param transitions score of label {@code b} after label {@code a}, at {@code a × COUNT + b}
   */
  Lattice(float[] scores, float[] transitions, int length) {
    this.length = length;
    potentials = new double[length * COUNT];
    forward = new double[length * COUNT];
    backward = new double[length * COUNT];
    scales = new double[length];
    for (int t = 0; t < length; t++) {
      float highest = Float.NEGATIVE_INFINITY;
      for (int y = 0; y < COUNT; y++) {
        highest = Math.max(highest, scores[t * ROW + y]);
      }
      for (int y = 0; y < COUNT; y++) {
        // The same on every machine, which Math.exp is not.
        potentials[t * COUNT + y] = StrictMath.exp(scores[t * ROW + y] - highest) + 1e-30;
      }
    }
    for (int a = 0; a < COUNT; a++) {
      for (int b : SUCCESSORS[a]) {
        factors[a * COUNT + b] = StrictMath.exp(transitions[a * COUNT + b]);
      }
    }
    goForward();
    goBackward();
  }

  /** Probability that a token has a label. */
  float probability(int token, int label) {
    int at = token * COUNT + label;
    return (float) (forward[at] * backward[at]);
  }

  /** How often label {@code b} is expected after label {@code a}, at {@code a × COUNT + b}. */
  float[] transitions() {
    float[] expected = new float[COUNT * COUNT];
    for (int t = 1; t < length; t++) {
      for (int a = 0; a < COUNT; a++) {
        double before = forward[(t - 1) * COUNT + a] / scales[t];
        if (before < 1e-9) {
          continue;
        }
        for (int b : SUCCESSORS[a]) {
          int at = t * COUNT + b;
          expected[a * COUNT + b] +=
              (float) (before * factors[a * COUNT + b] * potentials[at] * backward[at]);
        }
      }
    }
    return expected;
  }

  private void goForward() {
    for (int y = 0; y < COUNT; y++) {
      forward[y] = Labels.mayBegin(y) ? potentials[y] : 0;
    }
    scale(0);
    for (int t = 1; t < length; t++) {
      for (int a = 0; a < COUNT; a++) {
        double before = forward[(t - 1) * COUNT + a];
        if (before > 0) {
          for (int b : SUCCESSORS[a]) {
            forward[t * COUNT + b] += before * factors[a * COUNT + b];
          }
        }
      }
      for (int y = 0; y < COUNT; y++) {
        forward[t * COUNT + y] *= potentials[t * COUNT + y];
      }
      if (t + 1 == length) {
        close(t);
      }
      scale(t);
    }
    if (length == 1) {
      close(0);
      scale(0);
    }
  }

  private void close(int t) {
    for (int y = 0; y < COUNT; y++) {
      if (!Labels.mayEnd(y)) {
        forward[t * COUNT + y] = 0;
      }
    }
  }

  private void scale(int t) {
    double sum = 0;
    for (int y = 0; y < COUNT; y++) {
      sum += forward[t * COUNT + y];
    }
    scales[t] = sum;
    for (int y = 0; y < COUNT; y++) {
      forward[t * COUNT + y] /= sum;
    }
  }

  private void goBackward() {
    for (int y = 0; y < COUNT; y++) {
      backward[(length - 1) * COUNT + y] = Labels.mayEnd(y) ? 1 : 0;
    }
    for (int t = length - 2; t >= 0; t--) {
      for (int a = 0; a < COUNT; a++) {
        double sum = 0;
        for (int b : SUCCESSORS[a]) {
          int after = (t + 1) * COUNT + b;
          sum += factors[a * COUNT + b] * potentials[after] * backward[after];
        }
        backward[t * COUNT + a] = sum / scales[t + 1];
      }
    }
  }

  private static int[][] successors() {
    int[][] successors = new int[COUNT][];
    for (int before = 0; before < COUNT; before++) {
      int label = before;
      successors[before] =
          java.util.stream.IntStream.range(0, COUNT)
              .filter(after -> Labels.mayPrecede(label, after))
              .toArray();
    }
    return successors;
  }
}
