// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every topic of Newswire, declared once. Stages and tests read names, types and settings here.
 *
 * @param prefix what all names begin with, before a dot; {@code newswire} by default
 */
public record Topics(String prefix) {

  /** The stages that write dead letters. */
  public static final List<String> STAGES = List.of("ingest", "enrich", "stories", "sink");

  private static final int ARTICLE_PARTITIONS = 4;

  /** More than instances are likely to be, so that feeds spread evenly over them. */
  private static final int FEED_PARTITIONS = 12;

  /** Articles as they came off the wire, by article id. Kept for ever: it is what is replayed. */
  public TopicSpec<RawArticle> raw() {
    return new TopicSpec<>(
        prefix + ".raw", RawArticle.class, ARTICLE_PARTITIONS, false, Optional.empty());
  }

  /** Enriched articles, by article id. Kept for ever: a lost store is rebuilt from it. */
  public TopicSpec<EnrichedArticle> enriched() {
    return new TopicSpec<>(
        prefix + ".enriched", EnrichedArticle.class, ARTICLE_PARTITIONS, false, Optional.empty());
  }

  /** The feeds to poll, by name. */
  public TopicSpec<Feed> feeds() {
    return new TopicSpec<>(prefix + ".feeds", Feed.class, FEED_PARTITIONS, true, Optional.empty());
  }

  /** What ingest remembers of each feed; in the same partition as the feed itself. */
  public TopicSpec<FeedState> feedState() {
    return new TopicSpec<>(
        prefix + ".feed-state", FeedState.class, FEED_PARTITIONS, true, Optional.empty());
  }

  /** Published rules: the taxonomy and the users' own entities. One partition: one order. */
  public TopicSpec<Rules> taxonomy() {
    return new TopicSpec<>(prefix + ".taxonomy", Rules.class, 1, true, Optional.empty());
  }

  /** Which story each article belongs to, by article id. */
  public TopicSpec<StoryAssignment> storyAssignments() {
    return new TopicSpec<>(
        prefix + ".story-assignments",
        StoryAssignment.class,
        ARTICLE_PARTITIONS,
        true,
        Optional.empty());
  }

  /** The stories, by story id. */
  public TopicSpec<Story> stories() {
    return new TopicSpec<>(
        prefix + ".stories", Story.class, ARTICLE_PARTITIONS, true, Optional.empty());
  }

  /**
   * Dead letters of a stage: the original bytes, and the reason in the headers ({@link
   * DeadLetter}).
   *
   * @param stage one of {@link #STAGES}
   */
  public TopicSpec<byte[]> deadLetters(String stage) {
    if (!STAGES.contains(stage)) {
      throw new IllegalArgumentException("no stage '" + stage + "': it is one of " + STAGES);
    }
    return new TopicSpec<>(
        prefix + "." + stage + ".dead", byte[].class, 1, false, Optional.of(Duration.ofDays(365)));
  }

  /** All that the pipeline needs, in its order. */
  public List<TopicSpec<?>> all() {
    return List.of(
        feeds(),
        feedState(),
        raw(),
        taxonomy(),
        enriched(),
        storyAssignments(),
        stories(),
        deadLetters("ingest"),
        deadLetters("enrich"),
        deadLetters("stories"),
        deadLetters("sink"));
  }
}
