// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ViterbiTest {

  private static final int COUNT = Labels.COUNT;

  @Test
  void theBestRowOfLabelsIsThatOfTryingAll() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int length = 1 + seed % 4;
      float[] scores = random(random, length * COUNT);
      float[] transitions = random(random, COUNT * COUNT);

      int[] labels = new Viterbi(transitions).decode(scores, 0, length);

      float best = bestOfAll(scores, transitions, new int[length], 0);
      assertThat(score(scores, transitions, labels)).isCloseTo(best, within(1e-4f));
    }
  }

  private static float bestOfAll(float[] scores, float[] transitions, int[] labels, int token) {
    if (token == labels.length) {
      return score(scores, transitions, labels);
    }
    float best = Float.NEGATIVE_INFINITY;
    for (int label = 0; label < COUNT; label++) {
      labels[token] = label;
      best = Math.max(best, bestOfAll(scores, transitions, labels, token + 1));
    }
    return best;
  }

  /** Score of a row of labels; below all others where the scheme forbids it. */
  private static float score(float[] scores, float[] transitions, int[] labels) {
    boolean permitted = Labels.mayBegin(labels[0]) && Labels.mayEnd(labels[labels.length - 1]);
    float score = scores[labels[0]];
    for (int t = 1; t < labels.length; t++) {
      permitted &= Labels.mayPrecede(labels[t - 1], labels[t]);
      score += transitions[labels[t - 1] * COUNT + labels[t]] + scores[t * COUNT + labels[t]];
    }
    return permitted ? score : Float.NEGATIVE_INFINITY;
  }

  private static float[] random(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
