// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.Publisher.Outcome;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.runtime.Backoff;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Health;
import dev.newswire.runtime.InHand;
import dev.newswire.runtime.Outage;
import dev.newswire.runtime.Stage;
import dev.newswire.runtime.StageThread;
import dev.newswire.schemas.ContentHash;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads feeds, a drop folder and pushed deliveries until it is closed. Instances share the feeds as
 * a consumer group. One thread publishes all of it, so that one producer and one memory do; others
 * only fetch.
 */
public final class IngestStage implements Stage {

  /** The stage's name. */
  public static final String NAME = "ingest";

  private static final Logger LOG = LoggerFactory.getLogger(IngestStage.class);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Cluster cluster;
  private final IngestSettings settings;
  private final MeterRegistry meters;
  private final Clock clock = Clock.systemUTC();
  private final Publisher publisher;
  private final InHand inHand;
  private final Optional<DropFolder> drop;
  private final BlockingQueue<Pushed> pushed = new LinkedBlockingQueue<>();
  private final BlockingQueue<Called> called = new LinkedBlockingQueue<>();
  private final StageThread thread;
  private volatile Optional<Subscriptions> subscriptions = Optional.empty();
  private Optional<Neighbours> neighbours = Optional.empty();
  private Optional<PushServer> push = Optional.empty();
  private int seenFeeds = -1;
  private int toldFeeds = -1;

  /** A delivery that somebody waits for. */
  private record Pushed(Delivery delivery, byte[] content, CompletableFuture<Outcome> outcome) {}

  /** What a hub said and waits for an answer to. */
  private record Called(Callback callback, CompletableFuture<Callback.Reply> reply) {}

  /**
   * A stage that {@link #start()} sets to work, and that leaves no marks of what it has in hand.
   */
  public IngestStage(Cluster cluster, IngestSettings settings, MeterRegistry meters) {
    this(cluster, settings, meters, InHand.unmarked());
  }

  /**
   * A stage that {@link #start()} sets to work.
   *
   * @param inHand marks the delivery that is worked on; closed with the stage
   */
  public IngestStage(
      Cluster cluster, IngestSettings settings, MeterRegistry meters, InHand inHand) {
    this.inHand = inHand;
    this.cluster = cluster;
    this.settings = settings;
    this.meters = meters;
    publisher = new Publisher(cluster, transactionalId(cluster), new Formats(), meters);
    drop =
        settings
            .drop()
            .map(
                folder ->
                    new DropFolder(
                        folder,
                        settings.dropSettle(),
                        settings.provider(),
                        publisher,
                        clock,
                        inHand));
    thread = new StageThread(NAME, new Backoff(FIRST_PAUSE, LONGEST_PAUSE), Loop::new);
  }

