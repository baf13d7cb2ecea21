// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one article changed: the articles to remember, and the assignments and stories that are not
 * what they were. Everything is in the order of ids. It holds for the moment at which it is asked.
 */
final class Changes {

  private final Membership membership;
  private final long before;
  private final Map<String, Optional<Member>> articles = new TreeMap<>();
  private final Map<String, Optional<Story>> stories = new TreeMap<>();
  private final Map<String, Optional<StoryAssignment>> assignments = new TreeMap<>();
  private final Map<String, String> merged = new TreeMap<>();

  /** Changes of what is remembered, from now on. */
  Changes(Membership membership) {
    this.membership = membership;
    before = membership.time();
  }

  /** No change. */
  static Changes none() {
    return new Changes(new Membership());
  }

  void put(Member member) {
    membership.get(member.id()).ifPresent(this::touch);
    touch(member);
    membership.put(member);
    articles.put(member.id(), Optional.of(member));
  }

  /** Forgets an article without a word: its story stays as it was last described. */
  void drop(Member member) {
    membership.remove(member.id());
    articles.put(member.id(), Optional.empty());
  }

  void touchAll(Collection<Member> members) {
    members.forEach(this::touch);
  }

  void merged(String gone, String kept) {
    merged.put(gone, kept);
  }

  /** Notes what an article's story and copies were before the first change to them. */
  private void touch(Member member) {
    if (member.isInStory()) {
      stories.computeIfAbsent(member.story(), story -> describe(story, before));
      membership
          .ofGroup(member.group())
          .forEach(copy -> assignments.computeIfAbsent(copy.id(), id -> Optional.of(assign(copy))));
    }
    assignments.computeIfAbsent(
        member.id(), id -> membership.get(id).filter(Member::isInStory).map(this::assign));
  }

  private Optional<Story> describe(String story, long moment) {
    return StoryDescription.of(story, membership.of(story), moment);
  }

  private StoryAssignment assign(Member member) {
    List<Member> group = membership.ofGroup(member.group());
    boolean copied = group.size() > 1;
    String original = Collections.min(group, Member.BY_TIME).id();
    return new StoryAssignment(
        member.story(),
        copied ? member.group() : null,
        copied && !original.equals(member.id()) ? original : null,
        member.score(),
        Instant.ofEpochMilli(member.time()),
        StoryEngine.GENERATION);
  }

  /** The articles to remember as they are now, or to forget. */
  Map<String, Optional<Member>> articles() {
    return Collections.unmodifiableMap(articles);
  }

  /** The assignments that changed; empty ones are withdrawn. */
  Map<String, Optional<StoryAssignment>> assignments() {
    Map<String, Optional<StoryAssignment>> changed = new TreeMap<>();
    assignments.forEach(
        (id, old) -> {
          Optional<StoryAssignment> now =
              membership.get(id).filter(Member::isInStory).map(this::assign);
          if (!now.equals(old)) {
            changed.put(id, now);
          }
        });
    return changed;
  }

  /** The stories that changed; empty ones have no article left. */
  Map<String, Optional<Story>> stories() {
    Map<String, Optional<Story>> changed = new TreeMap<>();
    stories.forEach(
        (id, old) -> {
          Optional<Story> now =
              merged.containsKey(id)
                  ? Optional.of(Story.newBuilder().setId(id).setMergedInto(merged.get(id)).build())
                  : describe(id, membership.time());
          if (!now.equals(old)) {
            changed.put(id, now);
          }
        });
    return changed;
  }
}
