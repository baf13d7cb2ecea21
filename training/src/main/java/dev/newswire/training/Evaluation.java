// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.enrich.recognition.EntityRecognizer;
import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.schemas.EntityKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How well a recogniser does on documents: a name counts as found where its span and its kind are
 * exactly right.
 *
 * @param overall of all kinds
 * @param byKind by the order of {@link EntityKind}
 */
public record Evaluation(Score overall, List<Score> byKind) {

  /** Copies the list. */
  public Evaluation {
    byKind = List.copyOf(byKind);
  }

  static Evaluation of(EntityRecognizer recognizer, List<LabelledDocument> documents) {
    Score overall = new Score(0, 0, 0);
    List<Score> byKind = new ArrayList<>(Collections.nCopies(EntityKind.values().length, overall));
    for (LabelledDocument document : documents) {
      List<RecognizedMention> found = recognizer.recognize(document.headline(), document.body());
      Set<RecognizedMention> expected = new HashSet<>(document.mentions());
      int index = 0;
      for (EntityKind kind : EntityKind.values()) {
        long right = found.stream().filter(m -> m.kind() == kind && expected.contains(m)).count();
        long all = found.stream().filter(m -> m.kind() == kind).count();
        long labelled = expected.stream().filter(m -> m.kind() == kind).count();
        Score score = new Score(right, all, labelled);
        byKind.set(index, byKind.get(index).plus(score));
        overall = overall.plus(score);
        index++;
      }
    }
    return new Evaluation(overall, byKind);
  }

  /** One line: F1 of all and of each kind, in percent. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "F1 %.1f (precision %.1f, recall %.1f; people %.1f, organisations %.1f, places %.1f)",
        100 * overall.f1(),
        100 * overall.precision(),
        100 * overall.recall(),
        100 * byKind.get(0).f1(),
        100 * byKind.get(1).f1(),
        100 * byKind.get(2).f1());
  }

  /**
   * Counts of names.
   *
   * @param right found, and labelled so
   * @param found by the recogniser
   * @param labelled in the corpus
   */
  public record Score(long right, long found, long labelled) {

    Score plus(Score other) {
      return new Score(right + other.right, found + other.found, labelled + other.labelled);
    }

    /** Share of what was found that is right, 0 to 1. */
    public double precision() {
      return found == 0 ? 0 : (double) right / found;
    }

    /** Share of what is labelled that was found, 0 to 1. */
    public double recall() {
      return labelled == 0 ? 0 : (double) right / labelled;
    }

    /** Harmonic mean of precision and recall, 0 to 1. */
    public double f1() {
      return found + labelled == 0 ? 0 : 2.0 * right / (found + labelled);
    }
  }
}
