// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.enrich.recognition.HiddenLayer;
import dev.newswire.enrich.recognition.Labels;
import dev.newswire.enrich.recognition.Surroundings;
import dev.newswire.enrich.recognition.Viterbi;
import dev.newswire.enrich.text.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Trains a linear-chain conditional random field: stochastic gradient ascent on the likelihood of
 * one sentence at a time, with a rate for each weight that falls as it is moved (AdaGrad). Identity
 * features of a token are hidden at random, so that the others learn to do without them; so are
 * decisions, so that the weights serve both passes, the corpus, which no reader tells, and what the
 * document is about, which tells the corpus. The weights are averaged over the last passes.
 *
 * <p>The same documents and seed give the same weights on every machine. Not thread-safe.
 */
final class CrfTrainer {

  private static final int COUNT = Labels.COUNT;

  /** Weights of a feature begin at multiples of it, for speed. */
  private static final int ROW = 16;

  /** Errors in probability below it move nothing. */
  private static final float NEGLIGIBLE = 0.002f;

  private static final float RATE = 0.01f;
  private static final float TRANSITION_RATE = 0.02f;
  private static final float HIDDEN_IDENTITY = 0.3f;
  private static final float HIDDEN_DECISIONS = 0.5f;
  private static final float HIDDEN_CORPUS = 0.5f;
  private static final float HIDDEN_DOCUMENT = 0.5f;

  private static final int AVERAGED = 3;

  /** By how much a name must be better than none: missed names are more than invented ones. */
  private static final float MARGIN = 0.4f;

  private final float[] weights;
  private final float[] squares;
  private final float[] transitions = new float[COUNT * COUNT];
  private final float[] transitionSquares = new float[COUNT * COUNT];
  private final Random random;
  private final HiddenLayerTrainer hiddenLayer;

  CrfTrainer(int features, long seed) {
    weights = new float[features * ROW];
    squares = new float[features * ROW];
    random = new Random(seed);
    hiddenLayer = new HiddenLayerTrainer(random);
  }

  /** Goes over documents so many times, in another order each time. */
  void train(List<TrainingDocument> documents, int passes) {
    List<TrainingDocument> order = new ArrayList<>(documents);
    int averaged = Math.min(AVERAGED, passes);
    float[] sum = new float[weights.length];
    float[] transitionSum = new float[transitions.length];
    for (int pass = 0; pass < passes; pass++) {
      Collections.shuffle(order, random);
      for (TrainingDocument document : order) {
        boolean decided = random.nextFloat() >= HIDDEN_DECISIONS;
        boolean ofDocument = random.nextFloat() >= HIDDEN_DOCUMENT;
        for (Sentence sentence : document.sentences) {
          learn(document, sentence, decided, ofDocument);
        }
      }
      if (pass >= passes - averaged) {
        add(weights, sum);
        add(transitions, transitionSum);
        hiddenLayer.sum();
      }
    }
    hiddenLayer.average();
    divide(sum, averaged);
    divide(transitionSum, averaged);
    System.arraycopy(sum, 0, weights, 0, sum.length);
    System.arraycopy(transitionSum, 0, transitions, 0, transitionSum.length);
  }

  /** What several of the same features learnt, averaged. */
  static CrfTrainer average(List<CrfTrainer> runs) {
    CrfTrainer average = new CrfTrainer(runs.get(0).weights.length / ROW, 0);
    for (CrfTrainer run : runs) {
      add(run.weights, average.weights);
      add(run.transitions, average.transitions);
    }
    divide(average.weights, runs.size());
    divide(average.transitions, runs.size());
    return average;
  }

