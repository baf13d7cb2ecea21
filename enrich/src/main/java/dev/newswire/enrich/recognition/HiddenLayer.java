// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * What the model learns of how words go together: units that each weigh the vectors and forms of
 * the words at and around a token ({@link Surroundings}), count nothing where that is negative
 * (rectified linear units), and speak for and against each label. Unlike a feature, a unit says
 * something about words that were never seen in training, by what they are like.
 *
 * <p>Adding to its arrays from outside is the trainer's; otherwise immutable.
 */
public final class HiddenLayer {

  private final int units;
  private final float[] words;
  private final float[] marks;
  private final float[] labels;

  /**
   * A layer on these arrays, which are not copied.
   *
   * @param units how many
   * @param words weight for unit {@code u} of input {@code i} of the word in role {@code r}, at
   *     {@code (r × Word.INPUTS + i) × units + u}
   * @param marks weight for unit {@code u} of mark {@code m}, at {@code m × units + u}
   * @param labels score of unit {@code u} for label {@code y}, at {@code u × Labels.COUNT + y}
   */
  public HiddenLayer(int units, float[] words, float[] marks, float[] labels) {
    this.units = units;
    this.words = words;
    this.marks = marks;
    this.labels = labels;
  }

  /** How many weights of words, of marks, and of labels so many units have. */
  public static int[] sizes(int units) {
    return new int[] {
      Role.COUNT * Word.INPUTS * units, Surroundings.MARKS * units, units * Labels.COUNT
    };
  }

  /** Several layers side by side; the scores are the mean of theirs. */
  public static HiddenLayer mean(List<HiddenLayer> layers) {
    int all = layers.stream().mapToInt(layer -> layer.units).sum();
    int[] sizes = sizes(all);
    float[] words = new float[sizes[0]];
    float[] marks = new float[sizes[1]];
    float[] labels = new float[sizes[2]];
    int first = 0;
    for (HiddenLayer layer : layers) {
      put(layer.words, layer.units, words, all, first);
      put(layer.marks, layer.units, marks, all, first);
      for (int i = 0; i < layer.labels.length; i++) {
        labels[first * Labels.COUNT + i] = layer.labels[i] / layers.size();
      }
      first += layer.units;
    }
    return new HiddenLayer(all, words, marks, labels);
  }

  private static void put(float[] from, int units, float[] into, int all, int first) {
    for (int row = 0; row * units < from.length; row++) {
      System.arraycopy(from, row * units, into, row * all + first, units);
    }
  }

  /** How many units. */
  public int units() {
    return units;
  }

  /**
   * Adds what all of a token's surroundings mean to each unit.
   *
   * @param offset of the sum of the first unit
   */
  public void add(Surroundings surroundings, float[] sums, int offset) {
    for (Role role : Role.ALL) {
      add(surroundings.inputs(role), role, sums, offset);
    }
    for (int i = 0; i < surroundings.marks(); i++) {
      add(1, marks, surroundings.mark(i) * units, sums, offset);
    }
  }

  /** Adds what the inputs of a word in a role mean to each unit. */
  void add(float[] inputs, Role role, float[] sums, int offset) {
    for (int i = 0; i < inputs.length; i++) {
      float input = inputs[i];
      if (input != 0) {
        add(input, words, (role.number() * Word.INPUTS + i) * units, sums, offset);
      }
    }
  }

  private void add(float factor, float[] weights, int from, float[] sums, int offset) {
    for (int u = 0; u < units; u++) {
      sums[offset + u] += factor * weights[from + u];
    }
  }

  /**
   * What the units say to the labels of tokens.
   *
   * @param sums of what was added to unit {@code u} for token {@code t}, at {@code t × units + u}
   * @return score of label {@code y} for token {@code t}, at {@code y × tokens + t}
   */
  public float[] scores(float[] sums, int tokens) {
    float[] scores = new float[Labels.COUNT * tokens];
    float[] active = new float[tokens];
    for (int u = 0; u < units; u++) {
      for (int t = 0; t < tokens; t++) {
        active[t] = Math.max(0, sums[t * units + u]);
      }
      for (int y = 0; y < Labels.COUNT; y++) {
        float weight = labels[u * Labels.COUNT + y];
        int first = y * tokens;
        for (int t = 0; t < tokens; t++) {
          scores[first + t] += active[t] * weight;
        }
      }
    }
    return scores;
  }

  static HiddenLayer read(ModelInput in) throws IOException {
    int units = in.readInt();
    int[] sizes = sizes(units);
    return new HiddenLayer(
        units, in.readFloats(sizes[0]), in.readFloats(sizes[1]), in.readFloats(sizes[2]));
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(units);
    ModelOutput.writeFloats(out, words);
    ModelOutput.writeFloats(out, marks);
    ModelOutput.writeFloats(out, labels);
  }
}
