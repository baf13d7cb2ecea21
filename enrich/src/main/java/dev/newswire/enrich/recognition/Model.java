// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  /** Slot by place in the order of features. */
  private final int[] slots;

  /** Feature by slot, 0 for none. Slots follow the order of features, nearly. */
  private final int[] keys;

  private final int shift;
  private final byte[] weights;

  /** A model of these features, in their order; their weights are to be put to their slots. */
  private Model(
      String name,
      Lexica lexica,
      HiddenLayer hiddenLayer,
      float[] transitions,
      float scale,
      int[] features) {
    this.name = name;
    this.lexica = lexica;
    this.hiddenLayer = hiddenLayer;
    this.transitions = transitions;
    this.scale = scale;
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(2, features.length * 4 / 3));
    shift = Integer.SIZE - bits;
    keys = new int[1 << bits];
    weights = new byte[keys.length * Labels.COUNT];
    slots = new int[features.length];
    for (int i = 0; i < features.length; i++) {
      slots[i] = slotOf(features[i]);
      keys[slots[i]] = features[i];
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
    int[] loud = new int[order.length];
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
        loud[size++] = (int) (entry >>> 24);
      }
    }
    Model model =
        new Model(name, lexica, hiddenLayer, transitions.clone(), scale, Arrays.copyOf(loud, size));
    for (int i = 0; i < size; i++) {
      System.arraycopy(
          rows, i * Labels.COUNT, model.weights, model.slots[i] * Labels.COUNT, Labels.COUNT);
    }
    return model;
  }

  /** Reads a model. */
  public static Model read(InputStream source) throws IOException {
    try (GZIPInputStream unzipped = new GZIPInputStream(source, BUFFER)) {
      return read(new ModelInput(unzipped));
    }
  }

  private static Model read(ModelInput in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("not a model of this release");
    }
    String name = in.readText();
    Lexica lexica = Lexica.read(in);
    HiddenLayer hiddenLayer = HiddenLayer.read(in);
    float[] transitions = in.readFloats(Labels.COUNT * Labels.COUNT);
    float scale = in.readFloats(1)[0];
    int[] features = in.readAscending(in.readInt());
    Model model = new Model(name, lexica, hiddenLayer, transitions, scale, features);
    for (int y = 0; y < Labels.COUNT; y++) {
      for (int slot : model.slots) {
        model.weights[slot * Labels.COUNT + y] = in.read();
      }
    }
    return model;
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
      ModelOutput.writeText(out, name);
      lexica.write(out);
      hiddenLayer.write(out);
      ModelOutput.writeFloats(out, transitions);
      out.writeFloat(scale);
      out.writeInt(slots.length);
      long before = 0;
      for (int slot : slots) {
        long feature = keys[slot] & 0xFFFFFFFFL;
        ModelOutput.writeVariableLength(out, feature - before);
        before = feature;
      }
      for (int y = 0; y < Labels.COUNT; y++) {
        for (int slot : slots) {
          out.writeByte(weights[slot * Labels.COUNT + y]);
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
    return slots.length;
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
      rows[i] = keys[features.get(i) >>> shift];
    }
    int found = 0;
    for (int i = 0; i < size; i++) {
      int feature = features.get(i);
      if (rows[i] != 0) {
        int slot = rows[i] == feature ? feature >>> shift : slotOf(feature);
        if (keys[slot] == feature) {
          rows[found++] = slot * Labels.COUNT;
        }
      }
    }
    for (int i = 0; i < found; i++) {
      int row = rows[i];
      for (int y = 0; y < Labels.COUNT; y++) {
        scores[offset + y] += weights[row + y];
      }
    }
  }

  /** Where a feature is, or would be put. */
  private int slotOf(int feature) {
    int slot = feature >>> shift;
    while (keys[slot] != 0 && keys[slot] != feature) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }
}
