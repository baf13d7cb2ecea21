// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

/**
 * Whether two articles tell of two events in the same words: two districts' results, two companies'
 * dividends, two quarters' figures. Their words are alike; what the events are about is not.
 */
final class LookAlikeRule {

  private static final int FEWEST_FIGURES = 3;
  private static final double FIGURES_SHARED = 0.1;
  private static final double TEXT_SHARED = 0.1;

  private LookAlikeRule() {}

  /** Whether the events are known to be two. */
  static boolean areTwo(LiveArticle one, LiveArticle other) {
    return nameOthers(one, other) || haveOtherFigures(one, other);
  }

  /** Neither article says a word of whom or what the other's headline names. */
  private static boolean nameOthers(LiveArticle one, LiveArticle other) {
    return one.headlineNames().length > 0
        && other.headlineNames().length > 0
        && saysNothingOf(one, other)
        && saysNothingOf(other, one);
  }

  private static boolean saysNothingOf(LiveArticle article, LiveArticle other) {
    for (int name : other.headlineNames()) {
      if (article.mentions(name)) {
        return false;
      }
    }
    return true;
  }

  /** The sentences are partly the same, and hardly a figure in them is. */
  private static boolean haveOtherFigures(LiveArticle one, LiveArticle other) {
    Fingerprint a = one.fingerprint();
    Fingerprint b = other.fingerprint();
    return Math.min(a.figures().length, b.figures().length) >= FEWEST_FIGURES
        && a.figuresShared(b, 0) < FIGURES_SHARED
        && a.overlap(b) > TEXT_SHARED;
  }
}
