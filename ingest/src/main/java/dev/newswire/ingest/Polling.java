// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.Publisher.Membership;
import dev.newswire.ingest.Visit.Answer;
import dev.newswire.ingest.Visit.FeedRequest;
import dev.newswire.ingest.Visit.Fetch;
import dev.newswire.ingest.Visit.PageRequest;
import dev.newswire.ingest.Visit.Request;
import dev.newswire.runtime.Outage;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits the feeds that are due: a few threads fetch, one request at a time per host, feeds and
 * pages alike, and the caller's thread publishes. Not thread-safe.
 */
final class Polling implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Polling.class);
  private static final int FETCHES_AT_ONCE = 16;

  /** A feed remembers a longer pause of its host, so that others can see it and keep it. */
  private static final Duration LONG_PAUSE = Duration.ofSeconds(30);

  private final FeedShare share;
  private final Publisher publisher;
  private final Poller poller;
  private final Clock clock;
  private final MeterRegistry meters;
  private final ExecutorService threads;
  private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
  private final Hub hub;
  private final Deque<Hub.Request> hubRequests = new ArrayDeque<>();
  private final BlockingQueue<Hub.Answer> hubsDone = new LinkedBlockingQueue<>();
  private final Map<String, Visit> visits = new HashMap<>();
  private final Set<String> busyHosts = new HashSet<>();
  private final Map<String, Instant> hostsNotBefore = new HashMap<>();

  /** Hosts whose last answer to a feed's poll asked to be left alone. */
  private final Set<String> askedOnce = new HashSet<>();

  /** A request that was answered. */
  private record Done(Visit visit, String host, Answer answer) {}

  Polling(
      FeedShare share,
      Publisher publisher,
      Poller poller,
      Hub hub,
      Clock clock,
      MeterRegistry meters) {
    this.hub = hub;
    this.share = share;
    this.publisher = publisher;
    this.poller = poller;
    this.clock = clock;
    this.meters = meters;
    threads =
        Executors.newFixedThreadPool(
            FETCHES_AT_ONCE,
            work -> {
              Thread thread = new Thread(work, "newswire-fetch");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts fetching what is due, and publishes what was fetched meanwhile. What is fetched together
   * is published together; so the more feeds there are, the more of them share a transaction.
   *
   * @param longest how long to wait for answers while any are awaited
   * @throws Outage where Kafka does not take it now; what was fetched is fetched again later
   */
  Counts round(Duration longest) {
    Instant end = clock.instant().plus(longest);
    Counts counts = Counts.NONE;
    Optional<Done> first = Optional.empty();
    do {
      Instant now = clock.instant();
      hostsNotBefore.values().removeIf(moment -> !moment.isAfter(now));
      visits.values().removeIf(visit -> isOutdated(visit.feed()));
      beginVisits(now);
      askHubs(now);
      counts = counts.plus(publish(first, now));
      first = await(end);
    } while (first.isPresent());
    return counts;
  }

  /** Whether answers are awaited. */
  boolean isBusy() {
    return !busyHosts.isEmpty();
  }

  private Optional<Done> await(Instant end) {
    long wait = Duration.between(clock.instant(), end).toMillis();
    if (!isBusy() || wait <= 0) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(done.poll(wait, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Counts publish(Optional<Done> first, Instant now) {
    try {
      return publisher.together(
          () -> {
            Counts counts = Counts.NONE;
            for (Done next = first.orElseGet(done::poll); next != null; next = done.poll()) {
              counts = counts.plus(publish(next));
            }
            return counts.plus(request(now));
          });
    } catch (RuntimeException e) {
      // Some of them may be over that are undone now: all begin again.
      visits.clear();
      throw e;
    }
  }

  /** Asks a hub, when its host is free. */
  void ask(Hub.Request request) {
    hubRequests.add(request);
  }

  /** What hubs answered since the last call. */
  List<Hub.Answer> hubAnswers() {
    List<Hub.Answer> answers = new ArrayList<>();
    hubsDone.drainTo(answers);
    answers.forEach(answer -> busyHosts.remove(host(answer.request().subscription().getHub())));
    return answers;
  }

  private void askHubs(Instant now) {
    for (Iterator<Hub.Request> requests = hubRequests.iterator(); requests.hasNext(); ) {
      Hub.Request request = requests.next();
      String host = host(request.subscription().getHub());
      if (isFree(host, now)) {
        requests.remove();
        threads.execute(() -> hubsDone.add(answer(request)));
      }
    }
  }

  private Hub.Answer answer(Hub.Request request) {
    try {
      return hub.ask(request);
    } catch (RuntimeException | Error e) {
      return new Hub.Answer(request, Optional.of("it can't be asked: " + e));
    }
  }

  /** Whether a request to a host may begin; if so, the host is taken. */
  private boolean isFree(String host, Instant now) {
    return busyHosts.size() < FETCHES_AT_ONCE
        && !hostsNotBefore.getOrDefault(host, now).isAfter(now)
        && busyHosts.add(host);
  }

  private boolean isOutdated(Feed feed) {
    return share.feed(feed.getName()).filter(feed::equals).isEmpty();
  }

  private void beginVisits(Instant now) {
    for (Feed feed : share.feeds()) {
      if (!visits.containsKey(feed.getName())) {
        Optional<PollState> last = publisher.memory().poll(feed.getName());
        Poller.dueAt(feed, share.putAt(feed.getName()), last)
            .filter(due -> !due.isAfter(now))
            .ifPresent(due -> visits.put(feed.getName(), new Visit(feed, last, due, now)));
      }
    }
  }

  /** Makes the requests that wait for no host, those first that have waited longest. */
  private Counts request(Instant now) {
    Counts counts = Counts.NONE;
    List<Visit> waiting =
        visits.values().stream()
            .filter(visit -> visit.next().isPresent())
            .sorted(Comparator.comparing(Visit::wantedSince))
            .toList();
    for (Visit visit : waiting) {
      Request request = visit.next().orElseThrow();
      String host = host(request.address());
      Instant free = hostsNotBefore.getOrDefault(host, now);
      if (request instanceof PageRequest page && free.isAfter(visit.deadline())) {
        visit.began();
        counts = counts.plus(giveUp(visit, page));
      } else if (request instanceof FeedRequest && free.isAfter(now.plus(LONG_PAUSE))) {
        visit.began();
        counts = counts.plus(step(visit, () -> poller.postpone(visit, free, membership(visit))));
      } else if (isFree(host, now)) {
        visit.began();
        threads.execute(() -> done.add(new Done(visit, host, fetch(visit, request))));
      }
    }
    return counts;
  }

  /** Whatever is wrong with an address or a page must not keep its host busy for ever. */
  private Answer fetch(Visit visit, Request request) {
    try {
      return poller.fetch(visit.feed(), visit.last(), request);
    } catch (RuntimeException | Error e) {
      LOG.warn("feed {}: {} fails", visit.feed().getName(), request.address(), e);
      return Poller.failed(request, e);
    }
  }

  private Counts giveUp(Visit visit, PageRequest request) {
    String why =
        "its host wants to be left alone for longer than "
            + Visit.LONGEST.toMinutes()
            + " minutes, or has that many pages";
    return step(visit, () -> poller.giveUp(visit, request, why, membership(visit)));
  }

  private Counts publish(Done next) {
    Visit visit = next.visit;
    busyHosts.remove(next.host);
    Duration pause = pause(next);
    if (!pause.isZero()) {
      hostsNotBefore.merge(next.host, clock.instant().plus(pause), (a, b) -> a.isAfter(b) ? a : b);
    }
    if (visits.get(visit.feed().getName()) != visit || isOutdated(visit.feed())) {
      LOG.debug("feed {} changed while it was fetched", visit.feed().getName());
      return Counts.NONE;
    }
    return step(visit, () -> poller.publish(visit, next.answer, membership(visit)));
  }

  /**
   * How long the host is left alone: a feed that asks for it may be the only one with too many
   * requests, so the others wait only once their host has asked for it twice in a row.
   */
  private Duration pause(Done next) {
    if (!(next.answer instanceof Fetch fetch)) {
      return next.answer.pause();
    }
    if (fetch.pause().isZero()) {
      if (fetch.fetched().filter(answer -> answer.status() < 400).isPresent()) {
        askedOnce.remove(next.host);
      }
      return Duration.ZERO;
    }
    return askedOnce.add(next.host) ? Duration.ZERO : fetch.pause();
  }

  private Membership membership(Visit visit) {
    return share.membership(visit.feed().getName());
  }

  /** One step of a visit; an outage ends the visit, and another begins when it is over. */
  private Counts step(Visit visit, Supplier<Counts> publication) {
    long fetched = visit.pagesFetched;
    long missed = visit.pagesMissed;
    visit.answered(clock.instant());
    boolean failed = true;
    try {
      Counts counts = publication.get();
      failed = false;
      return counts;
    } finally {
      count("fetched", visit.pagesFetched - fetched);
      count("missed", visit.pagesMissed - missed);
      if (failed || visit.isOver()) {
        visits.remove(visit.feed().getName());
      }
    }
  }

  private void count(String outcome, long number) {
    meters.counter("newswire.pages", "outcome", outcome).increment((double) number);
  }

  private static String host(String address) {
    try {
      String host = new URI(address).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (URISyntaxException e) {
      // Fetching it will say so.
      return "";
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
