// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import static dev.newswire.enrich.recognition.WordVectors.CENTROIDS;
import static dev.newswire.enrich.recognition.WordVectors.PARTS;
import static dev.newswire.enrich.recognition.WordVectors.WIDTH;

import dev.newswire.enrich.recognition.WordVectors;
import java.util.Random;
import java.util.stream.IntStream;

/** Finds, for each part of vectors, the centroids that they are held by: k-means on a sample. */
final class VectorQuantizer {

  private static final long SEED = 20_261_130;
  private static final int SAMPLE = 40_000;
  private static final int ROUNDS = 15;

  /** The standard deviation of the numbers afterwards: what the hidden layer learns well by. */
  private static final double DEVIATION = 0.7;

  private VectorQuantizer() {}

  static WordVectors quantize(float[][] vectors) {
    float scale = scale(vectors);
    float[] centroids = new float[PARTS * CENTROIDS * WIDTH];
    byte[] codes = new byte[PARTS * vectors.length];
    IntStream.range(0, PARTS)
        .parallel()
        .forEach(part -> quantize(vectors, part, scale, centroids, codes));
    return new WordVectors(centroids, codes);
  }

  private static float scale(float[][] vectors) {
    double squares = 0;
    for (float[] vector : vectors) {
      for (float number : vector) {
        squares += number * number;
      }
    }
    return (float) (DEVIATION / Math.sqrt(squares / vectors.length / vectors[0].length));
  }

  private static void quantize(
      float[][] vectors, int part, float scale, float[] centroids, byte[] codes) {
    float[] parts = new float[vectors.length * WIDTH];
    for (int v = 0; v < vectors.length; v++) {
      for (int i = 0; i < WIDTH; i++) {
        parts[v * WIDTH + i] = vectors[v][part * WIDTH + i] * scale;
      }
    }
    int[] sample = new Random(SEED + part).ints(SAMPLE, 0, vectors.length).toArray();
    float[] own = new float[CENTROIDS * WIDTH];
    for (int c = 0; c < CENTROIDS; c++) {
      System.arraycopy(parts, sample[c] * WIDTH, own, c * WIDTH, WIDTH);
    }
    for (int round = 0; round < ROUNDS; round++) {
      move(own, parts, sample);
    }
    System.arraycopy(own, 0, centroids, part * CENTROIDS * WIDTH, own.length);
    for (int v = 0; v < vectors.length; v++) {
      codes[v * PARTS + part] = (byte) nearest(own, parts, v * WIDTH);
    }
  }

  /** Moves each centroid to the middle of what is nearest to it. */
  private static void move(float[] centroids, float[] parts, int[] sample) {
    float[] sums = new float[centroids.length];
    int[] counts = new int[CENTROIDS];
    for (int v : sample) {
      int c = nearest(centroids, parts, v * WIDTH);
      counts[c]++;
      for (int i = 0; i < WIDTH; i++) {
        sums[c * WIDTH + i] += parts[v * WIDTH + i];
      }
    }
    for (int c = 0; c < CENTROIDS; c++) {
      for (int i = 0; counts[c] > 0 && i < WIDTH; i++) {
        centroids[c * WIDTH + i] = sums[c * WIDTH + i] / counts[c];
      }
    }
  }

  private static int nearest(float[] centroids, float[] parts, int at) {
    int nearest = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int c = 0; c < CENTROIDS; c++) {
      float distance = 0;
      for (int i = 0; i < WIDTH; i++) {
        float difference = parts[at + i] - centroids[c * WIDTH + i];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }
}