  /** Of an instance with a name it is stable, so that a restart ends what a kill left open. */
  private static String transactionalId(Cluster cluster) {
    Object instance = cluster.clientProperties().get(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG);
    return cluster.group(NAME) + "-" + (instance == null ? UUID.randomUUID() : instance);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start() {
    neighbours =
        settings
            .push()
            .flatMap(given -> settings.websubCallback())
            .map(address -> new Neighbours(cluster, cluster.group(NAME)));
    push = settings.push().map(given -> new PushServer(given, clock, new Desk(), neighbours));
    thread.start(cluster.about(cluster.group(NAME)));
  }

  /** Port that deliveries can be pushed to; empty where none. */
  public Optional<Integer> pushPort() {
    return push.map(PushServer::port);
  }

  /** Takes from the push server's threads what the one that publishes is to do. */
  private final class Desk implements PushServer.Desk {

    @Override
    public CompletableFuture<Outcome> hand(Delivery delivery, byte[] content) {
      Pushed delivered = new Pushed(delivery, content, new CompletableFuture<>());
      pushed.add(delivered);
      // Whoever gives up waiting takes it back.
      var unused = delivered.outcome.whenComplete((outcome, failure) -> pushed.remove(delivered));
      return delivered.outcome;
    }

    @Override
    public boolean isCallback(String feed, String token) {
      return subscriptions.filter(known -> known.isKnown(feed, token)).isPresent();
    }

    @Override
    public boolean isElsewhere(String feed) {
      return neighbours.isPresent() && subscriptions.filter(ours -> ours.has(feed)).isEmpty();
    }

    @Override
    public CompletableFuture<Callback.Reply> call(Callback callback) {
      Called waiting = new Called(callback, new CompletableFuture<>());
      called.add(waiting);
      var unused = waiting.reply.whenComplete((reply, failure) -> called.remove(waiting));
      return waiting.reply;
    }
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
    push.ifPresent(PushServer::close);
    neighbours.ifPresent(Neighbours::close);
    thread.close();
  }

  /** What the stage's thread does. */
  private final class Loop implements StageThread.Work {

    private final FeedShare share;
    private final Polling polling;
    private final Subscriptions hubs;
    private boolean registered = settings.feeds().isEmpty();

    Loop() {
      HttpFetcher fetcher = new HttpFetcher(settings.contact(), settings.privateAddresses());
      PollRules rules =
          new PollRules(settings.interval(), settings.longestInterval(), new Random());
      Poller poller =
          new Poller(
              new Fetchers(fetcher, settings.credentials()),
              new Pages(fetcher, clock),
              publisher,
              rules,
              clock,
              inHand);
      share =
          new FeedShare(
              cluster, cluster.group(NAME), clientId(), clock, meters, publisher::catchUp);
      polling = new Polling(share, publisher, poller, new Hub(fetcher), clock, meters);
      SubscriptionRules hubRules = new SubscriptionRules(settings.websubCallback());
      hubs = new Subscriptions(share, publisher, polling, poller, hubRules, clock);
      subscriptions = Optional.of(hubs);
    }

    /** One look at everything. */
    @Override
    public boolean round() {
      if (!registered) {
        register();
        registered = true;
      }
      share.update(polling.isBusy() ? GLANCE : LOOK);
      tellFeeds(share);
      count(polling.round(LOOK));
      hubs.round();
      answerHubs(hubs);
      drop.ifPresent(folder -> count(folder.poll()));
      publishPushed();
      return true;
    }

    @Override
    public void idle(Duration longest) {
      share.update(longest);
      refuse(health().detail());
    }

    @Override
    public void close() {
      refuse("ingest has stopped");
      polling.close();
      share.close();
      publisher.close();
      inHand.close();
    }
  }

  /** Tells the other instances where to pass on what hubs say; see {@link Neighbours}. */
  private Optional<String> clientId() {
    return neighbours.map(
        others ->
            Neighbours.clientId(
                cluster.group(NAME),
                settings.push().orElseThrow().host(),
                pushPort().orElseThrow()));
  }

  private void register() {
    try {
      new FeedRegister(cluster).put(settings.feeds());
    } catch (KafkaException e) {
      throw new Outage("Kafka does not take the feeds: " + e.getMessage(), e);
    }
  }

  /** They come a few at a time, so their number is told once it is the same in two looks. */
  private void tellFeeds(FeedShare share) {
    int now = share.feeds().size();
    if (now == seenFeeds && now != toldFeeds && !share.partitions().isEmpty()) {
      LOG.info("this instance of ingest has {} {}", now, now == 1 ? "feed" : "feeds");
      toldFeeds = now;
    }
    seenFeeds = now;
  }

  private void answerHubs(Subscriptions hubs) {
    for (Called next = called.poll(); next != null; next = called.poll()) {
      try {
        next.reply.complete(hubs.answer(next.callback, this::count));
      } catch (Outage e) {
        next.reply.completeExceptionally(e);
        throw e;
      } catch (RuntimeException | Error e) {
        next.reply.completeExceptionally(e);
        LOG.warn("what the hub of feed {} said fails", next.callback.feed(), e);
      }
    }
  }

  private void publishPushed() {
    List<Pushed> batch = new ArrayList<>();
    pushed.drainTo(batch);
    for (Pushed delivered : batch) {
      if (delivered.outcome.isDone()) {
        continue;
      }
      try {
        Outcome outcome = publish(delivered);
        count(outcome.counts());
        delivered.outcome.complete(outcome);
      } catch (Outage e) {
        delivered.outcome.completeExceptionally(e);
        batch.subList(batch.indexOf(delivered) + 1, batch.size()).stream()
            .filter(waiting -> !waiting.outcome.isDone())
            .forEach(pushed::add);
        throw e;
      } catch (RuntimeException | Error e) {
        LOG.error("a delivery to {} can't be published", delivered.delivery.feed(), e);
        delivered.outcome.completeExceptionally(e);
      }
    }
  }

  /** Senders try again; they must not wait for an outage to end. */
  private void refuse(String reason) {
    List<Pushed> batch = new ArrayList<>();
    pushed.drainTo(batch);
    batch.forEach(
        delivered -> delivered.outcome.completeExceptionally(new IllegalStateException(reason)));
    List<Called> calls = new ArrayList<>();
    called.drainTo(calls);
    calls.forEach(call -> call.reply.completeExceptionally(new IllegalStateException(reason)));
  }

  private Outcome publish(Pushed delivered) {
    String feed = delivered.delivery.feed();
    String input = "push " + feed + " " + ContentHash.sha256(delivered.content);
    if (inHand.isSetAside(input)) {
      return new Outcome(Counts.NONE, Optional.of(InHand.REASON));
    }
    return inHand.hold(input, () -> publisher.publish(delivered.delivery, delivered.content));
  }

  private void count(Counts counts) {
    count("published", counts.published());
    count("repeat", counts.repeats() + counts.deadBefore());
    count("dead", counts.dead());
  }

  private void count(String outcome, long number) {
    meters
        .counter("newswire.outcomes", "stage", NAME, "outcome", outcome)
        .increment((double) number);
  }
}
