// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.Poller.Fetch;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the feeds that are due: a few threads fetch, one request at a time per host, and the
 * caller's thread publishes. Not thread-safe.
 */
final class Polling implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Polling.class);
  private static final int FETCHES_AT_ONCE = 16;

  private final FeedShare share;
  private final Publisher publisher;
  private final Poller poller;
  private final Clock clock;
  private final ExecutorService threads;
  private final BlockingQueue<Fetch> done = new LinkedBlockingQueue<>();
  private final Set<String> busyHosts = new HashSet<>();
  private final Map<String, Instant> hostsNotBefore = new HashMap<>();

  Polling(FeedShare share, Publisher publisher, Poller poller, Clock clock) {
    this.share = share;
    this.publisher = publisher;
    this.poller = poller;
    this.clock = clock;
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
   * Starts fetching what is due, and publishes what was fetched meanwhile.
   *
   * @throws Outage where Kafka does not take it now; what was fetched is fetched again later
   */
  Counts round() {
    startDue();
    Counts counts = Counts.NONE;
    for (Fetch fetch = done.poll(); fetch != null; fetch = done.poll()) {
      counts = counts.plus(publish(fetch));
    }
    return counts;
  }

  private void startDue() {
    Instant now = clock.instant();
    record Due(Feed feed, Optional<PollState> last, Instant at) {}
    List<Due> due =
        share.feeds().stream()
            .flatMap(
                feed -> {
                  Optional<PollState> last = publisher.memory().poll(feed.getName());
                  return Poller.dueAt(feed, last).stream().map(at -> new Due(feed, last, at));
                })
            .filter(feed -> !feed.at().isAfter(now))
            .sorted(Comparator.comparing(Due::at))
            .toList();
    for (Due next : due) {
      String host = host(next.feed(), next.last());
      boolean held = hostsNotBefore.getOrDefault(host, Instant.MIN).isAfter(now);
      if (busyHosts.size() < FETCHES_AT_ONCE && !held && busyHosts.add(host)) {
        threads.execute(() -> done.add(poller.fetch(next.feed(), next.last())));
      }
    }
  }

  private Counts publish(Fetch fetch) {
    String host = host(fetch.feed(), fetch.last());
    busyHosts.remove(host);
    fetch.retryAfter().ifPresent(wait -> hostsNotBefore.put(host, clock.instant().plus(wait)));
    Optional<Feed> feed = share.feed(fetch.feed().getName()).filter(fetch.feed()::equals);
    if (feed.isEmpty()) {
      LOG.debug("feed {} changed while it was fetched", fetch.feed().getName());
      return Counts.NONE;
    }
    return poller.publish(fetch, share.membership(feed.get()));
  }

  private static String host(Feed feed, Optional<PollState> last) {
    try {
      String host = new URI(PollRules.url(feed, last)).getHost();
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
