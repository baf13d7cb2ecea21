// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.FeedState;
import dev.newswire.schemas.PublishedArticle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The texts of a revision that are known from a feed.
 *
 * @param hashes content hashes, the last published first
 * @param newest the article's own date in the newest of them, where the feed dates its articles and
 *     not their revisions
 */
record KnownTexts(List<String> hashes, Optional<Instant> newest) {

  static final KnownTexts NONE = new KnownTexts(List.of(), Optional.empty());

  /** What an article's record says; none where it says that all are forgotten. */
  static KnownTexts of(FeedState state) {
    PublishedArticle published = state == null ? null : state.getPublished();
    if (published == null) {
      return NONE;
    }
    return new KnownTexts(
        Stream.concat(Stream.of(published.getContentHash()), published.getOtherHashes().stream())
            .toList(),
        Optional.ofNullable(published.getNewest()));
  }

  /**
   * Whether a text is no news: one that is known, or one that is older than the newest, as a cache
   * gives it that lags behind. A known text with a later date than the one published last is news:
   * the feed went back to it.
   *
   * @param date the article's own date, where it stands for the revision's
   */
  boolean includes(String hash, Optional<Instant> date) {
    boolean isKnown = hashes.contains(hash);
    if (date.isEmpty() || newest.isEmpty()) {
      return isKnown;
    }
    boolean isLast = hash.equals(hashes.get(0));
    return isLast
        || date.get().isBefore(newest.get())
        || (isKnown && !date.get().isAfter(newest.get()));
  }

  /** These and one more, which is published now; the oldest leaves where they are too many. */
  KnownTexts and(String hash, Optional<Instant> date, int most) {
    List<String> all = new ArrayList<>(List.of(hash));
    hashes.stream().filter(known -> !known.equals(hash)).limit(most - 1L).forEach(all::add);
    Optional<Instant> latest = newest.filter(known -> date.isEmpty() || known.isAfter(date.get()));
    return new KnownTexts(List.copyOf(all), latest.or(() -> date));
  }

  /** The record that says so; null where there is nothing to know. */
  FeedState state(Instant at) {
    return hashes.isEmpty()
        ? null
        : new FeedState(
            null,
            new PublishedArticle(
                hashes.get(0), at, hashes.subList(1, hashes.size()), newest.orElse(null)));
  }
}
