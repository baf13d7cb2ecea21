// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls feeds that are due: what is new is published together with the state of the poll. A feed
 * that fails is polled less and less often, up to once a day.
 */
final class Poller {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

  private final HttpFetcher fetcher;
  private final Publisher publisher;
  private final Duration interval;
  private final Clock clock;

  Poller(HttpFetcher fetcher, Publisher publisher, Duration interval, Clock clock) {
    this.fetcher = fetcher;
    this.publisher = publisher;
    this.interval = interval;
    this.clock = clock;
  }

  /**
   * Polls the feed if it is due.
   *
   * @throws Outage where Kafka does not take what it brought; the feed stays due
   */
  Counts poll(Feed feed) {
    Optional<PollState> last = publisher.memory().poll(feed.getName());
    Instant now = clock.instant();
    if (feed.getPaused() || last.filter(state -> state.getNextPoll().isAfter(now)).isPresent()) {
      return Counts.NONE;
    }
    try {
      Fetched fetched = fetcher.fetch(feed.getUrl(), last);
      PollState next = succeeded(feed, last, fetched, now);
      if (fetched.status() == 304 || isSameBody(last, next)) {
        publisher.remember(feed.getName(), next);
        return Counts.NONE;
      }
      return publisher.publish(
          delivery(feed, fetched, now), new ByteArrayInputStream(fetched.body()), next);
    } catch (IOException e) {
      PollState next = failed(feed, last, String.valueOf(e.getMessage()), now);
      if (next.getFailures() == 1) {
        LOG.warn("feed {} fails and is tried again later: {}", feed.getName(), next.getError());
      }
      publisher.remember(feed.getName(), next);
      return Counts.NONE;
    }
  }

  private static Delivery delivery(Feed feed, Fetched fetched, Instant now) {
    return new Delivery(
        feed.getProvider(),
        feed.getName(),
        feed.getUrl(),
        now,
        fetched.mediaType(),
        Optional.ofNullable(feed.getFormat()),
        Optional.ofNullable(feed.getCharset()),
        feed.getTimeZone() == null ? ZoneOffset.UTC : ZoneId.of(feed.getTimeZone()));
  }

  private static boolean isSameBody(Optional<PollState> last, PollState next) {
    return last.map(PollState::getBodyHash).filter(next.getBodyHash()::equals).isPresent();
  }

  private PollState succeeded(Feed feed, Optional<PollState> last, Fetched fetched, Instant now) {
    boolean modified = fetched.status() == 200;
    String bodyHash =
        modified ? ContentHash.sha256(fetched.body()) : last.map(PollState::getBodyHash).orElse("");
    return state(feed, last, interval, now)
        .setEtag(fetched.etag().orElse(modified ? null : last.map(PollState::getEtag).orElse(null)))
        .setLastModified(
            fetched
                .lastModified()
                .orElse(modified ? null : last.map(PollState::getLastModified).orElse(null)))
        .setBodyHash(bodyHash)
        .setLastSuccess(now)
        .setFailures(0)
        .setError(null)
        .build();
  }

  private PollState failed(Feed feed, Optional<PollState> last, String error, Instant now) {
    int failures = last.map(PollState::getFailures).orElse(0) + 1;
    Duration pause = interval.multipliedBy(1L << Math.min(failures, 16));
    return state(feed, last, pause.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : pause, now)
        .setFailures(failures)
        .setError(error)
        .build();
  }

  private static PollState.Builder state(
      Feed feed, Optional<PollState> last, Duration interval, Instant now) {
    return last.map(PollState::newBuilder)
        .orElseGet(PollState::newBuilder)
        .setUrl(feed.getUrl())
        .setInterval(interval.toMillis())
        .setLastAttempt(now)
        .setNextPoll(now.plus(interval));
  }
}
