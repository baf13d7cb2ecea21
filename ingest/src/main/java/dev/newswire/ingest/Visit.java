// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.FeedNotice;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.RawArticle;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One poll of a feed from its first request to the last: the feed itself, further documents of it,
 * pages of its articles. What it brings is published as it comes; how the poll went is remembered
 * when all is there, so that a crash between begins the visit again. Not thread-safe.
 */
final class Visit {

  /** After this, pages that were not fetched yet are not waited for any longer. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  /** One request that is to be made. */
  sealed interface Request {

    /** What is asked for. */
    String address();
  }

  /** The feed itself. */
  record FeedRequest(String address) implements Request {}

  /** A further document of the feed. */
  record LinkRequest(String address) implements Request {}

  /**
   * The page of an article.
   *
   * @param delivery the delivery that held the article
   * @param teaser the article as the feed gave it
   * @param tries requests for it before this one
   */
  record PageRequest(Delivery delivery, RawArticle teaser, int tries) implements Request {

    @Override
    public String address() {
      return teaser.getArticle().getUrl();
    }
  }

  /** What a request gave. */
  sealed interface Answer {

    /** How long the host wants to be left alone. */
    Duration pause();
  }

  /** What a server answered, or why it did not. */
  record Fetch(Request request, Optional<Fetched> fetched, String error, Duration pause)
      implements Answer {}

  /** What became of an article and its page. */
  record PageFetch(PageRequest request, Pages.Page page) implements Answer {

    @Override
    public Duration pause() {
      Duration retryAfter = page.retryAfter().orElse(Duration.ZERO);
      return retryAfter.compareTo(page.pause()) > 0 ? retryAfter : page.pause();
    }
  }

  private final Feed feed;
  private final Optional<PollState> last;
  private final Instant deadline;
  private final Deque<Request> wanted = new ArrayDeque<>();
  private Instant wantedSince;
  private boolean underWay;

  /** The feed's own answer; empty until it is there and has to be remembered at the end. */
  Optional<Fetched> answer = Optional.empty();

  Optional<FeedNotice> notice = Optional.empty();

  /** Why the rest of the feed could not be read. */
  Optional<String> cut = Optional.empty();

  Counts counts = Counts.NONE;
  long pagesFetched;
  long pagesMissed;
  Optional<String> pageError = Optional.empty();

  Visit(Feed feed, Optional<PollState> last, Instant due, Instant now) {
    this.feed = feed;
    this.last = last;
    this.deadline = now.plus(LONGEST);
    wanted.add(new FeedRequest(PollRules.url(feed, last)));
    wantedSince = due;
  }

  Feed feed() {
    return feed;
  }

  /** How the poll before went. */
  Optional<PollState> last() {
    return last;
  }

  Instant deadline() {
    return deadline;
  }

  /** What to ask for next; empty while an answer is awaited, and at the end. */
  Optional<Request> next() {
    return underWay ? Optional.empty() : Optional.ofNullable(wanted.peek());
  }

  Instant wantedSince() {
    return wantedSince;
  }

  /** The next request is being made. */
  void began() {
    wanted.remove();
    underWay = true;
  }

  /** The request that was being made is answered. */
  void answered(Instant now) {
    underWay = false;
    wantedSince = now;
  }

  void want(Request request) {
    wanted.add(request);
  }

  /** Asks for the same again, before anything else. */
  void wantAgain(Request request) {
    wanted.addFirst(request);
  }

  boolean isOver() {
    return !underWay && wanted.isEmpty();
  }

  static Request link(URI address) {
    return new LinkRequest(address.toString());
  }
}
