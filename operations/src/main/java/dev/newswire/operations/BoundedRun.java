// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.operations.CommittedRecords.Span;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Health.State;
import dev.newswire.runtime.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * A run of a stage that ends by itself: once its consumer group has committed certain parts of a
 * topic, or when the process is told to stop, which then waits for the stage to be closed.
 */
public final class BoundedRun {

  private static final Duration LOOK = Duration.ofMillis(250);

  private final Cluster cluster;
  private final Offsets offsets;
  private final String group;
  private final Map<TopicPartition, Span> spans;
  private final int patientLooks;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * A run.
   *
   * @param spans what the group is to commit
   * @param patientLooks after so many looks without progress what is left may be markers of
   *     transactions alone
   */
  public BoundedRun(
      Cluster cluster,
      Admin admin,
      String group,
      Map<TopicPartition, Span> spans,
      int patientLooks) {
    this.cluster = cluster;
    this.offsets = new Offsets(admin);
    this.group = group;
    this.spans = spans;
    this.patientLooks = patientLooks;
  }

  /** Does all of the work; a process that is told to stop waits for its end. */
  public boolean stoppable(BooleanSupplier work) {
    Thread hook = new Thread(this::stopAndWait, "stop-bounded-run");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.getAsBoolean();
    } finally {
      ended.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending, and the hook with it.
      }
    }
  }

  /**
   * Starts the stage, and waits.
   *
   * @param progress told how many offsets are not committed yet
   * @return whether all is committed; the stage is the caller's to close
   */
  public boolean await(Stage stage, LongConsumer progress) {
    stage.start();
    try (CommittedRecords records = new CommittedRecords(cluster)) {
      return follow(stage, records, progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean follow(Stage stage, CommittedRecords records, LongConsumer progress)
      throws InterruptedException {
    long before = -1;
    int looks = 0;
    do {
      if (stage.health().state() == State.FAILED) {
        stage.await();
      }
      Map<TopicPartition, Span> left = left();
      long open = left.values().stream().mapToLong(Span::offsets).sum();
      looks = open == before ? looks + 1 : 0;
      before = open;
      if (open == 0 || (looks >= patientLooks && isOnlyMarkers(records, left))) {
        return true;
      }
      progress.accept(open);
    } while (!stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    return false;
  }

  /** Whether no record is left, but markers of transactions. */
  private static boolean isOnlyMarkers(CommittedRecords records, Map<TopicPartition, Span> left) {
    // Long spans hold records for certain, and are not worth the reading.
    if (left.values().stream().anyMatch(span -> span.offsets() > CommittedRecords.EXACT_OFFSETS)) {
      return false;
    }
    Map<TopicPartition, CommittedRecords.Content> contents = records.read(left);
    return contents.keySet().containsAll(left.keySet())
        && contents.values().stream().allMatch(content -> content.count().records() == 0);
  }

  private Map<TopicPartition, Span> left() {
    Map<TopicPartition, Long> committed = offsets.committed(group);
    Map<TopicPartition, Span> left = new HashMap<>();
    spans.forEach(
        (partition, span) -> {
          long at = committed.getOrDefault(partition, span.from());
          if (at < span.to()) {
            left.put(partition, new Span(Math.max(at, span.from()), span.to()));
          }
        });
    return left;
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
