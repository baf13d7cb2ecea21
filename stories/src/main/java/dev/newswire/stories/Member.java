// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the stage remembers of an article: enough to decide which revision is newer, to describe its
 * story, and, within the window, to compare it with others.
 *
 * @param time when it was published, never after it was received, in milliseconds since 1970
 * @param embargo moment in milliseconds from which it may be shown; {@link Long#MIN_VALUE} for no
 *     embargo, {@link Long#MAX_VALUE} for one without a known end
 * @param text hash of headline and body: what decides whether a revision says something else
 * @param story id of its story; empty where the article is in none, because it may not be used
 * @param group id of its copy group: its own id, or that of the first article with the text
 * @param score how well it fitted its story when it joined; 0 where it founded it
 * @param compared what is compared of it; empty once it has left the window
 */
record Member(
    String id,
    String provider,
    String language,
    long time,
    Revision revision,
    Status status,
    EnrichmentStamp stamp,
    long embargo,
    String headline,
    String text,
    List<Tag> entities,
    List<Tag> topics,
    String story,
    String group,
    double score,
    Optional<Compared> compared) {

  /** From the oldest on; of the same moment, by id. */
  static final Comparator<Member> BY_TIME =
      Comparator.comparingLong(Member::time).thenComparing(Member::id);

  /** An entity or a topic. */
  record Tag(String key, String name) {}

  /** What two articles are compared by. */
  record Compared(Profile profile, Fingerprint fingerprint) {}

  boolean isInStory() {
    return !story.isEmpty();
  }

  /** Whether it may be shown at a moment. */
  boolean isOpen(long moment) {
    return embargo <= moment;
  }

  Member in(String otherStory, String otherGroup, double otherScore) {
    return with(otherStory, otherGroup, otherScore, compared);
  }

  /** The same article once it has left the window. */
  Member retired() {
    return with(story, group, score, Optional.empty());
  }

  /** The same article where it may no longer be used. */
  Member withdrawn() {
    return with("", id, 0, Optional.empty());
  }

  /** The same article with equal tags. */
  Member tagged(List<Tag> sameEntities, List<Tag> sameTopics) {
    return new Member(
        id,
        provider,
        language,
        time,
        revision,
        status,
        stamp,
        embargo,
        headline,
        text,
        sameEntities,
        sameTopics,
        story,
        group,
        score,
        compared);
  }

  Member with(
      String otherStory, String otherGroup, double otherScore, Optional<Compared> otherCompared) {
    return new Member(
        id,
        provider,
        language,
        time,
        revision,
        status,
        stamp,
        embargo,
        headline,
        text,
        entities,
        topics,
        otherStory,
        otherGroup,
        otherScore,
        otherCompared);
  }
}
