// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition.training;

import dev.newswire.enrich.recognition.Decisions;
import dev.newswire.enrich.recognition.Document;
import dev.newswire.enrich.recognition.DocumentFeatures;
import dev.newswire.enrich.recognition.Features;
import dev.newswire.enrich.recognition.Lexica;
import dev.newswire.enrich.recognition.Word;
import dev.newswire.enrich.text.Sentence;
import java.util.List;

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

  private final boolean incomplete;
  private final boolean[] doubtful;
  private final DocumentFeatures features;
  private final Word[] words;

  /**
   * Reads a document.
   *
   * @param corpusNumber of the corpus that it is from
   * @param incomplete whether that corpus has names that are not labelled
   */
  TrainingDocument(LabelledDocument labelled, int corpusNumber, boolean incomplete, Lexica lexica) {
    Document document = labelled.document();
    sentences = document.sentences();
    labels = labelled.labels();
    words = new Word[labels.length];
    this.incomplete = incomplete;
    doubtful = new boolean[labels.length];
    for (Sentence sentence : sentences) {
      for (int t = sentence.first(); t < sentence.end(); t++) {
        words[t] = Word.of(document.tokens().get(t).form(), sentence.casing(), lexica);
      }
    }
    features = new DocumentFeatures(document, words, lexica);
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

  /** Whether a token is in what was first taken for a name, and in nothing that is labelled. */
  boolean doubtful(int token) {
    return doubtful[token];
  }

  /** Notes what was first decided. */
  void decide(int[] decisions) {
    for (int t = 0; t < words.length; t++) {
      doubtful[t] = incomplete && labels[t] == 0 && decisions[t] != 0;
    }
    Decisions first = new Decisions(words, decisions);
    Features list = new Features();
    for (int t = 0; t < words.length; t++) {
      list.clear();
      features.ofDecisions(t, first, list);
      decided[t] = list.toArray();
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
      features[t] = java.util.Arrays.copyOf(numbers, size);
    }
  }
}
