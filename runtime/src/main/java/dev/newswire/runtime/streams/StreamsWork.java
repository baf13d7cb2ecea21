// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.streams;

import dev.newswire.runtime.Backoff;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.StageThread;
import dev.newswire.runtime.UserError;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a Kafka Streams application, looks after it, and closes it. Where the cluster or the
 * schema registry fails for longer than Kafka's own retries last, the stage waits, twice as long
 * each time, and Kafka Streams starts anew from the last commit; so nothing is dropped and nothing
 * spins. Any other error ends the stage. Used by the stage's one thread.
 */
public final class StreamsWork implements StageThread.Work {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsWork.class);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration CLOSE_TIME = Duration.ofSeconds(30);
  private static final Duration REACH_TIME = Duration.ofSeconds(20);

  private final String stage;
  private final Cluster cluster;
  private final StreamsProgram program;
  private final MeterRegistry meters;

  /** Told of every change of the state of Kafka Streams, so that it is seen at once. */
  private final BlockingQueue<KafkaStreams.State> changes = new LinkedBlockingQueue<>();

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private Optional<KafkaStreams> running = Optional.empty();
  private Optional<KafkaStreamsMetrics> metrics = Optional.empty();

  /**
   * The work of a stage.
   *
   * @param stage its name, for the log
   * @param program what it runs; closed with it
   */
  public StreamsWork(String stage, Cluster cluster, StreamsProgram program, MeterRegistry meters) {
    this.stage = stage;
    this.cluster = cluster;
    this.program = program;
    this.meters = meters;
  }

  /** The pauses of an outage. */
  public static Backoff backoff() {
    return new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  }

  @Override
  public boolean round() {
    if (running.isEmpty()) {
      begin();
    }
    await(LOOK);
    Throwable error = failure.get();
    if (error != null) {
      end();
      throw thrown(error);
    }
    return running.orElseThrow().state() == KafkaStreams.State.RUNNING;
  }

  private void begin() {
    requireTopics();
    failure.set(null);
    changes.clear();
    KafkaStreams streams = new KafkaStreams(program.topology(), program.properties());
    running = Optional.of(streams);
    KafkaStreamsMetrics bound = new KafkaStreamsMetrics(streams);
    metrics = Optional.of(bound);
    bound.bindTo(meters);
    streams.setUncaughtExceptionHandler(
        error -> {
          failure.compareAndSet(null, error);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener((state, before) -> follow(streams, state));
    streams.start();
  }

  private void follow(KafkaStreams streams, KafkaStreams.State state) {
    if (state == KafkaStreams.State.ERROR) {
      failure.compareAndSet(null, new IllegalStateException("Kafka Streams ended with an error"));
    } else if (state == KafkaStreams.State.RUNNING) {
      LOG.info("{} has {}", stage, partitions(streams));
    }
    changes.add(state);
  }

  private static List<String> partitions(KafkaStreams streams) {
    return streams.metadataForLocalThreads().stream()
        .flatMap(local -> local.activeTasks().stream())
        .flatMap(task -> task.topicPartitions().stream())
        .map(TopicPartition::toString)
        .sorted()
        .toList();
  }

  private void await(Duration longest) {
    try {
      if (changes.poll(longest.toMillis(), TimeUnit.MILLISECONDS) != null) {
        changes.clear();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private IllegalStateException interrupted(InterruptedException cause) {
    return new IllegalStateException("the thread of " + stage + " was interrupted", cause);
  }

  private static RuntimeException thrown(Throwable error) {
    if (error instanceof Error fatal) {
      throw fatal;
    }
    return error instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(error);
  }

  /** Lets Kafka Streams end; what it has not committed is read again. */
  private void end() {
    running.ifPresent(streams -> streams.close(leavingTheGroup()));
    metrics.ifPresent(KafkaStreamsMetrics::close);
    running = Optional.empty();
    metrics = Optional.empty();
  }

  /** Otherwise the next to join would wait for this member's session to time out. */
  private static CloseOptions leavingTheGroup() {
    return CloseOptions.timeout(CLOSE_TIME)
        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
  }

  @Override
  public void idle(Duration longest) {
    end();
    await(longest);
  }

  @Override
  public void close() {
    end();
    program.close();
  }

  /** Kafka Streams reports a missing topic in ways that no user could read. */
  private void requireTopics() {
    List<String> topics = program.topics();
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
      throw interrupted(e);
    }
  }
}
