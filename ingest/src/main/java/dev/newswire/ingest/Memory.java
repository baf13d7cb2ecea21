// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.WholeTopic;
import dev.newswire.schemas.FeedState;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.TopicSpec;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What ingest knows of the past, read from the compacted topic newswire.feed-state: how each feed's
 * last poll went, and the content hashes under which each revision of its articles was published.
 * It is changed only by what a transaction has committed. Not thread-safe.
 */
final class Memory {

  /** Ends the feed's name in the key of an article's record; no name contains it. */
  static final char SEPARATOR = '\0';

  private final Map<String, KnownTexts> texts = new HashMap<>();

  /** Ids that are addresses, not yet in {@link #idsBefore}. */
  private final Set<String> unsorted = new LinkedHashSet<>();

  /**
   * By the form that identifies an article now, the id under which it was published before: that
   * form itself where the article was published under it, else the last of the others.
   */
  private final Map<String, String> idsBefore = new HashMap<>();

  private final Map<String, PollState> polls = new HashMap<>();
  private int partitions;

  /** Reads the topic from its beginning to its present end. */
  static Memory read(Cluster cluster) {
    TopicSpec<FeedState> topic = cluster.topics().feedState();
    Memory memory = new Memory();
    memory.partitions =
        WholeTopic.read(cluster, topic, record -> memory.learn(record.key(), record.value()));
    return memory;
  }

  /** The partition of everything that is remembered of a feed, as the topic is on this cluster. */
  int partition(String feed) {
    return TopicSpec.partition(feed, partitions);
  }

  /** Takes up what a committed record says. */
  void learn(String key, FeedState state) {
    if (state == null) {
      texts.remove(key);
      polls.remove(key);
    } else if (key.indexOf(SEPARATOR) >= 0) {
      texts.put(key, KnownTexts.of(state));
      String id = articleId(key);
      if (id.contains("/http")) {
        unsorted.add(id);
      }
    } else {
      polls.put(key, state.getPoll());
    }
  }

  private static String articleId(String key) {
    int begin = key.indexOf(SEPARATOR) + 1;
    int end = key.indexOf(SEPARATOR, begin);
    return end < 0 ? "" : key.substring(begin, end);
  }

  /** The texts that are known under the key of an article. */
  Optional<KnownTexts> texts(String key) {
    return Optional.ofNullable(texts.get(key));
  }

  /**
   * The id under which an article was published when ids were made by another rule: it keeps it.
   *
   * @param canonical gives an article id the form that it has now
   */
  Optional<String> idBefore(String articleId, UnaryOperator<String> canonical) {
    for (String known : unsorted) {
      String now = canonical.apply(known);
      if (!now.equals(idsBefore.get(now))) {
        idsBefore.put(now, known);
      }
    }
    unsorted.clear();
    return Optional.ofNullable(idsBefore.get(articleId));
  }

  /** How the feed's last poll went. */
  Optional<PollState> poll(String feed) {
    return Optional.ofNullable(polls.get(feed));
  }

  /**
   * The key of the record about a revision of an article of a feed. Revisions that carry no date of
   * their own and no version share one, and only the texts of the last delivery are known under it
   * ({@link #isOfLastDeliveryOnly}).
   */
  static String key(String feed, String articleId, Revision revision) {
    String version =
        revision.getVersionCreated() == null || revision.getDatedByArticle()
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
