// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

/** Hashes of words, the same in every process and in every release. */
final class Hashing {

  private Hashing() {}

  /** Hash of a text. */
  static int of(String text) {
    return mixed(text.hashCode());
  }

  /** Hash of a sequence, continued by one more hash. */
  static int join(int sequence, int next) {
    return mixed(31 * sequence + next);
  }

  /** Spreads a hash over all bits: the last step of MurmurHash3, which is in the public domain. */
  static int mixed(int hash) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    h ^= h >>> 16;
    return h;
  }
}
