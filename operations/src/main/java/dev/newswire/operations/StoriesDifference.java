// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import dev.newswire.stories.StoryRebuild;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What stories that were built anew would change in those that there are. Articles that the rebuild
 * did not see keep their story.
 *
 * @param assignments the assignments to write, by article id; empty: a tombstone
 * @param stories the stories to write, by story id; empty: a tombstone
 * @param moved ids of the articles that get another story, or get or lose one
 * @param copies ids of the articles that become a copy of another text, or are one no longer
 * @param begun ids of the stories that there were not
 * @param ended ids of the stories that no article is in any longer
 */
public record StoriesDifference(
    SortedMap<String, Optional<StoryAssignment>> assignments,
    SortedMap<String, Optional<Story>> stories,
    SortedSet<String> moved,
    SortedSet<String> copies,
    SortedSet<String> begun,
    SortedSet<String> ended) {

  /** Whether anybody would see a difference; scores alone are none. */
  public boolean isVisible() {
    return !moved.isEmpty() || !copies.isEmpty() || !begun.isEmpty() || !ended.isEmpty();
  }

  /**
   * Compares.
   *
   * @param assigned the assignments that there are, by article id
   * @param told the stories that there are, by story id
   */
  static StoriesDifference of(
      Map<String, StoryAssignment> assigned, Map<String, Story> told, StoryRebuild rebuild) {
    StoriesDifference difference =
        new StoriesDifference(
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>());
    rebuild
        .assignments()
        .forEach((id, now) -> difference.assign(id, Optional.ofNullable(assigned.get(id)), now));
    rebuild
        .stories()
        .forEach((id, now) -> difference.tell(id, Optional.ofNullable(told.get(id)), now));
    Map<String, StoryAssignment> after = new HashMap<>(assigned);
    difference.assignments.forEach(
        (id, now) -> now.ifPresentOrElse(value -> after.put(id, value), () -> after.remove(id)));
    Set<String> used = new HashSet<>();
    after.values().forEach(value -> used.add(value.getStory()));
    told.forEach(
        (id, story) -> {
          boolean isLeft = story.getMergedInto() == null && !used.contains(id);
          if (isLeft && !rebuild.stories().containsKey(id)) {
            difference.tell(id, Optional.of(story), successor(id, assigned, after));
          }
        });
    return difference;
  }

  private void assign(String id, Optional<StoryAssignment> before, Optional<StoryAssignment> now) {
    if (now.equals(before)) {
      return;
    }
    assignments.put(id, now);
    if (!before.map(StoryAssignment::getStory).equals(now.map(StoryAssignment::getStory))) {
      moved.add(id);
    }
    if (!Objects.equals(original(before), original(now))) {
      copies.add(id);
    }
  }

  private static String original(Optional<StoryAssignment> assignment) {
    return assignment.map(StoryAssignment::getCopyOf).orElse(null);
  }

  private void tell(String id, Optional<Story> before, Optional<Story> now) {
    if (now.equals(before)) {
      return;
    }
    stories.put(id, now);
    boolean was = isStory(before);
    boolean is = isStory(now);
    if (is && !was) {
      begun.add(id);
    } else if (was && !is) {
      ended.add(id);
    }
  }

  private static boolean isStory(Optional<Story> story) {
    return story.filter(value -> value.getMergedInto() == null).isPresent();
  }

  /** A story's id is for ever: it leads to where most of its articles went. */
  private static Optional<Story> successor(
      String story, Map<String, StoryAssignment> before, Map<String, StoryAssignment> after) {
    Map<String, Integer> went = new TreeMap<>();
    before.forEach(
        (id, assignment) -> {
          StoryAssignment now = after.get(id);
          if (assignment.getStory().equals(story) && now != null) {
            went.merge(now.getStory(), 1, Integer::sum);
          }
        });
    return went.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(to -> Story.newBuilder().setId(story).setMergedInto(to.getKey()).build());
  }
}
