// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Small numbers by 32-bit hash, without the names: words that aren't in it are taken for one that
 * is once in some thousands. Immutable.
 */
final class HashedTable {

  /** What {@link #get} and {@link #rank} give for what isn't there. */
  static final int ABSENT = -1;

  /** In the order of unsigned numbers. */
  private final int[] keys;

  private final short[] values;

  /** Where the keys of each beginning start in {@code keys}. */
  private final int[] starts;

  private final int shift;

  private HashedTable(int[] keys, short[] values) {
    this.keys = keys;
    this.values = values;
    int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(keys.length));
    shift = Integer.SIZE - bits;
    starts = new int[(1 << bits) + 1];
    for (int key : keys) {
      starts[(key >>> shift) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
  }

  /** A table of these; of two with the same hash, the first stays. */
  static HashedTable of(int[] hashes, short[] numbers) {
    long[] pairs = new long[hashes.length];
    for (int i = 0; i < hashes.length; i++) {
      pairs[i] = (hashes[i] & 0xFFFFFFFFL) << 24 | i;
    }
    Arrays.sort(pairs);
    int[] keys = new int[pairs.length];
    short[] values = new short[pairs.length];
    int size = 0;
    for (long pair : pairs) {
      int key = (int) (pair >>> 24);
      if (size == 0 || keys[size - 1] != key) {
        keys[size] = key;
        values[size++] = numbers[(int) (pair & 0xFFFFFF)];
      }
    }
    return new HashedTable(Arrays.copyOf(keys, size), Arrays.copyOf(values, size));
  }

  /** How many hashes there are. */
  int size() {
    return keys.length;
  }

  /** The place of a hash among all in the order of unsigned numbers, or {@link #ABSENT}. */
  int rank(int hash) {
    int beginning = hash >>> shift;
    for (int rank = starts[beginning]; rank < starts[beginning + 1]; rank++) {
      if (keys[rank] == hash) {
        return rank;
      }
    }
    return ABSENT;
  }

  /** The number of a hash, at least 0, or {@link #ABSENT}. */
  int get(int hash) {
    int rank = rank(hash);
    return rank == ABSENT ? ABSENT : values[rank];
  }

  static HashedTable read(ModelInput in) throws IOException {
    int size = in.readInt();
    int[] keys = in.readAscending(size);
    byte[] low = in.read(size);
    byte[] high = in.read(size);
    short[] values = new short[size];
    for (int i = 0; i < size; i++) {
      values[i] = (short) (high[i] << 8 | (low[i] & 0xFF));
    }
    return new HashedTable(keys, values);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(keys.length);
    long before = 0;
    for (int key : keys) {
      ModelOutput.writeVariableLength(out, (key & 0xFFFFFFFFL) - before);
      before = key & 0xFFFFFFFFL;
    }
    for (short value : values) {
      out.writeByte(value);
    }
    for (short value : values) {
      out.writeByte(value >> 8);
    }
  }
}
