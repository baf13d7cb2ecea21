// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Small numbers by 32-bit hash, without the names: words that aren't in it are taken for one that
 * is once in some thousands. Immutable after it is filled.
 */
final class HashedTable {

  /** What {@link #get} gives for what isn't there. */
  static final int ABSENT = -1;

  private final int[] keys;
  private final short[] values;
  private final int mask;
  private final int size;

  private HashedTable(int[] sortedKeys, short[] sortedValues) {
    size = sortedKeys.length;
    int capacity = Integer.highestOneBit(Math.max(2, size * 3 / 2)) * 2;
    mask = capacity - 1;
    keys = new int[capacity];
    values = new short[capacity];
    Arrays.fill(values, (short) ABSENT);
    for (int i = 0; i < size; i++) {
      int slot = sortedKeys[i] & mask;
      while (values[slot] != ABSENT) {
        slot = slot + 1 & mask;
      }
      keys[slot] = sortedKeys[i];
      values[slot] = sortedValues[i];
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

  /** The number of a hash, at least 0, or {@link #ABSENT}. */
  int get(int hash) {
    int slot = hash & mask;
    while (values[slot] != ABSENT) {
      if (keys[slot] == hash) {
        return values[slot];
      }
      slot = slot + 1 & mask;
    }
    return ABSENT;
  }

  static HashedTable read(DataInputStream in) throws IOException {
    int size = in.readInt();
    int[] keys = new int[size];
    int key = 0;
    for (int i = 0; i < size; i++) {
      key += VariableLength.read(in);
      keys[i] = key;
    }
    byte[] low = in.readNBytes(size);
    byte[] high = in.readNBytes(size);
    short[] values = new short[size];
    for (int i = 0; i < size; i++) {
      values[i] = (short) (high[i] << 8 | (low[i] & 0xFF));
    }
    return new HashedTable(keys, values);
  }

  void write(DataOutputStream out) throws IOException {
    long[] pairs = new long[size];
    int pair = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      if (values[slot] != ABSENT) {
        pairs[pair++] = (keys[slot] & 0xFFFFFFFFL) << 16 | (values[slot] & 0xFFFF);
      }
    }
    Arrays.sort(pairs);
    out.writeInt(size);
    long before = 0;
    for (long entry : pairs) {
      VariableLength.write(out, (entry >>> 16) - before);
      before = entry >>> 16;
    }
    for (long entry : pairs) {
      out.writeByte((int) entry);
    }
    for (long entry : pairs) {
      out.writeByte((int) entry >> 8);
    }
  }
}
