// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.schemas.Cluster;

/** How the groups of replays are named. */
final class ReplayPlan {

  private static final String PLAN = ".plan";

  private ReplayPlan() {}

  /** Whether a group is that of a replay. */
  static boolean isReplay(Cluster cluster, String group) {
    return group.startsWith(cluster.group("replay-")) && !group.endsWith(PLAN);
  }

  /** The group whose offsets are where the replay of a group ends. */
  static String planGroup(String group) {
    return group + PLAN;
  }
}
