// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Health;
import dev.newswire.runtime.Health.State;
import dev.newswire.runtime.Stage;
import dev.newswire.runtime.UserError;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enriches raw articles until it is closed: {@link EnrichTopology} on Kafka Streams, under a
 * supervising thread. Where the cluster or the schema registry fails for longer than Kafka's own
 * retries last, the supervisor waits, twice as long each time, and starts Kafka Streams anew from
 * the last commit; so nothing is dropped and nothing spins. Any other error ends the stage.
 */
public final class EnrichStage implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(EnrichStage.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration CLOSE_TIME = Duration.ofSeconds(30);
  private static final Duration REACH_TIME = Duration.ofSeconds(20);

  private final Cluster cluster;
  private final EnrichSettings settings;
  private final MeterRegistry meters;
  private final Thread supervisor;
  private final AtomicReference<Health> health = new AtomicReference<>(Health.of(State.STARTING));
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final AtomicReference<KafkaStreams> running = new AtomicReference<>();
  private final CompletableFuture<Throwable> stopped = new CompletableFuture<>();

  /** A stage that {@link #start()} sets to work. */
  public EnrichStage(Cluster cluster, EnrichSettings settings, MeterRegistry meters) {
    this.cluster = cluster;
    this.settings = settings;
    this.meters = meters;
    supervisor = new Thread(this::supervise, "newswire-enrich");
  }

  @Override
  public String name() {
    return EnrichSettings.STAGE;
  }

  @Override
  public void start() {
    supervisor.start();
  }

  @Override
  public Health health() {
    return health.get();
  }

  @Override
  public void await() throws InterruptedException {
    supervisor.join();
    RuntimeException error = failure.get();
    if (error instanceof UserError) {
      throw error;
    }
    if (error != null) {
      throw new IllegalStateException("enrich failed: " + error.getMessage(), error);
    }
  }

  @Override
  public void close() {
    stopped.complete(null);
    KafkaStreams streams = running.get();
    if (streams != null) {
      streams.close(leavingTheGroup());
    }
    boolean interrupted = false;
    while (supervisor.isAlive()) {
      try {
        supervisor.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervise() {
    try (LiveEnricher enricher = LiveEnricher.bundled(settings, meters)) {
      enricher.warmUp();
      Duration pause = FIRST_PAUSE;
      while (!stopped.isDone()) {
        Optional<Throwable> outage = runStreams(enricher);
        if (outage.isPresent()) {
          boolean wasRunning = health.get().state() == State.RUNNING;
          pause = wasRunning ? FIRST_PAUSE : pause;
          pauseFor(pause, outage.get());
          pause =
              pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                  ? LONGEST_PAUSE
                  : pause.multipliedBy(2);
        }
      }
      health.set(Health.of(State.STOPPED));
    } catch (RuntimeException e) {
      failure.set(e);
      health.set(new Health(State.FAILED, e.getMessage() == null ? e.toString() : e.getMessage()));
    }
  }

  private void pauseFor(Duration pause, Throwable outage) {
    Health before =
        health.getAndSet(new Health(State.OUTAGE, "waits for the cluster: " + outage.getMessage()));
    if (before.state() != State.OUTAGE) {
      LOG.warn("enrich waits for the cluster: {}", outage.toString());
    }
    try {
      stopped.get(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The pause is over.
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the supervisor of enrich was interrupted", e);
    }
  }

  /** Runs Kafka Streams until the stage is stopped, or until an outage, which it returns. */
  private Optional<Throwable> runStreams(LiveEnricher enricher) {
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    try {
      requireTopics();
      try (KafkaStreams streams =
              new KafkaStreams(
                  EnrichTopology.of(
                      cluster, settings.outputTopic(), enricher, settings.selection()),
                  EnrichTopology.properties(cluster, settings));
          KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams)) {
        metrics.bindTo(meters);
        streams.setUncaughtExceptionHandler(
            error -> {
              failed.complete(error);
              return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
        streams.setStateListener((state, before) -> follow(state, failed));
        running.set(streams);
        streams.start();
        CompletableFuture.anyOf(stopped, failed).join();
        streams.close(leavingTheGroup());
      }
    } catch (RuntimeException e) {
      failed.complete(e);
    }
    if (stopped.isDone() || !failed.isDone()) {
      return Optional.empty();
    }
    Throwable error = failed.join();
    if (!(error instanceof UserError) && Outage.isCauseOf(error)) {
      return Optional.of(error);
    }
    throw error instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(error);
  }

  /** Otherwise the next to join would wait for this member's session to time out. */
  private static CloseOptions leavingTheGroup() {
    return CloseOptions.timeout(CLOSE_TIME)
        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
  }

  private void follow(KafkaStreams.State state, CompletableFuture<Throwable> failed) {
    if (state == KafkaStreams.State.RUNNING) {
      Health before = health.getAndSet(Health.of(State.RUNNING));
      if (before.state() == State.OUTAGE) {
        LOG.info("enrich goes on");
      }
    } else if (state == KafkaStreams.State.ERROR) {
      failed.complete(new IllegalStateException("Kafka Streams ended with an error"));
    }
  }

  /** Kafka Streams reports a missing topic in ways that no user could read. */
  private void requireTopics() {
    List<String> topics =
        List.of(
            cluster.topics().raw().name(),
            cluster.topics().taxonomy().name(),
            settings.outputTopic(),
            cluster.topics().deadLetters(EnrichSettings.STAGE).name());
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      admin
          .describeTopics(topics)
          .allTopicNames()
          .get(REACH_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new UserError(
            "a topic of "
                + topics
                + " does not exist on "
                + cluster.bootstrapServers()
                + ": newswire init creates them");
      }
      throw new org.apache.kafka.common.KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "no answer from " + cluster.bootstrapServers(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the supervisor of enrich was interrupted", e);
    }
  }
}
