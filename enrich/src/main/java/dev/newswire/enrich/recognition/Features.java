// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.util.Arrays;

/** A growing list of hashed features. */
public final class Features {

  private int[] hashes = new int[128];
  private int[] scratch = new int[128];
  private int size;

  /** Adds one. */
  void add(int hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      scratch = new int[hashes.length];
    }
    hashes[size++] = hash;
  }

  /** Empties the list. */
  public void clear() {
    size = 0;
  }

  /** Number of features. */
  public int size() {
    return size;
  }

  /** One feature. */
  public int get(int index) {
    return hashes[index];
  }

  /** Room for as many numbers as there are features, for whoever reads them. */
  int[] scratch() {
    return scratch;
  }

  /** The features as they are now. */
  public int[] toArray() {
    return Arrays.copyOf(hashes, size);
  }
}
