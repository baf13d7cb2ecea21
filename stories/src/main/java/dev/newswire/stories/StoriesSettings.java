// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.runtime.Cluster;
import java.nio.file.Path;

/**
 * What can be set of a stage of stories.
 *
 * @param applicationId Kafka Streams' application id, which is also the consumer group, and what
 *     the names of its internal topics and the transactional ids begin with
 * @param assignmentsTopic full name of the topic that assignments are written to
 * @param storiesTopic full name of the topic that stories are written to
 * @param windows how far back articles are compared
 * @param standbys further instances that keep a copy of the state, so that one of them takes over
 *     at once; 0 for none
 * @param stateFolder where Kafka Streams keeps its lock and checkpoints
 */
public record StoriesSettings(
    String applicationId,
    String assignmentsTopic,
    String storiesTopic,
    StorySettings windows,
    int standbys,
    Path stateFolder) {

  /** Name of the stage in its consumer group and its dead-letter topic. */
  public static final String STAGE = "stories";

  /** Checks the number of standbys. */
  public StoriesSettings {
    if (standbys < 0) {
      throw new IllegalArgumentException("standbys is " + standbys + ": it must be at least 0");
    }
  }

  /** The settings of live traffic: the usual windows, no standby. */
  public static StoriesSettings live(Cluster cluster, Path stateFolder) {
    return live(cluster, stateFolder, StorySettings.DEFAULT, 0);
  }

  /** The settings of live traffic. */
  public static StoriesSettings live(
      Cluster cluster, Path stateFolder, StorySettings windows, int standbys) {
    return new StoriesSettings(
        cluster.group(STAGE),
        cluster.topics().storyAssignments().name(),
        cluster.topics().stories().name(),
        windows,
        standbys,
        stateFolder);
  }

  /** Full name of the internal topic in which all articles are in one order. */
  public String orderTopic() {
    return orderTopic(applicationId);
  }

  /** Full name of the internal topic that holds the state, as {@link StoryRebuild#state()} is. */
  public String stateTopic() {
    return applicationId + "-" + StoryTopology.ARTICLES + "-changelog";
  }

  /** Full name of the internal topic in which an application has all articles in one order. */
  public static String orderTopic(String applicationId) {
    return applicationId + "-" + StoryTopology.IN_ORDER + "-repartition";
  }
}
