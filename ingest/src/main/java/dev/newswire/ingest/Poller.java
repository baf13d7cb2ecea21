// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.HttpFetcher.Validators;
import dev.newswire.ingest.Publisher.Membership;
import dev.newswire.ingest.Publisher.Poll;
import dev.newswire.ingest.Visit.Answer;
import dev.newswire.ingest.Visit.FeedRequest;
import dev.newswire.ingest.Visit.Fetch;
import dev.newswire.ingest.Visit.LinkRequest;
import dev.newswire.ingest.Visit.PageFetch;
import dev.newswire.ingest.Visit.PageRequest;
import dev.newswire.ingest.Visit.Request;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.FeedNotice;
import dev.newswire.runtime.InHand;
import dev.newswire.runtime.Outage;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.RawArticle;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a visit to a feed: fetching, which takes time and touches nothing, and publishing
 * what was fetched.
 */
final class Poller {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  /** Most further documents of a feed that one poll follows: parts of a sitemap, next pages. */
  private static final int MOST_LINKS = 50;

  private static final int MOST_TRIES = 3;

  private final Fetchers fetchers;
  private final Pages pages;
  private final Publisher publisher;
  private final PollRules rules;
  private final Clock clock;
  private final InHand inHand;

  Poller(
      Fetchers fetchers,
      Pages pages,
      Publisher publisher,
      PollRules rules,
      Clock clock,
      InHand inHand) {
    this.fetchers = fetchers;
    this.pages = pages;
    this.publisher = publisher;
    this.rules = rules;
    this.clock = clock;
    this.inHand = inHand;
  }

  /**
   * When the feed is to be polled; empty where never.
   *
   * @param putAt when somebody last said that it is to be polled: one that was gone before then is
   *     asked once more
   */
  static Optional<Instant> dueAt(Feed feed, Instant putAt, Optional<PollState> last) {
    boolean gone =
        last.filter(PollState::getRetired)
            .filter(state -> state.getFeedUrl().equals(feed.getUrl()))
            .filter(state -> !putAt.isAfter(state.getLastAttempt()))
            .isPresent();
    if (feed.getPaused() || gone) {
      return Optional.empty();
    }
    return Optional.of(
        PollRules.toGoOnFrom(feed, last).map(PollState::getNextPoll).orElse(Instant.EPOCH));
  }

  /** Makes a request. May be called by any thread. */
  Answer fetch(Feed feed, Optional<PollState> last, Request request) {
    Validators validators =
        request instanceof FeedRequest ? validators(feed, last) : Validators.NONE;
    try {
      HttpFetcher fetcher = fetchers.of(feed);
      if (request instanceof PageRequest page) {
        return new PageFetch(page, pages.fetch(page.delivery(), page.teaser(), fetcher));
      }
      Fetched fetched = fetcher.fetch(request.address(), validators);
      boolean busy = fetched.status() == 429 || fetched.status() == 503;
      Optional<Duration> retryAfter =
          busy ? PollRules.retryAfter(fetched, clock.instant()) : Optional.empty();
      return new Fetch(request, Optional.of(fetched), "", retryAfter.orElse(Duration.ZERO));
    } catch (IOException e) {
      String error = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      if (request instanceof PageRequest page) {
        return new PageFetch(page, Pages.without(page.teaser(), error));
      }
      return new Fetch(request, Optional.empty(), error, Duration.ZERO);
    }
  }

  /** The answer to a request that could not even be made. */
  static Answer failed(Request request, Throwable failure) {
    String why = "it can't be asked for or read: " + failure;
    return request instanceof PageRequest page
        ? new PageFetch(page, Pages.without(page.teaser(), why))
        : new Fetch(request, Optional.empty(), why, Duration.ZERO);
  }

  private static Validators validators(Feed feed, Optional<PollState> last) {
    return PollRules.toGoOnFrom(feed, last)
        .map(
            state ->
                new Validators(
                    Optional.ofNullable(state.getEtag()),
                    Optional.ofNullable(state.getLastModified())))
        .orElse(Validators.NONE);
  }

  /**
   * Publishes what an answer brought, and once the visit is over remembers how it went.
   *
   * @throws Outage where Kafka does not take it now; the feed stays due
   */
  Counts publish(Visit visit, Answer answer, Membership membership) {
    Counts before = visit.counts;
    try {
      if (answer instanceof PageFetch page) {
        publishPage(visit, page, membership);
      } else if (answer instanceof Fetch fetch && fetch.request() instanceof LinkRequest) {
        publishLinked(visit, fetch, membership);
      } else if (answer instanceof Fetch fetch) {
        publishFeed(visit, fetch, membership);
      }
    } catch (UserError | DateTimeException e) {
      // A page and no feed; or the feed's own settings: a format or a time zone that there is not.
      fail(visit, e.getMessage(), membership);
    } catch (Outage e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (Outage.isCauseOf(e)) {
        throw e;
      }
      // A fault of ours that one feed shows must not end the others' polling; nor may an Error.
      LOG.error("feed {}: what it gave can't be published", visit.feed().getName(), e);
      fail(visit, "it can't be published: " + e, membership);
    }
    if (visit.isOver() && visit.answer.isPresent()) {
      PollState state = state(visit, visit.answer.get(), clock.instant());
      publisher.remember(visit.feed().getName(), state, membership);
    }
    return visit.counts.minus(before);
  }

