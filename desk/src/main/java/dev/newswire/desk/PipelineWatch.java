// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.operations.PipelineStatus;
import dev.newswire.operations.StageStatus;
import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers now and then how the stages keep up, and remembers an hour of it, so that any
 * number of pages cost the brokers no more than one. Thread-safe.
 */
final class PipelineWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(3);
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Cluster cluster;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(PipelineWatch::thread);
  private final Deque<Look> looks = new ArrayDeque<>();
  private Optional<Admin> admin = Optional.empty();
  private Optional<PipelineStatus> status = Optional.empty();
  private Optional<String> trouble = Optional.of("nobody has looked yet");

  /** What was seen at a moment. */
  private record Look(Instant at, List<StageStatus> stages) {}

  PipelineWatch(Cluster cluster) {
    this.cluster = cluster;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "newswire-watch");
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      if (status.isEmpty()) {
        admin = Optional.of(Admin.create(cluster.clientProperties()));
        status = Optional.of(new PipelineStatus(cluster, admin.get(), Clock.systemUTC()));
      }
      remember(status.get().read(Topics.STAGES));
    } catch (KafkaException e) {
      fail("Kafka does not answer: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.warn("the stages can't be watched", e);
      fail("the stages can't be watched; the log says more");
    }
  }

  private synchronized void remember(List<StageStatus> stages) {
    Instant now = Instant.now();
    looks.addLast(new Look(now, stages));
    while (looks.peekFirst().at.isBefore(now.minus(REMEMBERED))) {
      looks.removeFirst();
    }
    trouble = Optional.empty();
  }

  private synchronized void fail(String reason) {
    trouble = Optional.of(reason);
  }

  /** The last look, with an hour of lags. */
  synchronized void write(JsonGenerator json) throws IOException {
    Json.text(json, "trouble", trouble);
    Look last = looks.peekLast();
    Json.moment(json, "at", last == null ? null : last.at);
    json.writeArrayFieldStart("stages");
    for (StageStatus stage : last == null ? List.<StageStatus>of() : last.stages) {
      json.writeStartObject();
      stage.write(json, true);
      json.writeBooleanField("readsTopic", stage.readsTopic());
      json.writeArrayFieldStart("lagHistory");
      for (Look look : looks) {
        lag(json, look, stage.group());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void lag(JsonGenerator json, Look look, String group) throws IOException {
    for (StageStatus stage : look.stages) {
      if (stage.group().equals(group) && stage.lag().isPresent()) {
        json.writeStartArray();
        json.writeNumber(look.at.getEpochSecond());
        json.writeNumber(stage.lag().get().records());
        json.writeEndArray();
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    // What the last look uses ends with it; both close at once.
    status.ifPresent(PipelineStatus::close);
    admin.ifPresent(client -> client.close(Duration.ZERO));
  }
}
