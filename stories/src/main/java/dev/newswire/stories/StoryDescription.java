// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryHour;
import dev.newswire.schemas.StoryTag;
import dev.newswire.stories.Member.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Describes a story from its articles; the order in which they came does not matter. */
final class StoryDescription {

  private static final int MOST_TAGS = 10;
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private StoryDescription() {}

  /**
   * The record of a story.
   *
   * @param moment by which embargoes are judged, in milliseconds
   * @return empty where the story has no article
   */
  static Optional<Story> of(String id, Collection<Member> articles, long moment) {
    if (articles.isEmpty()) {
      return Optional.empty();
    }
    List<Member> open =
        articles.stream().filter(a -> a.isOpen(moment)).sorted(Member.BY_TIME).toList();
    Story.Builder story =
        Story.newBuilder().setId(id).setLanguage(language(articles.iterator().next()));
    if (open.isEmpty()) {
      return Optional.of(story.build());
    }
    Member lead = lead(open);
    return Optional.of(
        story
            .setLead(lead.id())
            .setHeadline(lead.headline())
            .setFirst(Instant.ofEpochMilli(open.get(0).time()))
            .setLast(Instant.ofEpochMilli(open.get(open.size() - 1).time()))
            .setArticles(open.size())
            .setOriginals((int) open.stream().map(Member::group).distinct().count())
            .setProviders(open.stream().map(Member::provider).distinct().toList())
            .setEntities(commonest(open, Member::entities))
            .setTopics(commonest(open, Member::topics))
            .setHours(hours(open))
            .build());
  }

  private static String language(Member article) {
    return article.language().isEmpty() ? null : article.language();
  }

  /** The earliest article with a headline stands for the story. */
  private static Member lead(List<Member> open) {
    return open.stream().filter(a -> !a.headline().isBlank()).findFirst().orElse(open.get(0));
  }

  private static List<StoryTag> commonest(
      List<Member> articles, Function<Member, List<Tag>> tagsOf) {
    Map<String, StoryTag> tags = new TreeMap<>();
    for (Member article : articles) {
      for (Tag tag : new HashSet<>(tagsOf.apply(article))) {
        StoryTag known = tags.computeIfAbsent(tag.key(), key -> new StoryTag(key, tag.name(), 0));
        known.setArticles(known.getArticles() + 1);
      }
    }
    return tags.values().stream()
        .sorted(
            Comparator.comparingInt(StoryTag::getArticles)
                .reversed()
                .thenComparing(StoryTag::getKey))
        .limit(MOST_TAGS)
        .toList();
  }

  private static List<StoryHour> hours(List<Member> articles) {
    Map<Long, Integer> hours = new TreeMap<>();
    for (Member article : articles) {
      hours.merge(Math.floorDiv(article.time(), HOUR) * HOUR, 1, Integer::sum);
    }
    List<StoryHour> list = new ArrayList<>();
    hours.forEach((start, n) -> list.add(new StoryHour(Instant.ofEpochMilli(start), n)));
    return list;
  }
}
