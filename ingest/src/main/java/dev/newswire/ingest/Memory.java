// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.WholeTopic;
import dev.newswire.schemas.FeedState;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.PublishedArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.TopicSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What ingest knows of the past, read from the compacted topic newswire.feed-state: how each feed's
 * last poll went, and the content hashes under which each revision of its articles was published.
 * It is changed only by what a transaction has committed. Not thread-safe.
 */
final class Memory {

  /** Ends the feed's name in the key of an article's record; no name contains it. */
  static final char SEPARATOR = '\0';

  private final Map<String, List<String>> hashes = new HashMap<>();
  private final Map<String, PollState> polls = new HashMap<>();

  /** Reads the topic from its beginning to its present end. */
  static Memory read(Cluster cluster) {
    TopicSpec<FeedState> topic = cluster.topics().feedState();
    Memory memory = new Memory();
    WholeTopic.read(cluster, topic, record -> memory.learn(record.key(), record.value()));
    return memory;
  }

  /** Takes up what a committed record says. */
  void learn(String key, FeedState state) {
    if (state == null) {
      hashes.remove(key);
      polls.remove(key);
    } else if (key.indexOf(SEPARATOR) >= 0) {
      hashes.put(key, hashes(state));
    } else {
      polls.put(key, state.getPoll());
    }
  }

  /** The hashes that are known under the key of an article, the last published first. */
  Optional<List<String>> hashes(String key) {
    return Optional.ofNullable(hashes.get(key));
  }

  /** The hashes in an article's record; none where it says that all are forgotten. */
  static List<String> hashes(FeedState state) {
    PublishedArticle published = state == null ? null : state.getPublished();
    if (published == null) {
      return List.of();
    }
    return Stream.concat(Stream.of(published.getContentHash()), published.getOtherHashes().stream())
        .toList();
  }

  /** How the feed's last poll went. */
  Optional<PollState> poll(String feed) {
    return Optional.ofNullable(polls.get(feed));
  }

  /**
   * The key of the record about a revision of an article of a feed. Revisions that carry no date
   * and no version share one, and only the texts of the last delivery are known under it ({@link
   * #isOfLastDeliveryOnly}).
   */
  static String key(String feed, String articleId, Revision revision) {
    String version =
        revision.getVersionCreated() == null
            ? Objects.requireNonNullElse(revision.getVersion(), "")
            : revision.getVersionCreated().toString();
    return key(feed, articleId) + SEPARATOR + version;
  }

  /** The key of the record about anything else that a feed delivered. */
  static String key(String feed, String id) {
    return feed + SEPARATOR + id;
  }

  /**
   * Whether the key is one that revisions without a date and a version share: a text of theirs that
   * goes back to what it was is news, while a dated revision that is sent again is not.
   */
  static boolean isOfLastDeliveryOnly(String key) {
    return key.charAt(key.length() - 1) == SEPARATOR;
  }
}
