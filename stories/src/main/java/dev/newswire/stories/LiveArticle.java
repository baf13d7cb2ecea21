// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.util.Arrays;
import java.util.Comparator;

/**
 * An article within the window.
 *
 * @param number place in the indexes, for as long as it is in the window
 * @param isBrief whether it is a headline without a text, and no alert: those are in capitals
 * @param headlineNames hashes of the headline's words that the text writes with a capital
 */
record LiveArticle(
    int number,
    String id,
    String provider,
    long time,
    Profile profile,
    Fingerprint fingerprint,
    boolean isBrief,
    int[] headlineNames) {

  /** From the oldest on; of the same moment, by id. */
  static final Comparator<LiveArticle> BY_TIME =
      Comparator.comparingLong(LiveArticle::time).thenComparing(LiveArticle::id);

  private static final int[] NONE = {};

  static LiveArticle of(
      int number,
      String id,
      String provider,
      long time,
      String headline,
      Profile profile,
      Fingerprint fingerprint) {
    int[] names = Arrays.stream(profile.headline().keys()).filter(fingerprint::isName).toArray();
    boolean isBrief =
        fingerprint.first().length == 0 && headline.chars().anyMatch(Character::isLowerCase);
    return new LiveArticle(
        number,
        id,
        provider,
        time,
        profile,
        fingerprint,
        isBrief,
        names.length == 0 ? NONE : names);
  }

  /** Whether the article has a word, or names it beyond the words that are compared. */
  boolean mentions(int word) {
    return Arrays.binarySearch(profile.text().keys(), word) >= 0 || fingerprint.isName(word);
  }
}
