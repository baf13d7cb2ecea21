// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import dev.newswire.enrich.text.Casing;
import dev.newswire.enrich.text.Sentence;
import dev.newswire.enrich.text.Token;
import dev.newswire.enrich.text.TokenizedText;
import dev.newswire.schemas.TextField;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Recognises names by the bundled conditional random field, in two passes: the second knows what
 * the first decided about the same words elsewhere in the article.
 *
 * <p>Thread-safe. What frequent words contribute is remembered, in memory that doesn't grow beyond
 * some 60 MB.
 */
public final class CrfRecognizer implements EntityRecognizer {

  private static final String BUNDLED = "english.model";

  private static final int REMEMBERED_WORDS = 1 << 15;

  private static final int LONGEST_REMEMBERED = 40;

  /**
   * By how much a token's words must speak for it being outside of names for its place not to be
   * looked at, which takes most of the time. No lead gives a better F1 on the sets that measure;
   * one of 1 costs half a point and more.
   */
  private static final float CERTAIN = 1.5f;

  private static final int OFFSETS = 2 * DocumentFeatures.REACH + 1;

  private final Model model;
  private final HiddenLayer hiddenLayer;
  private final Viterbi viterbi;
  private final AtomicReferenceArray<ScoredWord> remembered =
      new AtomicReferenceArray<>(REMEMBERED_WORDS);
  private final ScoredWord boundary;

  /** Recognises by this model. */
  public CrfRecognizer(Model model) {
    this.model = model;
    hiddenLayer = model.hiddenLayer();
    viterbi = new Viterbi(model.transitions());
    boundary = score("", Casing.NORMAL, Word.BOUNDARY);
  }

