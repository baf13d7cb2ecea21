// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

/**
 * Whether an article belongs to a story: a weighted sum that must be above 0. The weights were
 * fitted to labelled sets; see docs/stories.md.
 */
final class JoinRule {

  private static final double LONGEST_GAP_DAYS = 4;

  private JoinRule() {}

  /** How well an article fits a story; it joins the best one above 0. */
  static double score(Likeness likeness) {
    return -6.79
        - 2.61 * likeness.text()
        + 7.72 * Math.sqrt(likeness.text())
        + 3.43 * likeness.headline()
        + 0.11 * likeness.names()
        + 1.01 * Math.sqrt(likeness.names())
        + 1.23 * likeness.coverage()
        + 3.01 * likeness.nearestText()
        - 1.37 * likeness.nearestHeadline()
        - 2.07 * Math.min(likeness.days(), LONGEST_GAP_DAYS)
        + 0.65 * Math.log(likeness.articles())
        - (likeness.otherNames() ? 0.86 : 0)
        + 1.08 * likeness.keyWords();
  }
}
