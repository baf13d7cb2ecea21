// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.stories.LookAlikes.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Events that the same words report stay apart, and wordings of one event come together. */
class LookAlikesTest {

  private static final double KEPT_APART = 0.95;
  private static final double BROUGHT_TOGETHER = 0.95;

  @Test
  void twoEventsInTheSameWordsAreTwoStories() {
    List<Pair> pairs = LookAlikes.apart();
    List<Pair> wrong = pairs.stream().filter(LookAlikesTest::areOneStory).toList();

    System.out.printf(
        "look-alikes: %d of %d kept apart%n", pairs.size() - wrong.size(), pairs.size());
    assertThat(pairs).hasSize(200);
    assertThat(wrong).as("joined").hasSizeLessThanOrEqualTo(share(pairs, 1 - KEPT_APART));
  }

  @Test
  void oneEventInOtherWordsIsOneStory() {
    List<Pair> pairs = LookAlikes.together();
    List<Pair> wrong = pairs.stream().filter(pair -> !areOneStory(pair)).toList();

    System.out.printf(
        "look-alikes: %d of %d brought together%n", pairs.size() - wrong.size(), pairs.size());
    assertThat(pairs).hasSize(60);
    assertThat(wrong).as("not joined").hasSizeLessThanOrEqualTo(share(pairs, 1 - BROUGHT_TOGETHER));
  }

  @Test
  void aStreamOfNothingButLookAlikesIsNotOneStory() {
    List<LookAlikes> texts = new ArrayList<>(LookAlikes.all());
    Collections.shuffle(texts, new Random(7));
    Map<String, String> stories = stories(texts);
    Measures measures =
        Measures.of(
            texts.stream().map(LookAlikesTest::id).toList(),
            texts.stream().map(text -> text.kind() + text.event()).toList(),
            texts.stream().map(text -> stories.get(id(text))).toList(),
            Set.of());

    System.out.printf(
        "look-alikes in one stream: P %.3f R %.3f%n", measures.precision(), measures.recall());
    assertThat(measures.precision()).isGreaterThanOrEqualTo(0.9);
    assertThat(measures.recall()).isGreaterThanOrEqualTo(0.9);
  }

  private static int share(List<Pair> pairs, double share) {
    return (int) Math.round(pairs.size() * share);
  }

  private static boolean areOneStory(Pair pair) {
    return new HashSet<>(stories(List.of(pair.one(), pair.other())).values()).size() == 1;
  }

  /** The story of each text, by article id, where they come ten minutes after one another. */
  private static Map<String, String> stories(List<LookAlikes> texts) {
    StoryEngine engine = new StoryEngine(StorySettings.DEFAULT, Long.MIN_VALUE, List.of());
    Map<String, String> stories = new HashMap<>();
    int minutes = 0;
    for (LookAlikes text : texts) {
      Wire wire =
          Wire.article("wire" + text.wording(), item(text), minutes)
              .saying(text.headline(), text.body());
      engine
          .accept(wire.enriched())
          .assignments()
          .forEach((id, now) -> stories.put(id, now.orElseThrow().getStory()));
      minutes += 10;
    }
    return stories;
  }

  private static String item(LookAlikes text) {
    return text.kind() + " " + text.event() + " " + text.wording();
  }

  private static String id(LookAlikes text) {
    return "wire" + text.wording() + "/" + item(text);
  }
}
