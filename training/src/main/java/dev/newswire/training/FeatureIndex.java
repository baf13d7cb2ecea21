// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

/** Gives features that were seen often enough numbers from 0. */
final class FeatureIndex {

  /** Number of a feature that has none. */
  static final int RARE = -1;

  private int[] keys = new int[1 << 16];
  private int[] numbers = new int[1 << 16];
  private int used;
  private int size;
  private final int leastCount;

  /**
   * An empty index.
   *
   * @param leastCount how often a feature must be seen
   */
  FeatureIndex(int leastCount) {
    this.leastCount = leastCount;
  }

  /** Notes that a feature was seen; 0 is none. */
  void see(int feature) {
    if (feature == 0) {
      return;
    }
    if (used * 2 > keys.length) {
      grow();
    }
    int slot = slot(feature);
    if (keys[slot] == 0) {
      keys[slot] = feature;
      numbers[slot] = -1;
      used++;
    }
    if (numbers[slot] < 0 && --numbers[slot] < -leastCount) {
      numbers[slot] = size++;
    }
  }

  /** The number of a feature, or {@link #RARE}. */
  int number(int feature) {
    int slot = slot(feature);
    return keys[slot] == 0 || feature == 0 ? RARE : Math.max(RARE, numbers[slot]);
  }

  /** How many features have a number. */
  int size() {
    return size;
  }

  /** The features by their numbers. */
  int[] features() {
    int[] features = new int[size];
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0 && numbers[slot] >= 0) {
        features[numbers[slot]] = keys[slot];
      }
    }
    return features;
  }

  private int slot(int feature) {
    int slot = feature & keys.length - 1;
    while (keys[slot] != 0 && keys[slot] != feature) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new int[oldKeys.length * 2];
    numbers = new int[oldKeys.length * 2];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldKeys[old] != 0) {
        int slot = slot(oldKeys[old]);
        keys[slot] = oldKeys[old];
        numbers[slot] = oldNumbers[old];
      }
    }
  }
}
