// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Where words stand in the space of a word embedding: words that are used alike stand close. A
 * vector is held as ten bytes, each the number of what comes nearest to five of its numbers:
 * product quantisation (Jégou, Douze and Schmid, 2011). Immutable.
 */
public final class WordVectors {

  /** Numbers in a vector. */
  public static final int DIMENSIONS = 50;

  /** Parts that a vector is held in. */
  public static final int PARTS = 10;

  /** Numbers in a part. */
  public static final int WIDTH = DIMENSIONS / PARTS;

  /** What a part can be. */
  public static final int CENTROIDS = 256;

  private final float[] centroids;
  private final byte[] codes;

  /**
   * Vectors of words that have a number from 0. The arrays are not copied.
   *
   * @param centroids number {@code i} of centroid {@code c} of part {@code p}, at {@code (p × 256 +
   *     c) × 5 + i}
   * @param codes centroid of part {@code p} of word {@code w}, at {@code w × 10 + p}
   */
  public WordVectors(float[] centroids, byte[] codes) {
    this.centroids = centroids;
    this.codes = codes;
  }

  /** The vector of a word, as near as it is held. */
  public float[] of(int word) {
    float[] vector = new float[DIMENSIONS];
    for (int part = 0; part < PARTS; part++) {
      int centroid = part * CENTROIDS + (codes[word * PARTS + part] & 0xFF);
      System.arraycopy(centroids, centroid * WIDTH, vector, part * WIDTH, WIDTH);
    }
    return vector;
  }

  static WordVectors read(ModelInput in, int words) throws IOException {
    float[] centroids = in.readFloats(PARTS * CENTROIDS * WIDTH);
    return new WordVectors(centroids, in.read(words * PARTS));
  }

  void write(DataOutputStream out) throws IOException {
    ModelOutput.writeFloats(out, centroids);
    out.write(codes);
  }
}
