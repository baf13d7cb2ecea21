// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Random interleavings of new articles, copies, revisions, kills, embargoes, repeats and late
 * records: whatever dies when, the same log gives the same records.
 */
class DeterminismTest {

  private static final int RECORDS = 400;
  private static final String[] PLACES = {"Dunmore", "Melton", "Ashby", "Linden", "Brackley"};
  private static final String[] EVENTS = {
    "a fire in the old harbour warehouse",
    "the strike of the tram drivers",
    "a trial of two bankers",
    "the flood on the river",
    "a vote on the new stadium"
  };

  @RepeatedTest(10)
  void twoRunsAndOneWithRestartsGiveTheSameRecords() {
    long seed = new Random().nextLong();
    List<EnrichedArticle> log = log(new Random(seed));

    List<String> once = run(log, Integer.MAX_VALUE);

    assertThat(run(log, Integer.MAX_VALUE)).as("seed %d", seed).isEqualTo(once);
    assertThat(run(log, 7)).as("restarted every 7 records, seed %d", seed).isEqualTo(once);
    assertThat(once).as("seed %d", seed).hasSizeGreaterThan(RECORDS / 2);
  }

  @RepeatedTest(10)
  void noStoryCountsAnArticleThatIsNotInIt() {
    long seed = new Random().nextLong();
    List<EnrichedArticle> log = log(new Random(seed));
    StoryEngine engine = new StoryEngine(StorySettings.DEFAULT, Long.MIN_VALUE, List.of());
    Map<String, String> storyOf = new HashMap<>();
    Map<String, Integer> counted = new HashMap<>();
    for (EnrichedArticle article : log) {
      // Without embargoes a story counts all its articles.
      article.getArticle().setEmbargo(null);
      Changes changes = engine.accept(article);
      changes
          .assignments()
          .forEach(
              (id, now) ->
                  now.ifPresentOrElse(
                      value -> storyOf.put(id, value.getStory()), () -> storyOf.remove(id)));
      changes
          .stories()
          .forEach(
              (id, now) ->
                  now.filter(story -> story.getMergedInto() == null)
                      .ifPresentOrElse(
                          story -> counted.put(id, story.getArticles()), () -> counted.remove(id)));
    }
    Map<String, Integer> members = new HashMap<>();
    storyOf.values().forEach(story -> members.merge(story, 1, Integer::sum));
    assertThat(counted).as("seed %d", seed).isEqualTo(members);
  }

  /** What is written, in order, by an engine that is made anew of its state every so often. */
  private static List<String> run(List<EnrichedArticle> log, int lifetime) {
    Map<String, byte[]> state = new HashMap<>();
    List<String> written = new ArrayList<>();
    StoryEngine engine = new StoryEngine(StorySettings.DEFAULT, Long.MIN_VALUE, List.of());
    int lived = 0;
    for (EnrichedArticle article : log) {
      if (lived++ == lifetime) {
        engine =
            new StoryEngine(
                StorySettings.DEFAULT,
                engine.time(),
                state.values().stream().map(StateFormat::read).toList());
        lived = 1;
      }
      Changes changes = engine.accept(article);
      changes
          .articles()
          .forEach(
              (id, member) ->
                  member.ifPresentOrElse(
                      value -> state.put(id, StateFormat.write(value)), () -> state.remove(id)));
      changes.assignments().forEach((id, value) -> written.add(id + " " + value));
      changes.stories().forEach((id, value) -> written.add(id + " " + value));
    }
    return written;
  }

  private static List<EnrichedArticle> log(Random random) {
    List<EnrichedArticle> log = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      if (!log.isEmpty() && random.nextInt(10) == 0) {
        log.add(log.get(random.nextInt(log.size())));
        continue;
      }
      int item = random.nextInt(RECORDS / 2);
      int minutes = i * 30 - (random.nextInt(8) == 0 ? random.nextInt(8 * 24 * 60) : 0);
      String place = PLACES[random.nextInt(PLACES.length)];
      String event = EVENTS[random.nextInt(EVENTS.length)];
      Wire article =
          Wire.article("p" + item % 4, "i" + item, minutes)
              .version(random.nextInt(4))
              .saying("In " + place + ": " + event, text(place, event, random));
      if (random.nextInt(8) == 0) {
        article.status(random.nextBoolean() ? Status.CANCELED : Status.WITHHELD);
      }
      if (random.nextInt(8) == 0) {
        article.embargoedFor(Duration.ofMinutes(minutes + random.nextInt(300)));
      }
      log.add(article.enriched());
    }
    return log;
  }

  private static String text(String place, String event, Random random) {
    int variant = random.nextInt(3);
    return ("People of " + place + " spoke of nothing but " + event + " on that day, when ")
        + ("witness number " + variant + " came to the town hall of " + place + " and told all ")
        + ("that was known of " + event + ", its causes, its cost of " + (variant + 3))
        + " million crowns and the minister who had not come to see it.";
  }
}
