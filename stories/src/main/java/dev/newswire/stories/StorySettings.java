// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.time.Duration;

/**
 * How far back articles are compared and remembered, counted by the articles' own times.
 *
 * @param storyWindow an article joins a story while one of its articles is no older; above 0
 * @param copyWindow an article is a copy only of one no older; above 0, at most the story's window
 * @param memory how long an article is remembered after that for its kills and revisions
 */
public record StorySettings(Duration storyWindow, Duration copyWindow, Duration memory) {

  /** Four days for stories, three for copies, thirty of memory. */
  public static final StorySettings DEFAULT =
      new StorySettings(Duration.ofDays(4), Duration.ofDays(3), Duration.ofDays(30));

  /** Checks that the windows fit into each other. */
  public StorySettings {
    if (copyWindow.compareTo(Duration.ZERO) <= 0
        || copyWindow.compareTo(storyWindow) > 0
        || memory.compareTo(storyWindow) < 0) {
      throw new IllegalArgumentException(
          "the copies' window must be above 0 and not longer than the stories', and the memory not"
              + " shorter than that: "
              + copyWindow
              + ", "
              + storyWindow
              + ", "
              + memory);
    }
  }
}
