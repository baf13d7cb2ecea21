// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

/** Whether one text is a copy of another. */
final class CopyRule {

  private static final double OVERLAP = 0.45;
  private static final double OVERLAP_UNDER_ANOTHER_HEADLINE = 0.85;
  static final double SAME_HEADLINE = 0.25;
  private static final double FIGURES = 0.6;
  private static final double NAMES = 0.6;
  private static final double NEARLY_ALL = 0.7;
  private static final int FEWEST_SHINGLES = 4;

  private CopyRule() {}

  /** Share of the text that two have in common where they are copies, else 0. */
  static double degree(LiveArticle one, LiveArticle other) {
    Fingerprint a = one.fingerprint();
    Fingerprint b = other.fingerprint();
    double overlap = a.overlap(b);
    boolean enough = Math.min(a.first().length, b.first().length) >= FEWEST_SHINGLES;
    int excused = overlap >= NEARLY_ALL ? 1 : 0;
    boolean agree =
        a.figuresShared(b, excused) >= FIGURES && a.namesShared(b, 2 * excused) >= NAMES;
    return enough && agree && overlap >= overlapWanted(one, other) ? overlap : 0;
  }

  /**
   * What a provider prints under each of its texts is learnt from several; until then, two of its
   * texts under different headlines must be the same but for little.
   */
  private static double overlapWanted(LiveArticle one, LiveArticle other) {
    boolean mayBeBoilerplate =
        one.provider().equals(other.provider())
            && one.profile().headline().cosine(other.profile().headline()) < SAME_HEADLINE;
    return mayBeBoilerplate ? OVERLAP_UNDER_ANOTHER_HEADLINE : OVERLAP;
  }
}
