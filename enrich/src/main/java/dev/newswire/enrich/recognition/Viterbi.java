// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

/** Finds the best labels of a sentence. Immutable. */
public final class Viterbi {

  private static final int[][] PREDECESSORS = predecessors();

  private final float[] transitions;

  /**
   * Decodes with these transitions.
   *
   * @param transitions score of label {@code b} after label {@code a}, at {@code a × COUNT + b};
   *     those that the scheme forbids are not read
   */
  public Viterbi(float[] transitions) {
    this.transitions = transitions;
  }

  /**
   * The permitted row of labels of the highest score; of equals, one and always the same.
   *
   * @param scores of label {@code y} for token {@code t}, at {@code t × COUNT + y}
   * @param first token of the sentence
   * @param end after its last token
   */
  public int[] decode(float[] scores, int first, int end) {
    int length = end - first;
    byte[] from = new byte[length * Labels.COUNT];
    float[] best = new float[Labels.COUNT];
    float[] next = new float[Labels.COUNT];
    for (int y = 0; y < Labels.COUNT; y++) {
      best[y] = Labels.mayBegin(y) ? scores[first * Labels.COUNT + y] : Float.NEGATIVE_INFINITY;
    }
    for (int t = 1; t < length; t++) {
      for (int y = 0; y < Labels.COUNT; y++) {
        float highest = Float.NEGATIVE_INFINITY;
        int argument = PREDECESSORS[y][0];
        for (int before : PREDECESSORS[y]) {
          float score = best[before] + transitions[before * Labels.COUNT + y];
          if (score > highest) {
            highest = score;
            argument = before;
          }
        }
        next[y] = highest + scores[(first + t) * Labels.COUNT + y];
        from[t * Labels.COUNT + y] = (byte) argument;
      }
      float[] swap = best;
      best = next;
      next = swap;
    }
    int label = Labels.OUTSIDE;
    for (int y = 0; y < Labels.COUNT; y++) {
      if (Labels.mayEnd(y) && best[y] > best[label]) {
        label = y;
      }
    }
    int[] labels = new int[length];
    for (int t = length - 1; t >= 0; t--) {
      labels[t] = label;
      label = from[t * Labels.COUNT + label];
    }
    return labels;
  }

  private static int[][] predecessors() {
    int[][] predecessors = new int[Labels.COUNT][];
    for (int after = 0; after < Labels.COUNT; after++) {
      int label = after;
      predecessors[after] =
          java.util.stream.IntStream.range(0, Labels.COUNT)
              .filter(before -> Labels.mayPrecede(before, label))
              .toArray();
    }
    return predecessors;
  }
}