  private static void divide(float[] values, int divisor) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= divisor;
    }
  }

  private static void add(float[] values, float[] sum) {
    for (int i = 0; i < values.length; i++) {
      sum[i] += values[i];
    }
  }

  /** The layer of what was learnt. */
  HiddenLayer hiddenLayer() {
    return hiddenLayer.layer();
  }

  /** Labels of a document's tokens, without regard to decisions. */
  int[] label(TrainingDocument document) {
    float[] scores = new float[document.labels.length * COUNT];
    float[] row = new float[ROW];
    Surroundings[] surroundings = document.surroundings(0, document.labels.length);
    float[] ofLayer = hiddenLayer.scores(hiddenLayer.sums(surroundings), surroundings.length);
    for (int t = 0; t < document.labels.length; t++) {
      fill(row, ofLayer, t);
      sum(document.identity[t], row);
      sum(document.context[t], row);
      System.arraycopy(row, 0, scores, t * COUNT, COUNT);
    }
    Viterbi viterbi = new Viterbi(transitions);
    int[] labels = new int[document.labels.length];
    for (Sentence sentence : document.sentences) {
      int[] best = viterbi.decode(scores, sentence.first(), sentence.end());
      System.arraycopy(best, 0, labels, sentence.first(), best.length);
    }
    return labels;
  }

  /** Weights of feature {@code i} for label {@code y}, at {@code i × COUNT + y}. */
  float[] weights() {
    int features = weights.length / ROW;
    float[] packed = new float[features * COUNT];
    for (int i = 0; i < features; i++) {
      System.arraycopy(weights, i * ROW, packed, i * COUNT, COUNT);
    }
    return packed;
  }

  float[] transitions() {
    return transitions.clone();
  }

  private void learn(
      TrainingDocument document, Sentence sentence, boolean decided, boolean ofDocument) {
    int length = sentence.end() - sentence.first();
    int[][] identity = new int[length][];
    Surroundings[] surroundings = document.surroundings(sentence.first(), sentence.end());
    if (!ofDocument) {
      List.of(surroundings).forEach(Surroundings::hideDocument);
    }
    float[] sums = hiddenLayer.sums(surroundings);
    float[] ofLayer = hiddenLayer.scores(sums, length);
    float[] scores = new float[length * ROW];
    float[] row = new float[ROW];
    boolean ofCorpus = random.nextFloat() >= HIDDEN_CORPUS;
    for (int i = 0; i < length; i++) {
      int t = sentence.first() + i;
      identity[i] = random.nextFloat() < HIDDEN_IDENTITY ? new int[0] : document.identity[t];
      fill(row, ofLayer, i);
      sum(identity[i], row);
      sum(document.context[t], row);
      if (ofCorpus) {
        sum(document.corpus[t], row);
      }
      if (decided) {
        sum(document.decided[t], row);
      }
      if (document.labels[t] != Labels.OUTSIDE) {
        row[Labels.OUTSIDE] += MARGIN;
      }
      System.arraycopy(row, 0, scores, i * ROW, COUNT);
    }
    Lattice lattice = new Lattice(scores, transitions, length);
    float[] gradient = new float[ROW];
    for (int i = 0; i < length; i++) {
      int t = sentence.first() + i;
      int gold = document.labels[t];
      if (1 - lattice.probability(i, gold) < NEGLIGIBLE) {
        continue;
      }
      float weight = document.weight(t);
      for (int y = 0; y < COUNT; y++) {
        gradient[y] = weight * ((y == gold ? 1 : 0) - lattice.probability(i, y));
      }
      hiddenLayer.learn(surroundings[i], sums, i, gradient);
      update(identity[i], gradient);
      update(document.context[t], gradient);
      if (ofCorpus) {
        update(document.corpus[t], gradient);
      }
      if (decided) {
        update(document.decided[t], gradient);
      }
    }
    float[] expected = lattice.transitions();
    for (int i = 1; i < length; i++) {
      int t = sentence.first() + i;
      expected[document.labels[t - 1] * COUNT + document.labels[t]] -= 1;
    }
    for (int i = 0; i < expected.length; i++) {
      float g = -expected[i];
      if (Math.abs(g) > NEGLIGIBLE) {
        transitionSquares[i] += g * g;
        transitions[i] += TRANSITION_RATE * g / (float) Math.sqrt(transitionSquares[i]);
      }
    }
  }

  /** Puts what the hidden layer says of a token in a row. */
  private static void fill(float[] row, float[] ofLayer, int token) {
    int tokens = ofLayer.length / COUNT;
    for (int y = 0; y < COUNT; y++) {
      row[y] = ofLayer[y * tokens + token];
    }
  }

  private void sum(int[] active, float[] row) {
    for (int feature : active) {
      int at = feature * ROW;
      for (int y = 0; y < ROW; y++) {
        row[y] += weights[at + y];
      }
    }
  }

  private void update(int[] active, float[] gradient) {
    for (int feature : active) {
      int at = feature * ROW;
      for (int y = 0; y < ROW; y++) {
        float g = gradient[y];
        float square = squares[at + y] + g * g;
        squares[at + y] = square;
        weights[at + y] += RATE * g / (float) Math.sqrt(square + 1e-8f);
      }
    }
  }
}
