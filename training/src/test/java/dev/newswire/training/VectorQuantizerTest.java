// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.enrich.recognition.WordVectors;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VectorQuantizerTest {

  private static final int VECTORS = 2_000;

  @Test
  void vectorsAreHeldNearly() {
    float[][] vectors = vectors();

    WordVectors held = VectorQuantizer.quantize(vectors);

    double error = 0;
    double size = 0;
    for (int v = 0; v < VECTORS; v++) {
      float[] copy = held.of(v);
      for (int i = 0; i < WordVectors.DIMENSIONS; i++) {
        // They are scaled to a deviation of 0.7.
        double difference = copy[i] - 0.7 * vectors[v][i];
        error += difference * difference;
        size += 0.49 * vectors[v][i] * vectors[v][i];
      }
    }
    assertThat(error / size).isLessThan(0.15);
  }

  @Test
  void theSameVectorsGiveTheSame() {
    WordVectors once = VectorQuantizer.quantize(vectors());
    WordVectors again = VectorQuantizer.quantize(vectors());

    for (int v = 0; v < VECTORS; v++) {
      assertThat(again.of(v)).containsExactly(once.of(v));
    }
  }

  private static float[][] vectors() {
    Random random = new Random(1);
    float[][] vectors = new float[VECTORS][WordVectors.DIMENSIONS];
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }
}