  private void fail(Visit visit, String error, Membership membership) {
    visit.answer = Optional.empty();
    remember(
        visit.feed(), rules.failed(visit.feed(), visit.last(), error, clock.instant()), membership);
  }

  /** Ends a visit that has not begun, since the host wants to be left alone until then. */
  Counts postpone(Visit visit, Instant until, Membership membership) {
    PollState state = PollRules.postponed(visit.feed(), visit.last(), until, clock.instant());
    remember(visit.feed(), state, membership);
    return Counts.NONE;
  }

  /** Gives up waiting for a page, and publishes the teaser. */
  Counts giveUp(Visit visit, PageRequest request, String why, Membership membership) {
    Pages.Page page = Pages.without(request.teaser(), why);
    PageRequest last = new PageRequest(request.delivery(), request.teaser(), MOST_TRIES);
    return publish(visit, new PageFetch(last, page), membership);
  }

  private void publishFeed(Visit visit, Fetch fetch, Membership membership) {
    Feed feed = visit.feed();
    Instant now = clock.instant();
    if (fetch.fetched().isEmpty()) {
      remember(feed, rules.failed(feed, visit.last(), fetch.error(), now), membership);
      return;
    }
    Fetched fetched = fetch.fetched().get();
    if (fetched.status() == 304) {
      PollState next = rules.unmodified(feed, visit.last(), fetched, now);
      remember(feed, PollRules.unchanged(next, visit.last()), membership);
    } else if (fetched.status() != 200) {
      remember(feed, rules.refused(feed, visit.last(), fetched, now), membership);
    } else if (isSameBody(visit.last(), fetched)) {
      PollState next = rules.answered(feed, visit.last(), fetched, false, Optional.empty(), now);
      remember(feed, PollRules.unchanged(next, visit.last()), membership);
    } else {
      Poll poll = publishDelivery(visit, fetch, fetched, membership);
      poll.links().stream().limit(MOST_LINKS).map(Visit::link).forEach(visit::want);
      if (!poll.isComplete()) {
        visit.answer = Optional.of(fetched);
      }
    }
  }

  /** One step deep: what a linked document links to is not followed. */
  private void publishLinked(Visit visit, Fetch fetch, Membership membership) {
    String why =
        fetch
            .fetched()
            .map(fetched -> "the server answered " + fetched.status())
            .orElse(fetch.error());
    if (fetch.fetched().filter(fetched -> fetched.status() == 200).isPresent()) {
      try {
        publishDelivery(visit, fetch, fetch.fetched().get(), membership);
        return;
      } catch (UserError e) {
        why = e.getMessage();
      }
    }
    LOG.warn(
        "feed {}: {} can't be used: {}", visit.feed().getName(), fetch.request().address(), why);
  }

  private Poll publishDelivery(Visit visit, Fetch fetch, Fetched fetched, Membership membership) {
    Feed feed = visit.feed();
    Instant now = clock.instant();
    Delivery delivery =
        delivery(feed, fetch.request().address(), fetched.header("Content-Type"), now);
    String input = "feed " + feed.getName() + " " + ContentHash.sha256(fetched.body());
    if (inHand.isSetAside(input)) {
      throw new UserError(InHand.REASON);
    }
    Poll poll = inHand.hold(input, () -> publish(visit, fetch, fetched, delivery, membership));
    poll.held().forEach(teaser -> visit.want(new PageRequest(delivery, teaser, 0)));
    return poll;
  }

  private Poll publish(
      Visit visit, Fetch fetch, Fetched fetched, Delivery delivery, Membership membership) {
    Instant now = delivery.receivedAt();
    return publisher.publish(
        delivery,
        fetched.body(),
        heldBack(visit.feed()),
        result -> {
          if (fetch.request() instanceof FeedRequest) {
            visit.notice = result.notice();
            visit.cut = result.whyCut();
          }
          visit.counts = visit.counts.plus(result.counts());
          return fetch.request() instanceof FeedRequest && result.isComplete()
              ? Optional.of(
                  result
                      .whyUnreadable()
                      .map(why -> unreadable(visit, why, now))
                      .orElseGet(() -> state(visit, fetched, now)))
              : Optional.empty();
        },
        membership);
  }

  /** Publishes what a hub delivered of a feed; where pages are to be fetched, polling does that. */
  Counts publishDelivered(
      Feed feed, Callback.Distribution given, PollState state, Membership membership) {
    try {
      return publishFromHub(feed, given, state, membership);
    } catch (UserError e) {
      LOG.warn("feed {}: what its hub delivered can't be used: {}", feed.getName(), e.getMessage());
      publisher.remember(
          feed.getName(), SubscriptionRules.failed(state, e.getMessage()), membership);
      return Counts.NONE;
    }
  }

