// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.stories.Member.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every article that is remembered, by story, by copy group and by time. Not thread-safe. */
final class Membership {

  /** Tags that are kept to be shared; the least used are dropped first. */
  private static final int MOST_TAGS = 20_000;

  private final Map<String, Member> articles = new HashMap<>();
  private final Map<String, NavigableSet<String>> byStory = new HashMap<>();
  private final Map<String, NavigableSet<String>> byGroup = new HashMap<>();
  private final TreeSet<Moment> live = new TreeSet<>();
  private final TreeSet<Moment> all = new TreeSet<>();
  private final TreeSet<Moment> embargoes = new TreeSet<>();
  private final Map<Tag, Tag> tags = new LinkedHashMap<>(16, 0.75f, true);
  private long time = Long.MIN_VALUE;

  private record Moment(long time, String id) implements Comparable<Moment> {

    @Override
    public int compareTo(Moment other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : id.compareTo(other.id);
    }
  }

  /** The latest time of an article that was seen. */
  long time() {
    return time;
  }

  void advance(long moment) {
    time = Math.max(time, moment);
  }

  Optional<Member> get(String id) {
    return Optional.ofNullable(articles.get(id));
  }

  void put(Member given) {
    Member member = given.tagged(shared(given.entities()), shared(given.topics()));
    remove(member.id());
    articles.put(member.id(), member);
    advance(member.time());
    Moment moment = new Moment(member.time(), member.id());
    all.add(moment);
    if (member.isInStory()) {
      byStory.computeIfAbsent(member.story(), key -> new TreeSet<>()).add(member.id());
      byGroup.computeIfAbsent(member.group(), key -> new TreeSet<>()).add(member.id());
      if (member.embargo() != Long.MIN_VALUE) {
        embargoes.add(new Moment(member.embargo(), member.id()));
      }
    }
    if (member.compared().isPresent()) {
      live.add(moment);
    }
  }

  /** The same tags as other articles have, so that each is in memory once. */
  private List<Tag> shared(List<Tag> given) {
    List<Tag> list = new ArrayList<>(given.size());
    for (Tag tag : given) {
      Tag known = tags.putIfAbsent(tag, tag);
      list.add(known == null ? tag : known);
    }
    while (tags.size() > MOST_TAGS) {
      tags.remove(tags.keySet().iterator().next());
    }
    return List.copyOf(list);
  }

  void remove(String id) {
    Member member = articles.remove(id);
    if (member == null) {
      return;
    }
    Moment moment = new Moment(member.time(), id);
    all.remove(moment);
    live.remove(moment);
    embargoes.remove(new Moment(member.embargo(), id));
    if (member.isInStory()) {
      removeFrom(byStory, member.story(), id);
      removeFrom(byGroup, member.group(), id);
    }
  }

  private static void removeFrom(Map<String, NavigableSet<String>> groups, String key, String id) {
    NavigableSet<String> ids = groups.get(key);
    ids.remove(id);
    if (ids.isEmpty()) {
      groups.remove(key);
    }
  }

  /** The articles of a story, by id. */
  List<Member> of(String story) {
    return members(byStory.get(story));
  }

  /** The articles with one text, by id. */
  List<Member> ofGroup(String group) {
    return members(byGroup.get(group));
  }

  /** The earliest article of a story that has one. */
  Member founder(String story) {
    return Collections.min(of(story), Member.BY_TIME);
  }

  private List<Member> members(Collection<String> ids) {
    return ids == null ? List.of() : ids.stream().map(articles::get).toList();
  }

  /** The articles in the window that are older than a moment, the oldest first. */
  List<Member> liveBefore(long moment) {
    return before(live, moment);
  }

  /** All that are older than a moment, the oldest first. */
  List<Member> anyBefore(long moment) {
    return before(all, moment);
  }

  /** The articles whose embargo ends after the present time, and by a moment. */
  List<Member> embargoesUntil(long moment) {
    return embargoes
        .subSet(new Moment(time, "\uffff"), true, new Moment(moment, "\uffff"), true)
        .stream()
        .map(place -> articles.get(place.id()))
        .toList();
  }

  private List<Member> before(NavigableSet<Moment> moments, long moment) {
    List<Member> found = new ArrayList<>();
    for (Moment place : moments.headSet(new Moment(moment, ""))) {
      found.add(articles.get(place.id()));
    }
    return found;
  }

  /** Number of articles in the window. */
  int size() {
    return live.size();
  }

  /** Every article, by id. */
  Collection<Member> everything() {
    return new TreeMap<>(articles).values();
  }
}
