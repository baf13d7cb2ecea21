// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.enrich.recognition.HiddenLayer;
import dev.newswire.enrich.recognition.Labels;
import dev.newswire.enrich.recognition.Surroundings;
import java.util.Random;

/**
 * Trains the hidden layer of one run along with its features, by the same gradients (AdaGrad). Not
 * thread-safe.
 */
final class HiddenLayerTrainer {

  private static final int UNITS = 12;
  private static final float RATE = 0.01f;

  /** Weights begin at random, no larger than these: of words, of marks, and of labels. */
  private static final float[] FIRST = {0.08f, 0.1f, 0.2f};

  private final float[][] weights;
  private final float[][] squares;
  private final float[][] sums;
  private final float[] gradients = new float[UNITS];
  private final HiddenLayer layer;
  private int summed;

  HiddenLayerTrainer(Random random) {
    int[] sizes = HiddenLayer.sizes(UNITS);
    weights = new float[sizes.length][];
    squares = new float[sizes.length][];
    sums = new float[sizes.length][];
    for (int part = 0; part < sizes.length; part++) {
      weights[part] = new float[sizes[part]];
      squares[part] = new float[sizes[part]];
      sums[part] = new float[sizes[part]];
      for (int i = 0; i < sizes[part]; i++) {
        weights[part][i] = (2 * random.nextFloat() - 1) * FIRST[part];
      }
    }
    layer = new HiddenLayer(UNITS, weights[0], weights[1], weights[2]);
  }

  /** The layer as it is now; it goes on changing. */
  HiddenLayer layer() {
    return layer;
  }

  /** What the surroundings of tokens mean to each unit. */
  float[] sums(Surroundings[] tokens) {
    float[] unitSums = new float[tokens.length * UNITS];
    for (int t = 0; t < tokens.length; t++) {
      layer.add(tokens[t], unitSums, t * UNITS);
    }
    return unitSums;
  }

  /** What the units say to the labels of tokens; see {@link HiddenLayer#scores}. */
  float[] scores(float[] unitSums, int tokens) {
    return layer.scores(unitSums, tokens);
  }

  /** Takes the weights of now into the average. */
  void sum() {
    for (int part = 0; part < weights.length; part++) {
      for (int i = 0; i < weights[part].length; i++) {
        sums[part][i] += weights[part][i];
      }
    }
    summed++;
  }

  /** Puts the averages in place of the weights. */
  void average() {
    for (int part = 0; part < weights.length; part++) {
      for (int i = 0; i < weights[part].length; i++) {
        weights[part][i] = sums[part][i] / summed;
      }
    }
  }

  /**
   * Learns from one token.
   *
   * @param unitSums as {@link #sums} gave them
   * @param token whose surroundings these are, of those that the sums are of
   * @param errors by how much the score of each label should rise
   */
  void learn(Surroundings surroundings, float[] unitSums, int token, float[] errors) {
    for (int u = 0; u < UNITS; u++) {
      float gradient = 0;
      float active = unitSums[token * UNITS + u];
      if (active > 0) {
        int at = u * Labels.COUNT;
        for (int y = 0; y < Labels.COUNT; y++) {
          gradient += errors[y] * weights[2][at + y];
        }
        step(2, at, active, errors, Labels.COUNT);
      }
      gradients[u] = gradient;
    }
    surroundings.forEachInput((row, input) -> step(0, row * UNITS, input, gradients, UNITS));
    for (int i = 0; i < surroundings.marks(); i++) {
      step(1, surroundings.mark(i) * UNITS, 1, gradients, UNITS);
    }
  }

  private void step(int part, int first, float factor, float[] errors, int size) {
    float[] partWeights = weights[part];
    float[] partSquares = squares[part];
    for (int i = 0; i < size; i++) {
      float g = factor * errors[i];
      float square = partSquares[first + i] + g * g;
      partSquares[first + i] = square;
      partWeights[first + i] += RATE * g / (float) Math.sqrt(square + 1e-8f);
    }
  }
}
