// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A trained conditional random field with its lexica. A feature's weights are small whole numbers,
 * one for each label, to be multiplied by {@link #scale()}. Immutable.
 */
public final class Model {

  private static final int MAGIC = 0x4E57_4E53;
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final Lexica lexica;
  private final HiddenLayer hiddenLayer;
  private final float[] transitions;
  private final float scale;
  private final int mask;
  private final int[] keys;
  private final byte[] weights;
  private final int size;

  private Model(
      String name,
      Lexica lexica,
      HiddenLayer hiddenLayer,
      float[] transitions,
      float scale,
      int[] sorted,
      byte[] rows) {
    this.name = name;
    this.lexica = lexica;
    this.hiddenLayer = hiddenLayer;
    this.transitions = transitions;
    this.scale = scale;
    size = sorted.length;
    int capacity = Integer.highestOneBit(Math.max(2, size * 4 / 3)) * 2;
    mask = capacity - 1;
    keys = new int[capacity];
    weights = new byte[capacity * Labels.COUNT];
    for (int i = 0; i < size; i++) {
      int slot = sorted[i] & mask;
      while (keys[slot] != 0) {
        slot = slot + 1 & mask;
      }
      keys[slot] = sorted[i];
      System.arraycopy(rows, i * Labels.COUNT, weights, slot * Labels.COUNT, Labels.COUNT);
    }
  }

  /**
   * Packs what was trained.
   *
   * @param features hashes of the features, each once and none 0
   * @param weights of feature {@code i} for label {@code y}, at {@code i × COUNT + y}
   * @param transitions of label {@code b} after {@code a}, at {@code a × COUNT + b}
   * @param largest weights beyond it, on either side, are cut to it
   */
  public static Model of(
      String name,
      Lexica lexica,
      HiddenLayer hiddenLayer,
      int[] features,
      float[] weights,
      float[] transitions,
      float largest) {
    float scale = largest / Byte.MAX_VALUE;
    long[] order = new long[features.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (features[i] & 0xFFFFFFFFL) << 24 | i;
    }
    Arrays.sort(order);
    int[] keys = new int[order.length];
    byte[] rows = new byte[order.length * Labels.COUNT];
    int size = 0;
    for (long entry : order) {
      int feature = (int) (entry & 0xFFFFFF);
      boolean silent = true;
      for (int y = 0; y < Labels.COUNT; y++) {
        float weight = weights[feature * Labels.COUNT + y] / scale;
        byte packed =
            (byte) Math.round(Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, weight)));
        rows[size * Labels.COUNT + y] = packed;
        silent &= packed == 0;
      }
      if (!silent) {
        keys[size++] = (int) (entry >>> 24);
      }
    }
    return new Model(
        name,
        lexica,
        hiddenLayer,
        transitions.clone(),
        scale,
        Arrays.copyOf(keys, size),
        Arrays.copyOf(rows, size * Labels.COUNT));
  }

  /** Reads a model. */
  public static Model read(InputStream source) throws IOException {
    try (GZIPInputStream unzipped = new GZIPInputStream(source, BUFFER)) {
      return read(ByteBuffer.wrap(unzipped.readAllBytes()));
    } catch (BufferUnderflowException e) {
      throw new IOException("the model ends early", e);
    }
  }

  private static Model read(ByteBuffer in) throws IOException {
    if (in.getInt() != MAGIC) {
      throw new IOException("not a model of this release");
    }
    String name = ModelBytes.readText(in);
    Lexica lexica = Lexica.read(in);
    HiddenLayer hiddenLayer = HiddenLayer.read(in);
    float[] transitions = ModelBytes.readFloats(in, Labels.COUNT * Labels.COUNT);
    float scale = in.getFloat();
    int size = in.getInt();
    int[] keys = ModelBytes.readAscending(in, size);
    byte[] rows = new byte[size * Labels.COUNT];
    for (int y = 0; y < Labels.COUNT; y++) {
      for (int i = 0; i < size; i++) {
        rows[i * Labels.COUNT + y] = in.get();
      }
    }
    return new Model(name, lexica, hiddenLayer, transitions, scale, keys, rows);
  }

  /** Writes the model: the same bytes for the same model. */
  public void write(OutputStream target) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new GZIPOutputStream(target, BUFFER) {
              {
                def.setLevel(Deflater.BEST_COMPRESSION);
              }
            })) {
      out.writeInt(MAGIC);
      ModelBytes.writeText(out, name);
      lexica.write(out);
      hiddenLayer.write(out);
      ModelBytes.writeFloats(out, transitions);
      out.writeFloat(scale);
      out.writeInt(size);
      long[] order = new long[size];
      int entries = 0;
      for (int slot = 0; slot < keys.length; slot++) {
        if (keys[slot] != 0) {
          order[entries++] = (keys[slot] & 0xFFFFFFFFL) << 24 | slot;
        }
      }
      Arrays.sort(order);
      long before = 0;
      for (long entry : order) {
        ModelBytes.writeVariableLength(out, (entry >>> 24) - before);
        before = entry >>> 24;
      }
      for (int y = 0; y < Labels.COUNT; y++) {
        for (long entry : order) {
          out.writeByte(weights[(int) (entry & 0xFFFFFF) * Labels.COUNT + y]);
        }
      }
    }
  }

  /** Name and version. */
  public String name() {
    return name;
  }

  /** Number of features that have a weight. */
  public int size() {
    return size;
  }

  Lexica lexica() {
    return lexica;
  }

  HiddenLayer hiddenLayer() {
    return hiddenLayer;
  }

  float[] transitions() {
    return transitions.clone();
  }

  /** What weights are to be multiplied by. */
  float scale() {
    return scale;
  }

  /**
   * Adds the weights of features to scores.
   *
   * @param offset of the score of the first label
   */
  void addWeights(Features features, int[] scores, int offset) {
    // All keys first, then all weights: memory is slow, and reads that don't wait for each other
    // are served together.
    int[] rows = features.scratch();
    int size = features.size();
    for (int i = 0; i < size; i++) {
      rows[i] = keys[features.get(i) & mask];
    }
    int found = 0;
    for (int i = 0; i < size; i++) {
      int key = features.get(i);
      int slot = key & mask;
      int there = rows[i];
      while (there != 0 && there != key) {
        slot = slot + 1 & mask;
        there = keys[slot];
      }
      if (there != 0) {
        rows[found++] = slot * Labels.COUNT;
      }
    }
    for (int i = 0; i < found; i++) {
      int row = rows[i];
      for (int y = 0; y < Labels.COUNT; y++) {
        scores[offset + y] += weights[row + y];
      }
    }
  }
}
