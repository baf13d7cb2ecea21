// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.EnrichedArticle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The engine of stories as a benchmark drives it: without Kafka, with the state that it writes. */
public final class EngineRun {

  private final Map<String, byte[]> state = new HashMap<>();
  private final boolean keepsState;
  private StoryEngine engine =
      new StoryEngine(StorySettings.DEFAULT, Long.MIN_VALUE, List.of());

  /**
   * An engine that has seen nothing.
   *
   * @param keepsState whether what Kafka Streams would hold is kept here
   */
  public EngineRun(boolean keepsState) {
    this.keepsState = keepsState;
  }

  /** Takes an article in, and makes all that would be written. */
  public int accept(EnrichedArticle article) {
    Changes changes = engine.accept(article);
    changes
        .articles()
        .forEach(
            (id, member) -> {
              byte[] bytes = member.map(StateFormat::write).orElse(null);
              if (keepsState) {
                state.put(id, bytes);
              }
            });
    return changes.assignments().size() + changes.stories().size();
  }

  /** Makes the engine anew of what was kept. */
  public void restore() {
    List<Member> members = new ArrayList<>();
    for (byte[] bytes : state.values()) {
      if (bytes != null) {
        members.add(StateFormat.read(bytes));
      }
    }
    engine = new StoryEngine(StorySettings.DEFAULT, engine.time(), members);
  }
}
