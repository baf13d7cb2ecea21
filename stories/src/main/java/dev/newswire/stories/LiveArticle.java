// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.util.Comparator;

/**
 * An article within the window.
 *
 * @param number place in the indexes, for as long as it is in the window
 */
record LiveArticle(
    int number, String id, String provider, long time, Profile profile, Fingerprint fingerprint) {

  /** From the oldest on; of the same moment, by id. */
  static final Comparator<LiveArticle> BY_TIME =
      Comparator.comparingLong(LiveArticle::time).thenComparing(LiveArticle::id);
}
