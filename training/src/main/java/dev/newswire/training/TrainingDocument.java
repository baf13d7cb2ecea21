// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.enrich.recognition.Decisions;
import dev.newswire.enrich.recognition.Document;
import dev.newswire.enrich.recognition.DocumentFeatures;
import dev.newswire.enrich.recognition.Features;
import dev.newswire.enrich.recognition.Labels;
import dev.newswire.enrich.recognition.Lexica;
import dev.newswire.enrich.recognition.Surroundings;
import dev.newswire.enrich.recognition.Word;
import dev.newswire.enrich.text.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A document as the trainer reads it: the labels of its tokens, and their features by group. */
final class TrainingDocument {

  final List<Sentence> sentences;
  final int[] labels;

  /** Features of each token that tell the very word: hashes at first, then numbers. */
  final int[][] identity;

  /** The other features of each token, without those of decisions. */
  final int[][] context;

  /** Features of each token's corpus. */
  final int[][] corpus;

  /** Features of each token from first decisions; empty until there are any. */
  int[][] decided;

  private final Trust trust;
  private final float[] weights;
  private final DocumentFeatures features;
  private final float[] mean;
  private final Word[] words;

  /**
   * Reads a document.
   *
   * @param corpusNumber of the corpus that it is from
   * @param trust what its labels are worth
   */
  TrainingDocument(LabelledDocument labelled, int corpusNumber, Trust trust, Lexica lexica) {
    Document document = labelled.document();
    sentences = document.sentences();
    labels = labelled.labels();
    words = new Word[labels.length];
    this.trust = trust;
    weights = new float[labels.length];
    Arrays.fill(weights, 1);
    for (Sentence sentence : sentences) {
      for (int t = sentence.first(); t < sentence.end(); t++) {
        words[t] = Word.of(document.tokens().get(t).form(), sentence.casing(), lexica);
      }
    }
    features = new DocumentFeatures(document, words, lexica);
    mean = features.mean();
    identity = new int[words.length][];
    context = new int[words.length][];
    corpus = new int[words.length][];
    decided = new int[words.length][0];
    Features list = new Features();
    for (int t = 0; t < words.length; t++) {
      list.clear();
      DocumentFeatures.ofIdentity(words[t], list);
      identity[t] = list.toArray();
      list.clear();
      DocumentFeatures.ofKind(words[t], list);
      for (int offset = -DocumentFeatures.REACH; offset <= DocumentFeatures.REACH; offset++) {
        if (offset != 0) {
          DocumentFeatures.ofWord(features.wordAt(t, offset), offset, list);
        }
      }
      features.inPlace(t, list);
      context[t] = list.toArray();
      list.clear();
      features.ofCorpus(t, corpusNumber, list);
      corpus[t] = list.toArray();
    }
  }

  /** What the hidden layer sees of some tokens. */
  Surroundings[] surroundings(int first, int end) {
    return IntStream.range(first, end)
        .mapToObj(
            token -> {
              Surroundings surroundings = new Surroundings();
              features.surroundings(token, mean, surroundings);
              return surroundings;
            })
        .toArray(Surroundings[]::new);
  }

  /** What an error at a token counts, 0 to 1. */
  float weight(int token) {
    return weights[token];
  }

  /** Notes what was first decided. */
  void decide(int[] decisions) {
    for (int t = 0; t < words.length; t++) {
      weights[t] = trust.weight(labels[t], decisions[t]);
    }
    Decisions first = new Decisions(words, decisions);
    Features list = new Features();
    for (int t = 0; t < words.length; t++) {
      list.clear();
      features.ofDecisions(t, first, list);
      decided[t] = list.toArray();
    }
  }

  /**
   * What the labels of a corpus are worth where a model that learnt from other documents sees it
   * otherwise: many of those are slips of the annotators.
   */
  enum Trust {
    USUAL(0.4f, 0.4f),

    /** The annotators left many names unmarked. */
    INCOMPLETE(0, 0.4f),

    /** Many names are wrong too. */
    UNRELIABLE(0.1f, 0.1f);

    private final float unmarked;
    private final float marked;

    Trust(float unmarked, float marked) {
      this.unmarked = unmarked;
      this.marked = marked;
    }

    private float weight(int label, int decision) {
      if (label == decision) {
        return 1;
      }
      return label == Labels.OUTSIDE ? unmarked : marked;
    }
  }

  /** Puts the numbers of features in place of their hashes, and leaves out the rare ones. */
  static void number(int[][] features, FeatureIndex index) {
    for (int t = 0; t < features.length; t++) {
      int[] numbers = new int[features[t].length];
      int size = 0;
      for (int feature : features[t]) {
        int number = index.number(feature);
        if (number != FeatureIndex.RARE) {
          numbers[size++] = number;
        }
      }
      features[t] = Arrays.copyOf(numbers, size);
    }
  }
}
