// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

/** The hash functions of features and names. A change of any of them needs a new model. */
final class Hashes {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Hashes() {}

  /** Hash of a text; the same on every machine. */
  static int of(CharSequence text) {
    return of(text, 0, text.length());
  }

  /** Hash of a part of a text: the same as that of the part by itself. */
  static int of(CharSequence text, int start, int end) {
    long hash = 0x6A09E667F3BCC909L;
    for (int i = start; i < end; i++) {
      hash = (hash ^ text.charAt(i)) * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    return finish(hash);
  }

  /** Hash of two hashes or numbers, in their order. */
  static int of(int a, int b) {
    return finish(((long) a << 32 | (b & 0xFFFFFFFFL)) * MULTIPLIER);
  }

  /** Hash of three hashes or numbers, in their order. */
  static int of(int a, int b, int c) {
    return of(of(a, b), c);
  }

  private static int finish(long hash) {
    long mixed = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
    return (int) (mixed >>> 32);
  }
}
