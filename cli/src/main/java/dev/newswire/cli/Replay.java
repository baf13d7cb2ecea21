// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.cli.CommittedRecords.Span;
import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.EnrichStage;
import dev.newswire.schemas.Cluster;
import dev.newswire.schemas.Health.State;
import dev.newswire.schemas.UserError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Carries out a plan that is on the brokers: the stage of live traffic, on a part of the topic,
 * until the group has committed all of it. A replay that is stopped or killed leaves the plan, and
 * another process goes on from the last commit.
 */
final class Replay {

  private static final Duration LOOK = Duration.ofMillis(250);

  /** After so many looks without progress what is left may be markers of transactions alone. */
  private static final int PATIENT_LOOKS = 4;

  private final Cluster cluster;
  private final Admin admin;
  private final EnrichSettings settings;
  private final ReplayPlan plan;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  Replay(Cluster cluster, Admin admin, EnrichSettings settings, ReplayPlan plan) {
    this.cluster = withShortSession(cluster);
    this.admin = admin;
    this.settings = settings;
    this.plan = plan;
  }

  /** So that a killed replay can be resumed soon. */
  private static Cluster withShortSession(Cluster cluster) {
    Map<String, String> properties = new HashMap<>(Map.of("session.timeout.ms", "10000"));
    properties.putAll(cluster.kafkaProperties());
    return new Cluster(
        cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.prefix(), properties);
  }

  /**
   * Works until all is done, or the process is told to stop.
   *
   * @param whenStopped told that it was stopped, before the process ends
   * @return whether all is done; the plan is then off the brokers
   */
  boolean run(ReplaySelection selection, Progress progress, Runnable whenStopped) {
    Thread hook = new Thread(this::stopAndWait, "stop-replay");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      boolean done = enrich(selection, progress);
      progress.end();
      if (done) {
        plan.delete(admin);
      } else {
        whenStopped.run();
      }
      return done;
    } finally {
      ended.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending, and the hook with it.
      }
    }
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean enrich(ReplaySelection selection, Progress progress) {
    Path folder = temporaryFolder();
    EnrichSettings replaying =
        settings.replaying(plan.group(), plan.outputTopic(), selection).withStateFolder(folder);
    try (CommittedRecords records = new CommittedRecords(cluster);
        EnrichStage stage = new EnrichStage(cluster, replaying, new SimpleMeterRegistry())) {
      stage.start();
      return follow(stage, selection, records, progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      delete(folder);
    }
  }

  private boolean follow(
      EnrichStage stage, ReplaySelection selection, CommittedRecords records, Progress progress)
      throws InterruptedException {
    Offsets offsets = new Offsets(admin);
    long before = -1;
    int looks = 0;
    do {
      if (stage.health().state() == State.FAILED) {
        stage.await();
      }
      Map<TopicPartition, Span> left = left(offsets.committed(plan.group()));
      long open = left.values().stream().mapToLong(Span::offsets).sum();
      looks = open == before ? looks + 1 : 0;
      before = open;
      if (open == 0 || (looks >= PATIENT_LOOKS && isOnlyMarkers(records, left))) {
        return true;
      }
      progress.at(selection.read(), 1 - open / (double) plan.offsets());
    } while (!stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    return false;
  }

  /** Whether no record is left, but markers of transactions. */
  static boolean isOnlyMarkers(CommittedRecords records, Map<TopicPartition, Span> left) {
    // Long spans hold records for certain, and are not worth the reading.
    if (left.values().stream().anyMatch(span -> span.offsets() > CommittedRecords.EXACT_OFFSETS)) {
      return false;
    }
    Map<TopicPartition, CommittedRecords.Content> contents = records.read(left);
    return contents.keySet().containsAll(left.keySet())
        && contents.values().stream().allMatch(content -> content.count().records() == 0);
  }

  private Map<TopicPartition, Span> left(Map<TopicPartition, Long> committed) {
    Map<TopicPartition, Span> left = new HashMap<>();
    plan.spans()
        .forEach(
            (partition, span) -> {
              long at = committed.getOrDefault(partition, span.from());
              if (at < span.to()) {
                left.put(partition, new Span(Math.max(at, span.from()), span.to()));
              }
            });
    return left;
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
