// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.EnrichStage;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.GroupProtocol;
import dev.newswire.runtime.UserError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Carries out a plan that is on the brokers: the stage of live traffic, on a part of the topic,
 * until the group has committed all of it. A replay that is stopped or killed leaves the plan, and
 * another process goes on from the last commit.
 */
public final class Replay {

  /** After so many looks without progress what is left may be markers of transactions alone. */
  private static final int PATIENT_LOOKS = 4;

  private final Cluster cluster;
  private final Admin admin;
  private final EnrichSettings settings;
  private final ReplayPlan plan;
  private final BoundedRun run;

  public Replay(Cluster cluster, Admin admin, EnrichSettings settings, ReplayPlan plan) {
    this.cluster = withShortSession(cluster);
    this.admin = admin;
    this.settings = settings;
    this.plan = plan;
    this.run = new BoundedRun(this.cluster, admin, plan.group(), plan.spans(), PATIENT_LOOKS);
  }

  /** So that a killed replay can be resumed soon. */
  private static Cluster withShortSession(Cluster cluster) {
    Map<String, String> properties = new HashMap<>(Map.of("session.timeout.ms", "10000"));
    properties.putAll(cluster.kafkaProperties());
    return new Cluster(
        cluster.bootstrapServers(),
        cluster.schemaRegistryUrl(),
        cluster.prefix(),
        properties,
        GroupProtocol.CLASSIC);
  }

  /**
   * Works until all is done, or the process is told to stop.
   *
   * @param whenStopped told that it was stopped, before the process ends
   * @return whether all is done; the plan is then off the brokers
   */
  public boolean run(ReplaySelection selection, ProgressListener progress, Runnable whenStopped) {
    return run.stoppable(
        () -> {
          boolean done = enrich(selection, progress);
          if (done) {
            plan.delete(admin);
          } else {
            whenStopped.run();
          }
          return done;
        });
  }

  private boolean enrich(ReplaySelection selection, ProgressListener progress) {
    Path folder = temporaryFolder();
    EnrichSettings replaying =
        settings.replaying(plan.group(), plan.outputTopic(), folder, selection);
    try (EnrichStage stage = new EnrichStage(cluster, replaying, new SimpleMeterRegistry())) {
      return run.await(
          stage, open -> progress.at(selection.read(), 1 - open / (double) plan.offsets()));
    } finally {
      delete(folder);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("newswire-replay-");
    } catch (IOException e) {
      throw new UserError("can't make a temporary folder: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
