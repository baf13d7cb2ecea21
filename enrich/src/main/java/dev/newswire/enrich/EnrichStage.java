// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

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

/** Enriches raw articles until it is closed: {@link EnrichTopology} on Kafka Streams. */
public final class EnrichStage implements Stage {

  private final Cluster cluster;
  private final EnrichSettings settings;
  private final StageThread thread;

  /** A stage that {@link #start()} sets to work. */
  public EnrichStage(Cluster cluster, EnrichSettings settings, MeterRegistry meters) {
    this.cluster = cluster;
    this.settings = settings;
    thread =
        new StageThread(
            EnrichSettings.STAGE,
            StreamsWork.backoff(),
            () ->
                new StreamsWork(
                    EnrichSettings.STAGE,
                    cluster,
                    new Program(
                        LiveEnricher.bundled(settings.replacements(), settings.limits(), meters)),
                    meters));
  }

  @Override
  public String name() {
    return EnrichSettings.STAGE;
  }

  @Override
  public void start() {
    thread.start(cluster.about(settings.applicationId()));
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

  /** The application; its enricher outlives an outage. */
  private final class Program implements StreamsProgram {

    private final LiveEnricher enricher;

    Program(LiveEnricher enricher) {
      this.enricher = enricher;
      enricher.warmUp();
    }

    @Override
    public List<String> topics() {
      return List.of(
          cluster.topics().raw().name(),
          cluster.topics().taxonomy().name(),
          settings.outputTopic(),
          cluster.topics().deadLetters(EnrichSettings.STAGE).name());
    }

    @Override
    public Topology topology() {
      return EnrichTopology.of(cluster, settings.outputTopic(), enricher, settings.selection());
    }

    @Override
    public Properties properties() {
      return EnrichTopology.properties(cluster, settings);
    }

    @Override
    public void close() {
      enricher.close();
    }
  }
}