  private Counts publishFromHub(
      Feed feed, Callback.Distribution given, PollState state, Membership membership) {
    Instant now = clock.instant();
    return publisher
        .publish(
            delivery(feed, state.getUrl(), given.mediaType(), now),
            given.body(),
            heldBack(feed),
            result -> {
              boolean somethingNew = result.counts().published() > 0;
              PollState next = SubscriptionRules.delivered(state, somethingNew, now);
              return Optional.of(
                  result.isComplete() ? next : PollState.newBuilder(next).setNextPoll(now).build());
            },
            membership)
        .counts();
  }

  private void publishPage(Visit visit, PageFetch fetch, Membership membership) {
    PageRequest request = fetch.request();
    Pages.Page page = fetch.page();
    boolean soon =
        page.retryAfter()
            .filter(wait -> clock.instant().plus(wait).isBefore(visit.deadline()))
            .isPresent();
    if (soon && request.tries() + 1 < MOST_TRIES) {
      visit.wantAgain(new PageRequest(request.delivery(), request.teaser(), request.tries() + 1));
      return;
    }
    visit.counts =
        visit.counts.plus(
            publisher.publishHeld(
                request.delivery(), request.teaser(), page.article(), membership));
    if (page.miss().isEmpty()) {
      visit.pagesFetched++;
    } else {
      visit.pagesMissed++;
      LOG.debug("feed {}: {}: {}", visit.feed().getName(), request.address(), page.miss().get());
    }
    visit.pageError = page.miss();
  }

  /** How a poll went whose feed answered and of which all is published. */
  private PollState state(Visit visit, Fetched fetched, Instant now) {
    PollState next =
        rules.answered(
            visit.feed(), visit.last(), fetched, visit.counts.published() > 0, visit.notice, now);
    List<String> links = fetched.headers().allValues("Link");
    next.setHub(
        Hub.link(links, "hub")
            .or(() -> visit.notice.flatMap(FeedNotice::hub).map(URI::toString))
            .orElse(null));
    next.setTopic(
        Hub.link(links, "self")
            .or(() -> visit.notice.flatMap(FeedNotice::self).map(URI::toString))
            .orElse(next.getUrl()));
    keepSubscription(next, visit.feed().getName());
    if (visit.pagesFetched + visit.pagesMissed > 0) {
      next.setPagesFetched(next.getPagesFetched() + visit.pagesFetched);
      next.setPagesMissed(next.getPagesMissed() + visit.pagesMissed);
      next.setPageError(visit.pageError.orElse(null));
    }
    PollState known = visit.cut.map(why -> PollRules.cut(next, visit.last(), why)).orElse(next);
    if (visit.cut.isPresent()) {
      tell(visit.feed(), known);
    }
    return known;
  }

  /** How a poll went whose answer can't be read at all: like one without an answer. */
  private PollState unreadable(Visit visit, String why, Instant now) {
    PollState next = rules.failed(visit.feed(), visit.last(), why, now);
    tell(visit.feed(), next);
    keepSubscription(next, visit.feed().getName());
    return next;
  }

  private void remember(Feed feed, PollState next, Membership membership) {
    tell(feed, next);
    keepSubscription(next, feed.getName());
    publisher.remember(feed.getName(), next, membership);
  }

  private static void tell(Feed feed, PollState next) {
    if (next.getRetired()) {
      LOG.warn("feed {} is polled no more: {}", feed.getName(), next.getError());
    } else if (next.getFailures() == 1) {
      LOG.warn("feed {} fails and is tried again later: {}", feed.getName(), next.getError());
    }
  }

  /** What was agreed with the hub while the feed was fetched stays. */
  private void keepSubscription(PollState next, String feed) {
    next.setSubscription(
        publisher.memory().poll(feed).map(PollState::getSubscription).orElse(null));
  }

  /** Which articles of a feed are not published before their pages were asked for. */
  private static Predicate<RawArticle> heldBack(Feed feed) {
    return feed.getFetchPages() ? Pages::lacksText : raw -> false;
  }

  private static Delivery delivery(Feed feed, String url, Optional<String> mediaType, Instant now) {
    return new Delivery(
            feed.getProvider(),
            feed.getName(),
            url,
            now,
            mediaType,
            Optional.ofNullable(feed.getFormat()),
            Optional.ofNullable(feed.getCharset()),
            feed.getTimeZone() == null ? ZoneOffset.UTC : ZoneId.of(feed.getTimeZone()))
        .asFeedOnly();
  }

  private static boolean isSameBody(Optional<PollState> last, Fetched fetched) {
    String hash = ContentHash.sha256(fetched.body());
    return last.map(PollState::getBodyHash).filter(hash::equals).isPresent();
  }
}