  /** Loads the model of this release. */
  public static CrfRecognizer bundled() {
    try (InputStream in = CrfRecognizer.class.getResourceAsStream(BUNDLED)) {
      return new CrfRecognizer(Model.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the model " + BUNDLED, e);
    }
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public boolean endsInTime() {
    return true;
  }

  @Override
  public List<RecognizedMention> recognize(TokenizedText headline, TokenizedText body) {
    Document document = Document.of(List.of(headline, body));
    int[] labels = label(document);
    List<RecognizedMention> mentions = new ArrayList<>();
    int t = 0;
    while (t < labels.length) {
      int end = t + 1;
      if (labels[t] != Labels.OUTSIDE) {
        while (Labels.position(labels[end - 1]) < Labels.LAST) {
          end++;
        }
        boolean inHeadline = t < headline.tokens().size();
        TextField field = inHeadline ? TextField.HEADLINE : TextField.BODY;
        String text = inHeadline ? headline.text() : body.text();
        Token first = document.tokens().get(t);
        Token last = document.tokens().get(end - 1);
        mentions.add(
            new RecognizedMention(
                field,
                first.start(),
                last.end(),
                text.substring(first.start(), last.end()),
                Labels.kind(labels[t])));
      }
      t = end;
    }
    return mentions;
  }

  /** The labels of a document's tokens. */
  private int[] label(Document document) {
    ScoredWord[] scored = scoredWords(document);
    Word[] words = new Word[scored.length];
    for (int t = 0; t < words.length; t++) {
      words[t] = scored[t].word();
    }
    DocumentFeatures documentFeatures = new DocumentFeatures(document, words, model.lexica());
    int[] scores = new int[words.length * Labels.COUNT];
    boolean[] doubtful = new boolean[words.length];
    Features features = new Features();
    for (Sentence sentence : document.sentences()) {
      for (int t = sentence.first(); t < sentence.end(); t++) {
        for (int offset = -DocumentFeatures.REACH; offset <= DocumentFeatures.REACH; offset++) {
          wordAt(scored, sentence, t + offset).addTo(scores, t * Labels.COUNT, offset);
        }
        doubtful[t] = isDoubtful(scores, t * Labels.COUNT);
        if (doubtful[t]) {
          features.clear();
          documentFeatures.inPlace(t, features);
          model.addWeights(features, scores, t * Labels.COUNT);
        }
      }
    }
    float[] hiddenScores = hiddenScores(scored, doubtful, documentFeatures);
    Decisions decisions = new Decisions(words, decode(document, scores, hiddenScores));
    for (int t = 0; t < words.length; t++) {
      if (doubtful[t]) {
        features.clear();
        documentFeatures.ofDecisions(t, decisions, features);
        model.addWeights(features, scores, t * Labels.COUNT);
      }
    }
    return decode(document, scores, hiddenScores);
  }

  /** Whether words leave a doubt that their token is outside of names. */
  private boolean isDoubtful(int[] scores, int at) {
    int highest = Integer.MIN_VALUE;
    for (int y = 1; y < Labels.COUNT; y++) {
      highest = Math.max(highest, scores[at + y]);
    }
    return (scores[at + Labels.OUTSIDE] - highest) * model.scale() < CERTAIN;
  }

  /** What the hidden layer says of each token, to be added to its scores. */
  private float[] hiddenScores(
      ScoredWord[] scored, boolean[] doubtful, DocumentFeatures documentFeatures) {
    int units = hiddenLayer.units();
    int[] asked =
        IntStream.range(0, scored.length)
            .filter(t -> doubtful[t] && documentFeatures.mayBeName(t))
            .toArray();
    float[] sums = new float[asked.length * units];
    float[] runSums = new float[units];
    int runFirst = -1;
    float[] documentSums = new float[units];
    hiddenLayer.add(documentFeatures.mean(), Role.DOCUMENT, documentSums, 0);
    Surroundings surroundings = new Surroundings();
    for (int i = 0; i < asked.length; i++) {
      int t = asked[i];
      Sentence sentence = documentFeatures.sentence(t);
      System.arraycopy(documentSums, 0, sums, i * units, units);
      for (int offset = -DocumentFeatures.REACH; offset <= DocumentFeatures.REACH; offset++) {
        float[] ofWord = hiddenSums(wordAt(scored, sentence, t + offset), offset);
        for (int u = 0; u < units; u++) {
          sums[i * units + u] += ofWord[u];
        }
      }
      surroundings.clear();
      documentFeatures.mark(t, surroundings);
      hiddenLayer.add(surroundings, sums, i * units);
      if (documentFeatures.isInRun(t)) {
        if (documentFeatures.runFirst(t) != runFirst) {
          runFirst = documentFeatures.runFirst(t);
          Arrays.fill(runSums, 0);
          surroundings.clear();
          documentFeatures.aroundRun(t, surroundings);
          hiddenLayer.add(surroundings, runSums, 0);
        }
        for (int u = 0; u < units; u++) {
          sums[i * units + u] += runSums[u];
        }
      }
    }
    float[] scores = hiddenLayer.scores(sums, asked.length);
    float[] hiddenScores = new float[scored.length * Labels.COUNT];
    for (int i = 0; i < asked.length; i++) {
      for (int y = 0; y < Labels.COUNT; y++) {
        hiddenScores[asked[i] * Labels.COUNT + y] = scores[y * asked.length + i];
      }
    }
    return hiddenScores;
  }

  private ScoredWord wordAt(ScoredWord[] words, Sentence sentence, int token) {
    return token >= sentence.first() && token < sentence.end() ? words[token] : boundary;
  }

  private int[] decode(Document document, int[] wholeScores, float[] hiddenScores) {
    float[] scores = new float[wholeScores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = wholeScores[i] * model.scale() + hiddenScores[i];
    }
    int[] labels = new int[document.tokens().size()];
    for (Sentence sentence : document.sentences()) {
      int[] best = viterbi.decode(scores, sentence.first(), sentence.end());
      System.arraycopy(best, 0, labels, sentence.first(), best.length);
    }
    return labels;
  }

  private ScoredWord[] scoredWords(Document document) {
    ScoredWord[] words = new ScoredWord[document.tokens().size()];
    for (Sentence sentence : document.sentences()) {
      for (int t = sentence.first(); t < sentence.end(); t++) {
        words[t] = scoredWord(document.tokens().get(t).form(), sentence.casing());
      }
    }
    return words;
  }

  private ScoredWord scoredWord(String form, Casing casing) {
    int slot = Hashes.of(form.hashCode(), casing.number()) >>> 17;
    ScoredWord known = remembered.get(slot);
    if (known != null && known.casing() == casing && known.form().equals(form)) {
      return known;
    }
    ScoredWord scored = score(form, casing, Word.of(form, casing, model.lexica()));
    if (form.length() <= LONGEST_REMEMBERED) {
      remembered.set(slot, scored);
    }
    return scored;
  }

  private ScoredWord score(String form, Casing casing, Word word) {
    int[] scores = new int[OFFSETS * Labels.COUNT];
    Features features = new Features();
    for (int offset = -DocumentFeatures.REACH; offset <= DocumentFeatures.REACH; offset++) {
      int place = offset + DocumentFeatures.REACH;
      features.clear();
      DocumentFeatures.ofWord(word, offset, features);
      model.addWeights(features, scores, place * Labels.COUNT);
    }
    return new ScoredWord(form, casing, word, scores, new AtomicReferenceArray<>(OFFSETS));
  }

  /** What a word at an offset means to each unit; remembered with the word. */
  private float[] hiddenSums(ScoredWord scored, int offset) {
    int place = offset + DocumentFeatures.REACH;
    float[] known = scored.hiddenSums().get(place);
    if (known != null) {
      return known;
    }
    float[] sums = new float[hiddenLayer.units()];
    hiddenLayer.add(scored.word().inputs, Role.at(offset), sums, 0);
    scored.hiddenSums().set(place, sums);
    return sums;
  }

  /**
   * A word with what it says about its own label and about those of its neighbours.
   *
   * @param hiddenSums what it means to the hidden units, by its offset; null until asked for
   */
  private record ScoredWord(
      String form,
      Casing casing,
      Word word,
      int[] scores,
      AtomicReferenceArray<float[]> hiddenSums) {

    void addTo(int[] labelScores, int at, int offset) {
      int from = (offset + DocumentFeatures.REACH) * Labels.COUNT;
      for (int y = 0; y < Labels.COUNT; y++) {
        labelScores[at + y] += scores[from + y];
      }
    }
  }
}
