// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.HttpFetcher.Validators;
import dev.newswire.ingest.Publisher.Membership;
import dev.newswire.ingest.Publisher.Poll;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poll of a feed, in two steps: fetching, which takes time and touches nothing, and publishing
 * what was fetched together with the state of the poll.
 */
final class Poller {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  /** Most further documents of a feed that one poll follows: parts of a sitemap, next pages. */
  private static final int MOST_LINKS = 50;

  private final HttpFetcher fetcher;
  private final Publisher publisher;
  private final PollRules rules;
  private final Clock clock;

  Poller(HttpFetcher fetcher, Publisher publisher, PollRules rules, Clock clock) {
    this.fetcher = fetcher;
    this.publisher = publisher;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * What fetching gave: an answer, or why there is none.
   *
   * @param retryAfter how long the host wants to be left alone
   */
  record Fetch(
      Feed feed,
      Optional<PollState> last,
      Optional<Fetched> fetched,
      String error,
      Optional<Duration> retryAfter) {}

  /** When the feed is to be polled; empty where never. */
  static Optional<Instant> dueAt(Feed feed, Optional<PollState> last) {
    Optional<PollState> state = PollRules.ofSameUrl(feed, last);
    if (feed.getPaused() || state.filter(PollState::getRetired).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(state.map(PollState::getNextPoll).orElse(Instant.EPOCH));
  }

  /** Fetches the feed. May be called by any thread. */
  Fetch fetch(Feed feed, Optional<PollState> last) {
    try {
      Fetched fetched = fetcher.fetch(PollRules.url(feed, last), validators(feed, last));
      boolean busy = fetched.status() == 429 || fetched.status() == 503;
      Optional<Duration> retryAfter =
          busy ? PollRules.retryAfter(fetched, clock.instant()) : Optional.empty();
      return new Fetch(feed, last, Optional.of(fetched), "", retryAfter);
    } catch (IOException e) {
      String error = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new Fetch(feed, last, Optional.empty(), error, Optional.empty());
    }
  }

  private static Validators validators(Feed feed, Optional<PollState> last) {
    return PollRules.ofSameUrl(feed, last)
        .map(
            state ->
                new Validators(
                    Optional.ofNullable(state.getEtag()),
                    Optional.ofNullable(state.getLastModified())))
        .orElse(Validators.NONE);
  }

  /**
   * Publishes what was fetched and remembers the poll.
   *
   * @throws Outage where Kafka does not take it now; the feed stays due
   */
  Counts publish(Fetch fetch, Membership membership) {
    Feed feed = fetch.feed();
    Instant now = clock.instant();
    if (fetch.fetched().isEmpty()) {
      return remember(feed, rules.failed(feed, fetch.last(), fetch.error(), now), membership);
    }
    Fetched fetched = fetch.fetched().get();
    if (fetched.status() == 304) {
      return remember(feed, rules.unmodified(feed, fetch.last(), fetched, now), membership);
    }
    if (fetched.status() != 200) {
      return remember(feed, rules.refused(feed, fetch.last(), fetched, now), membership);
    }
    if (isSameBody(fetch.last(), fetched)) {
      PollState next = rules.answered(feed, fetch.last(), fetched, false, Optional.empty(), now);
      return remember(feed, next, membership);
    }
    return publish(feed, fetch.last(), fetched, membership, now);
  }

  private Counts publish(
      Feed feed, Optional<PollState> last, Fetched fetched, Membership membership, Instant now) {
    try {
      Poll poll =
          publisher.publish(
              delivery(feed, PollRules.url(feed, last), fetched, now),
              new ByteArrayInputStream(fetched.body()),
              result ->
                  rules.answered(
                      feed, last, fetched, result.counts().published() > 0, result.notice(), now),
              membership);
      return follow(feed, poll, now);
    } catch (UserError | DateTimeException e) {
      // The feed's own settings: a format or a time zone that there is not.
      return remember(feed, rules.failed(feed, last, e.getMessage(), now), membership);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can't be read", e);
    }
  }

  /** One step deep: what a linked document links to is not followed. */
  private Counts follow(Feed feed, Poll poll, Instant now) {
    Counts counts = poll.counts();
    for (URI link : poll.links().subList(0, Math.min(MOST_LINKS, poll.links().size()))) {
      try {
        Fetched fetched = fetcher.fetch(link.toString(), Validators.NONE);
        if (fetched.status() == 200) {
          Delivery delivery = delivery(feed, link.toString(), fetched, now);
          counts =
              counts.plus(
                  publisher.publish(
                      delivery, new ByteArrayInputStream(fetched.body()), progress -> {}));
        }
      } catch (IOException e) {
        LOG.warn("feed {}: {} can't be fetched: {}", feed.getName(), link, e.getMessage());
      }
    }
    return counts;
  }

  private Counts remember(Feed feed, PollState next, Membership membership) {
    if (next.getFailures() == 1) {
      LOG.warn("feed {} fails and is tried again later: {}", feed.getName(), next.getError());
    }
    publisher.remember(feed.getName(), next, membership);
    return Counts.NONE;
  }

  private static Delivery delivery(Feed feed, String url, Fetched fetched, Instant now) {
    return new Delivery(
        feed.getProvider(),
        feed.getName(),
        url,
        now,
        fetched.header("Content-Type"),
        Optional.ofNullable(feed.getFormat()),
        Optional.ofNullable(feed.getCharset()),
        feed.getTimeZone() == null ? ZoneOffset.UTC : ZoneId.of(feed.getTimeZone()));
  }

  private static boolean isSameBody(Optional<PollState> last, Fetched fetched) {
    String hash = ContentHash.sha256(fetched.body());
    return last.map(PollState::getBodyHash).filter(hash::equals).isPresent();
  }
}
