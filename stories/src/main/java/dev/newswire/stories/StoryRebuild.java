// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides about past articles anew, in memory and beside the stage. It holds what the stage would
 * have written last, and the state with which the stage would go on. Not thread-safe.
 */
public final class StoryRebuild {

  private final StoryEngine engine;
  private final Map<String, Optional<StoryAssignment>> assignments = new TreeMap<>();
  private final Map<String, Optional<Story>> stories = new TreeMap<>();

  /** A rebuild that has seen nothing. */
  public StoryRebuild(StorySettings settings) {
    engine = new StoryEngine(settings, Long.MIN_VALUE, List.of());
  }

  /** Takes the next article in. */
  public void accept(EnrichedArticle article) {
    Changes changes = engine.accept(article);
    assignments.putAll(changes.assignments());
    stories.putAll(changes.stories());
  }

  /** The last record of each article that was in a story, by article id; empty: withdrawn. */
  public Map<String, Optional<StoryAssignment>> assignments() {
    return Collections.unmodifiableMap(assignments);
  }

  /** The last record of each story, by story id; empty: no article is left. */
  public Map<String, Optional<Story>> stories() {
    return Collections.unmodifiableMap(stories);
  }

  /** What the stage's store would hold, by key. */
  public Map<String, byte[]> state() {
    Map<String, byte[]> state = new TreeMap<>();
    for (Member member : engine.remembered()) {
      state.put(member.id(), StateFormat.write(member));
    }
    state.put(StateFormat.TIME, StateFormat.time(engine.time()));
    return state;
  }
}
