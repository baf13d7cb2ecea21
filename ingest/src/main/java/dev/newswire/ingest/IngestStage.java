// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.formats.Formats;
import dev.newswire.schemas.Cluster;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.Health;
import dev.newswire.schemas.Health.State;
import dev.newswire.schemas.Stage;
import dev.newswire.schemas.UserError;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads feeds and a drop folder until it is closed. One thread does all of it, so that one producer
 * and one memory do; one instance runs per cluster, and a second one takes over from the first.
 */
public final class IngestStage implements Stage {

  /** The stage's name. */
  public static final String NAME = "ingest";

  private static final Logger LOG = LoggerFactory.getLogger(IngestStage.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final IngestSettings settings;
  private final MeterRegistry meters;
  private final Publisher publisher;
  private final Poller poller;
  private final Optional<DropFolder> drop;
  private final Thread worker;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Health health = Health.of(State.STARTING);
  private volatile RuntimeException failure;

  /** A stage that {@link #start()} sets to work. */
  public IngestStage(Cluster cluster, IngestSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = meters;
    Clock clock = Clock.systemUTC();
    publisher = new Publisher(cluster, cluster.group(NAME), new Formats());
    HttpFetcher fetcher = new HttpFetcher(settings.contact(), settings.privateAddresses());
    poller = new Poller(fetcher, publisher, settings.interval(), clock);
    drop =
        settings
            .drop()
            .map(folder -> new DropFolder(folder, settings.provider(), publisher, clock));
    worker = new Thread(this::work, "newswire-ingest");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public Health health() {
    return health;
  }

  @Override
  public void await() throws InterruptedException {
    worker.join();
    if (failure instanceof UserError error) {
      throw error;
    }
    if (failure != null) {
      throw new IllegalStateException("ingest failed: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try (publisher) {
      Duration pause = LOOK;
      while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = round(pause);
      }
      health = Health.of(State.STOPPED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
      health = new Health(State.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** One look at everything; gives the pause before the next. */
  private Duration round(Duration lastPause) {
    try {
      drop.ifPresent(folder -> count(folder.poll()));
      for (Feed feed : settings.feeds()) {
        if (stop.getCount() > 0) {
          count(poller.poll(feed));
        }
      }
      if (health.state() == State.OUTAGE) {
        LOG.info("Kafka takes articles again");
      }
      health = Health.of(State.RUNNING);
      return LOOK;
    } catch (Outage e) {
      if (health.state() != State.OUTAGE) {
        LOG.warn("outage, retrying until it is over: {}", e.getMessage());
      }
      Duration pause = health.state() == State.OUTAGE ? lastPause.multipliedBy(2) : FIRST_PAUSE;
      health = new Health(State.OUTAGE, e.getMessage());
      return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  private void count(Counts counts) {
    count("published", counts.published());
    count("repeat", counts.repeats());
    count("dead", counts.dead());
  }

  private void count(String outcome, long number) {
    meters
        .counter("newswire.outcomes", "stage", NAME, "outcome", outcome)
        .increment((double) number);
  }
}
