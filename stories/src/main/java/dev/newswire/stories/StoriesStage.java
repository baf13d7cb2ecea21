// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Health;
import dev.newswire.runtime.Stage;
import dev.newswire.runtime.StageThread;
import dev.newswire.runtime.streams.StreamsProgram;
import dev.newswire.runtime.streams.StreamsWork;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.Topology;

/** Groups enriched articles until it is closed: {@link StoryTopology} on Kafka Streams. */
public final class StoriesStage implements Stage {

  private final Cluster cluster;
  private final StoriesSettings settings;
  private final StageThread thread;

  /** A stage that {@link #start()} sets to work. */
  public StoriesStage(Cluster cluster, StoriesSettings settings, MeterRegistry meters) {
    this.cluster = cluster;
    this.settings = settings;
    thread =
        new StageThread(
            StoriesSettings.STAGE,
            StreamsWork.backoff(),
            () -> new StreamsWork(StoriesSettings.STAGE, cluster, new Program(), meters));
  }

  @Override
  public String name() {
    return StoriesSettings.STAGE;
  }

  @Override
  public void start() {
    thread.start(
        cluster.about(settings.applicationId())
            + ", windows of "
            + settings.windows().storyWindow().toHours()
            + " h for stories and "
            + settings.windows().copyWindow().toHours()
            + " h for copies");
  }

  @Override
  public Health health() {
    return thread.health();
  }

  @Override
  public void await() throws InterruptedException {
    thread.await();
  }

  @Override
  public void close() {
    thread.close();
  }

  /** The application; its state is Kafka Streams' own. */
  private final class Program implements StreamsProgram {

    @Override
    public List<String> topics() {
      return List.of(
          cluster.topics().enriched().name(),
          settings.assignmentsTopic(),
          settings.storiesTopic(),
          cluster.topics().deadLetters(StoriesSettings.STAGE).name());
    }

    @Override
    public Topology topology() {
      return StoryTopology.of(cluster, settings);
    }

    @Override
    public Properties properties() {
      return StoryTopology.properties(cluster, settings);
    }

    @Override
    public void close() {}
  }
}
