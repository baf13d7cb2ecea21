// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.util.Arrays;
import java.util.List;

/**
 * What the {@link HiddenLayer} sees of a token: words at and around it by their {@link Role}, and
 * marks of what holds for its place. {@link DocumentFeatures#surroundings} fills it, again and
 * again. Not thread-safe.
 */
public final class Surroundings {

  /** Numbers of marks end before it. */
  static final int MARKS = 128;

  private static final float[] NOTHING = {};
  private static final int MOST = 8;

  private final float[][] inputs = new float[Role.COUNT][];
  private final int[] marks = new int[MOST];
  private int size;

  /** Empty surroundings. */
  public Surroundings() {
    clear();
  }

  void clear() {
    Arrays.fill(inputs, NOTHING);
    size = 0;
  }

  /** Hides what the whole document is about. */
  public void hideDocument() {
    put(Role.DOCUMENT, NOTHING);
  }

  void put(Role role, float[] ofRole) {
    inputs[role.number()] = ofRole;
  }

  void word(Role role, Word word) {
    put(role, word.inputs);
  }

  void mean(Role role, List<Word> words) {
    put(role, meanOf(words));
  }

  /** The mean of the vectors of words; zero for none. */
  static float[] meanOf(List<Word> words) {
    float[] mean = new float[WordVectors.DIMENSIONS];
    for (Word word : words) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += word.inputs[i] / words.size();
      }
    }
    return mean;
  }

  void add(int mark) {
    marks[size++] = mark;
  }

  /** Inputs of the word in a role; none where there is no such word. */
  float[] inputs(Role role) {
    return inputs[role.number()];
  }

  /** One number of a word in a role. */
  public interface Input {

    /**
     * Takes it.
     *
     * @param row number of the role and of the input in it: {@code role × Word.INPUTS + input}
     * @param number other than 0
     */
    void take(int row, float number);
  }

  /** Gives out all numbers of all words but those that are 0. */
  public void forEachInput(Input taker) {
    for (int role = 0; role < inputs.length; role++) {
      float[] ofRole = inputs[role];
      for (int i = 0; i < ofRole.length; i++) {
        if (ofRole[i] != 0) {
          taker.take(role * Word.INPUTS + i, ofRole[i]);
        }
      }
    }
  }

  /** How many marks there are. */
  public int marks() {
    return size;
  }

  /** A mark, from 0 to 127. */
  public int mark(int index) {
    return marks[index];
  }
}
