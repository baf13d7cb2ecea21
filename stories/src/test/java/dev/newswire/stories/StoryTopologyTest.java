// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryTopologyTest {

  private static final String GROUNDED = "Ferry runs aground off Marlow Island";
  private static final String FREED = "Tugs free ferry Lady Ashby off Marlow Island";

  private final Cluster cluster = Cluster.at("localhost:1", Cluster.IN_PROCESS_REGISTRY);
  private TopologyTestDriver driver;
  private TestInputTopic<String, EnrichedArticle> enriched;
  private TestOutputTopic<String, StoryAssignment> assignments;
  private TestOutputTopic<String, Story> stories;

  @BeforeEach
  void start(@TempDir Path folder) {
    StoriesSettings settings = StoriesSettings.live(cluster, folder);
    driver =
        new TopologyTestDriver(
            StoryTopology.of(cluster, settings), StoryTopology.properties(cluster, settings));
    enriched =
        driver.createInputTopic(
            cluster.topics().enriched().name(),
            new StringSerializer(),
            cluster.serializer(cluster.topics().enriched()));
    assignments =
        driver.createOutputTopic(
            cluster.topics().storyAssignments().name(),
            new StringDeserializer(),
            cluster.deserializer(cluster.topics().storyAssignments()));
    stories =
        driver.createOutputTopic(
            cluster.topics().stories().name(),
            new StringDeserializer(),
            cluster.deserializer(cluster.topics().stories()));
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void twoArticlesAboutOneEventAreOneStory() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("post", "1", 60).saying(FREED, Wire.MORE_ON_THE_FERRY));

    Map<String, StoryAssignment> assigned = assignments.readKeyValuesToMap();
    assertThat(assigned.get("post/1").getStory()).isEqualTo(assigned.get("wire/1").getStory());
    assertThat(assigned.get("post/1").getCopyGroup()).isNull();
    Story story = stories.readKeyValuesToMap().get(assigned.get("wire/1").getStory());
    assertThat(story.getArticles()).isEqualTo(2);
    assertThat(story.getOriginals()).isEqualTo(2);
    assertThat(story.getProviders()).containsExactly("wire", "post");
    assertThat(story.getLead()).isEqualTo("wire/1");
    assertThat(story.getHeadline()).isEqualTo(GROUNDED);
  }

  @Test
  void anotherEventIsAnotherStory() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("wire", "2", 5).saying("Alvarez is mayor of Dunmore", Wire.ELECTION));

    Map<String, StoryAssignment> assigned = assignments.readKeyValuesToMap();
    assertThat(assigned.get("wire/1").getStory()).isNotEqualTo(assigned.get("wire/2").getStory());
  }

  @Test
  void theSameTextUnderAnotherHeadlineIsACopyOfTheEarlierOne() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("post", "1", 60).saying("Passengers safe after accident", Wire.FERRY));

    Map<String, StoryAssignment> assigned = assignments.readKeyValuesToMap();
    assertThat(assigned.get("post/1").getCopyOf()).isEqualTo("wire/1");
    assertThat(assigned.get("post/1").getCopyGroup()).isEqualTo("wire/1");
    assertThat(assigned.get("wire/1").getCopyGroup()).isEqualTo("wire/1");
    assertThat(assigned.get("wire/1").getCopyOf()).isNull();
    assertThat(onlyStory().getOriginals()).isEqualTo(1);
  }

  @Test
  void aLateArticleWithAnEarlierTimeIsTheOriginal() {
    send(Wire.article("post", "1", 60).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));

    assertThat(assignments.readKeyValuesToMap().get("post/1").getCopyOf()).isEqualTo("wire/1");
    assertThat(onlyStory().getLead()).isEqualTo("wire/1");
  }

  @Test
  void languagesAreKeptApart() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("wire", "2", 1).saying(GROUNDED, Wire.FERRY).language("de"));

    assertThat(stories.readKeyValuesToMap()).hasSize(2);
  }

  @Test
  void aKilledArticleLeavesItsStoryAndNeverLeadsAgain() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("post", "1", 60).saying(FREED, Wire.MORE_ON_THE_FERRY));
    stories.readKeyValuesToList();

    send(Wire.article("wire", "1", 70).version(2).status(Status.CANCELED));

    assertThat(onlyStory().getHeadline()).isEqualTo(FREED);
    Map<String, StoryAssignment> assigned = assignments.readKeyValuesToMap();
    assertThat(assigned).containsKey("wire/1");
    assertThat(assigned.get("wire/1")).isNull();
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    assertThat(stories.isEmpty()).as("what was killed does not come back").isTrue();
  }

  @Test
  void aKillInAnotherLanguageOrNoneIsAKill() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("wire", "1", 70).version(2).status(Status.CANCELED).language(null));

    assertThat(stories.readKeyValuesToMap().values()).containsOnlyNulls();
  }

  @Test
  void anEmptiedStoryIsATombstone() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    String story = assignments.readValue().getStory();
    send(Wire.article("wire", "1", 70).version(2).status(Status.WITHHELD));

    Map<String, Story> last = stories.readKeyValuesToMap();
    assertThat(last).containsOnlyKeys(story);
    assertThat(last.get(story)).isNull();
  }

  @Test
  void aKillAfterTheWindowStillWithdraws() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("wire", "2", 10 * 24 * 60).saying("Alvarez is mayor", Wire.ELECTION));
    String story = assignments.readKeyValuesToMap().get("wire/1").getStory();

    send(Wire.article("wire", "1", 11 * 24 * 60).version(2).status(Status.CANCELED));

    assertThat(stories.readKeyValuesToMap().get(story)).isNull();
  }

  @Test
  void anArticleUnderEmbargoNeitherLeadsNorCountsBeforeItsMoment() {
    send(
        Wire.article("wire", "1", 0)
            .saying(GROUNDED, Wire.FERRY)
            .embargoedFor(Duration.ofMinutes(90)));
    assertThat(onlyStory().getLead()).isNull();
    send(Wire.article("post", "1", 60).saying(FREED, Wire.MORE_ON_THE_FERRY));
    Story before = onlyStory();
    assertThat(before.getHeadline()).isEqualTo(FREED);
    assertThat(before.getArticles()).isEqualTo(1);

    send(Wire.article("wire", "2", 91).saying("Alvarez is mayor of Dunmore", Wire.ELECTION));

    assertThat(stories.readKeyValuesToMap().get(before.getId()).getLead()).isEqualTo("wire/1");
  }

  @Test
  void anEmbargoThatComesLateHidesTheArticleUntilItsMoment() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("post", "1", 10).saying(FREED, Wire.MORE_ON_THE_FERRY));
    stories.readKeyValuesToList();

    send(
        Wire.article("wire", "1", 20)
            .version(2)
            .saying(GROUNDED, Wire.FERRY)
            .embargoedFor(Duration.ofMinutes(90)));
    Story hidden = onlyStory();
    assertThat(hidden.getHeadline()).isEqualTo(FREED);
    assertThat(hidden.getArticles()).isEqualTo(1);

    send(Wire.article("wire", "2", 91).saying("Alvarez is mayor of Dunmore", Wire.ELECTION));
    assertThat(stories.readKeyValuesToMap().get(hidden.getId()).getArticles()).isEqualTo(2);
  }

  @Test
  void theNoticeOfAKillIsInNoStory() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    stories.readKeyValuesToList();

    send(Wire.article("wire", "2", 5).saying("KILL - " + GROUNDED, Wire.FERRY).signal("kill"));

    assertThat(stories.isEmpty()).isTrue();
    assertThat(assignments.readKeyValuesToMap()).doesNotContainKey("wire/2");
  }

  @Test
  void anArticleThatBecomesANoticeLeavesItsStory() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(
        Wire.article("wire", "1", 5)
            .version(2)
            .saying("WITHDRAWN-" + GROUNDED, Wire.FERRY)
            .signal("withdrawn"));

    assertThat(assignments.readKeyValuesToMap().get("wire/1")).isNull();
    assertThat(stories.readKeyValuesToMap().values()).containsOnlyNulls();
  }

  @Test
  void anEnrichmentOfTheSameTextMovesNothing() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("post", "1", 60).saying(FREED, Wire.MORE_ON_THE_FERRY));
    assignments.readKeyValuesToList();
    stories.readKeyValuesToList();

    send(Wire.article("post", "1", 60).saying(FREED, Wire.MORE_ON_THE_FERRY).taxonomy(2));

    assertThat(assignments.isEmpty()).isTrue();
    assertThat(stories.isEmpty()).isTrue();
  }

  @Test
  void aRevisionThatMendsTheTextStaysInItsStory() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("post", "1", 60).saying(FREED, Wire.MORE_ON_THE_FERRY));
    String story = assignments.readValue().getStory();

    send(
        Wire.article("post", "1", 80)
            .version(2)
            .saying(FREED, Wire.MORE_ON_THE_FERRY.replace("hours", "nine hours")));

    assertThat(assignments.readKeyValuesToMap().get("post/1").getStory()).isEqualTo(story);
  }

  @Test
  void aRevisionAboutSomethingElseLeavesItsStory() {
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));
    send(Wire.article("post", "1", 60).saying(FREED, Wire.MORE_ON_THE_FERRY));
    String story = assignments.readValue().getStory();

    send(Wire.article("post", "1", 80).version(2).saying("Alvarez is mayor", Wire.ELECTION));

    assertThat(assignments.readKeyValuesToMap().get("post/1").getStory()).isNotEqualTo(story);
    assertThat(stories.readKeyValuesToMap().get(story).getArticles()).isEqualTo(1);
  }

  @Test
  void anOlderRevisionThatComesLateChangesNothing() {
    send(Wire.article("wire", "1", 10).version(2).saying(GROUNDED, Wire.FERRY));
    stories.readKeyValuesToList();

    send(Wire.article("wire", "1", 0).version(1).saying("Alvarez is mayor", Wire.ELECTION));

    assertThat(stories.isEmpty()).isTrue();
  }

  @Test
  void whatCannotBeReadDoesNotStopTheStage() {
    TestInputTopic<String, byte[]> raw =
        driver.createInputTopic(
            cluster.topics().enriched().name(), new StringSerializer(), new ByteArraySerializer());
    raw.pipeInput("wire/0", new byte[] {1, 2, 3});
    send(Wire.article("wire", "1", 0).saying(GROUNDED, Wire.FERRY));

    assertThat(onlyStory().getHeadline()).isEqualTo(GROUNDED);
  }

  /** The last record of the only story that changed. */
  private Story onlyStory() {
    Map<String, Story> last = stories.readKeyValuesToMap();
    assertThat(last).hasSize(1);
    return last.values().iterator().next();
  }

  private void send(Wire article) {
    EnrichedArticle value = article.enriched();
    enriched.pipeInput(value.getArticle().getId(), value);
  }
}
