// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

/** In how many articles a word is. Not thread-safe. */
final class Counts {

  private int[] keys = new int[1 << 12];
  private int[] counts = new int[1 << 12];
  private int used;

  int of(int key) {
    return counts[place(key)];
  }

  void add(int key, int change) {
    int at = place(key);
    if (counts[at] == 0 && keys[at] != key) {
      if (used + 1 > keys.length * 2L / 3) {
        rehash();
        at = place(key);
      }
      used += keys[at] == 0 ? 1 : 0;
      keys[at] = key;
    }
    counts[at] += change;
  }

  /** Where the key is, or could be put. The key 0 marks places that were never taken. */
  private int place(int key) {
    int mask = keys.length - 1;
    int at = Hashing.mixed(key) & mask;
    while (keys[at] != key && keys[at] != 0) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void rehash() {
    int[] oldKeys = keys;
    int[] oldCounts = counts;
    int live = 0;
    for (int count : oldCounts) {
      live += count == 0 ? 0 : 1;
    }
    int size = Integer.highestOneBit(Math.max(live, 1024)) * 4;
    keys = new int[size];
    counts = new int[size];
    used = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int at = place(oldKeys[i]);
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
        used++;
      }
    }
  }
}
