// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.runtime.Cluster;
import dev.newswire.stories.StoriesSettings;
import dev.newswire.stories.StorySettings;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How articles are grouped into copies and stories. */
public final class StoriesOptions {

  private static final Duration SHORTEST = Duration.ofHours(1);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private Duration storyWindow = StorySettings.DEFAULT.storyWindow();

  @Option(
      names = "--story-window",
      paramLabel = "DURATION",
      description =
          "An article joins a story while one of its articles is no older than this, by their own"
              + " times; from 1h to 30d. Default: 4d.")
  void setStoryWindow(Duration time) {
    storyWindow =
        OptionTypes.inRange(spec, "--story-window", time, SHORTEST, StorySettings.DEFAULT.memory());
  }

  private Duration copyWindow = StorySettings.DEFAULT.copyWindow();

  @Option(
      names = "--copy-window",
      paramLabel = "DURATION",
      description =
          "An article is a copy only of one no older than this; from 1h to the --story-window."
              + " Default: 3d.")
  void setCopyWindow(Duration time) {
    copyWindow =
        OptionTypes.inRange(spec, "--copy-window", time, SHORTEST, StorySettings.DEFAULT.memory());
  }

  private int standbys;

  @Option(
      names = "--story-standbys",
      paramLabel = "NUMBER",
      description =
          "Further instances that keep a copy of the state, so that one takes over at once, from 0 to"
              + " 8. Default: 0. With the group protocol streams the brokers say so"
              + " (streams.num.standby.replicas of the group).")
  void setStandbys(int number) {
    standbys = OptionTypes.inRange(spec, "--story-standbys", number, 0, 8);
  }

  /** Refuses a window for copies that is longer than that for stories. */
  public void check() {
    OptionTypes.checkOrder(spec, "--copy-window", copyWindow, "--story-window", storyWindow);
  }

  public StoriesSettings settings(Cluster cluster, Path stateFolder) {
    check();
    return StoriesSettings.live(
        cluster,
        stateFolder,
        new StorySettings(storyWindow, copyWindow, StorySettings.DEFAULT.memory()),
        standbys);
  }
}
