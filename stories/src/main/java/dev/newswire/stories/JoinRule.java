// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether an article belongs to a story: a weighted sum that must be above 0. The weights were
 * fitted to labelled sets; see docs/stories.md.
 */
final class JoinRule {

  private static final double LONGEST_GAP_DAYS = 4;

  private JoinRule() {}

  /** How well an article fits a story; it joins the best one above 0. */
  static double score(Likeness likeness) {
    return threshold()
        + text(likeness)
        + headline(likeness)
        + names(likeness)
        + nearest(likeness)
        + time(likeness)
        + size(likeness)
        + lookAlikes(likeness)
        + brief(likeness);
  }

  /** What each part adds to the score, for people. */
  static Map<String, Double> parts(Likeness likeness) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("threshold", threshold());
    parts.put("words", text(likeness));
    parts.put("headline", headline(likeness));
    parts.put("entities", names(likeness));
    parts.put("nearest article", nearest(likeness));
    parts.put("time between", time(likeness));
    parts.put("size of the story", size(likeness));
    parts.put("other events in the same words", lookAlikes(likeness));
    parts.put("headline without a text", brief(likeness));
    return parts;
  }

  private static double threshold() {
    return -6.79;
  }

  private static double text(Likeness likeness) {
    return -2.75 * likeness.text() + 7.72 * Math.sqrt(likeness.text());
  }

  private static double headline(Likeness likeness) {
    return 3.43 * likeness.headline() + 1.23 * likeness.coverage() + 0.99 * likeness.keyWords();
  }

  private static double names(Likeness likeness) {
    return 0.11 * likeness.names()
        + 1.01 * Math.sqrt(likeness.names())
        - (likeness.otherNames() ? 0.05 : 0);
  }

  private static double nearest(Likeness likeness) {
    return 3.01 * likeness.nearestText() - 1.2 * likeness.nearestHeadline();
  }

  private static double time(Likeness likeness) {
    double gap = Math.min(likeness.days(), LONGEST_GAP_DAYS);
    return -2.07 * gap - 0.07 * Math.sqrt(gap);
  }

  private static double size(Likeness likeness) {
    return 0.65 * Math.log(likeness.articles());
  }

  private static double lookAlikes(Likeness likeness) {
    return -3.0 * likeness.lookAlikes() - (likeness.nearestIsLookAlike() ? 2.0 : 0);
  }

  /** A headline alone has few words to be like another. */
  private static double brief(Likeness likeness) {
    return likeness.isBrief() ? 0.35 : 0;
  }
}
