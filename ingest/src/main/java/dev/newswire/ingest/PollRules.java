// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.formats.FeedNotice;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a feed is polled next and what is kept of its answers: the rules of a polite reader (RFC
 * 9110, 9111; RSS 2.0 ttl, skipHours and skipDays). Each method gives the state after a poll; none
 * has an effect.
 */
final class PollRules {

  /** No feed is left alone for longer, whatever it or its server asks for. */
  static final Duration LONGEST = Duration.ofDays(1);

  /** How many polls in a row must answer with a permanent redirect before it is taken over. */
  static final int MOVES = 3;

  /** What is wrong with a server that has nothing new for whoever has nothing yet. */
  static final String UNASKED_304 = "the server answered 304 to a request without validators";

  private static final String CUT = "only its beginning can be read: ";
  private static final double JITTER = 0.1;
  private static final double GAP_WEIGHT = 0.3;
  private static final Pattern MAX_AGE =
      Pattern.compile("(?i)(?<![\\w-])max-age=([0-9]++)(?![\\w-])");
  private static final Pattern NOT_KEPT = Pattern.compile("(?i)(?<![\\w-])no-(?:cache|store)");

  private final Duration minimum;
  private final Duration maximum;
  private final RandomGenerator random;

  /**
   * Rules.
   *
   * @param minimum shortest interval of a feed that names none of its own
   * @param maximum longest interval that a quiet feed's grows to
   */
  PollRules(Duration minimum, Duration maximum, RandomGenerator random) {
    this.minimum = minimum;
    this.maximum = maximum.compareTo(minimum) < 0 ? minimum : maximum;
    this.random = random;
  }

  /** After an answer with a body: whether it brought something decides the next interval. */
  PollState answered(
      Feed feed,
      Optional<PollState> last,
      Fetched fetched,
      boolean somethingNew,
      Optional<FeedNotice> notice,
      Instant now) {
    Duration floor =
        longer(notice.flatMap(FeedNotice::interval).orElse(Duration.ZERO), freshness(fetched, now));
    Duration interval = interval(feed, last, somethingNew, now);
    PollState.Builder next =
        succeeded(feed, last, fetched, interval, floor, notice, now)
            .setEtag(fetched.header("ETag").orElse(null))
            .setLastModified(fetched.header("Last-Modified").orElse(null))
            .setBodyHash(ContentHash.sha256(fetched.body()));
    if (somethingNew) {
      newItemGap(last, now).ifPresent(next::setNewItemGap);
      next.setLastNewItem(now);
    }
    return next.build();
  }

  /**
   * After a 304: validators stay, and those that it carries replace them (RFC 9111, 4.3.4). Where
   * there were none, the feed's content is not known, so it is an error.
   */
  PollState unmodified(Feed feed, Optional<PollState> last, Fetched fetched, Instant now) {
    boolean wasConditional =
        toGoOnFrom(feed, last)
            .filter(state -> state.getEtag() != null || state.getLastModified() != null)
            .isPresent();
    if (!wasConditional) {
      return failed(feed, last, UNASKED_304, now);
    }
    PollState.Builder next =
        succeeded(
            feed,
            last,
            fetched,
            interval(feed, last, false, now),
            freshness(fetched, now),
            Optional.empty(),
            now);
    fetched.header("ETag").ifPresent(next::setEtag);
    fetched.header("Last-Modified").ifPresent(next::setLastModified);
    return next.build();
  }

  /**
   * After an answer of which only the beginning could be read: what was read is published, the feed
   * is polled as usual, and it counts as failing.
   */
  static PollState cut(PollState next, Optional<PollState> last, String why) {
    int failures = last.map(PollState::getFailures).orElse(0) + 1;
    return PollState.newBuilder(next).setFailures(failures).setError(CUT + why).build();
  }

  /** After the same answer as before, which is cut where it was. */
  static PollState unchanged(PollState next, Optional<PollState> last) {
    return last.filter(state -> state.getError() != null && state.getError().startsWith(CUT))
        .map(state -> cut(next, last, state.getError().substring(CUT.length())))
        .orElse(next);
  }

  /** After an answer that is an error: 410 retires the feed, anything else is tried again. */
  PollState refused(Feed feed, Optional<PollState> last, Fetched fetched, Instant now) {
    String error = "the server answered " + fetched.status();
    PollState failed = failed(feed, last, error, now);
    if (fetched.status() == 410) {
      return PollState.newBuilder(failed)
          .setRetired(true)
          .setError(error + ": the feed is gone for good")
          .build();
    }
    return retryAfter(fetched, now)
        .map(wait -> now.plus(wait))
        .filter(moment -> moment.isAfter(failed.getNextPoll()))
        .map(moment -> PollState.newBuilder(failed).setNextPoll(moment).build())
        .orElse(failed);
  }

  /** After no answer that could be used: twice the pause each time. */
  PollState failed(Feed feed, Optional<PollState> last, String error, Instant now) {
    int failures = toGoOnFrom(feed, last).map(PollState::getFailures).orElse(0) + 1;
    Duration pause = minimum(feed).multipliedBy(1L << Math.min(failures, 16));
    return state(feed, last, now)
        .setNextPoll(now.plus(jittered(shorter(pause, LONGEST))))
        .setFailures(failures)
        .setError(error)
        .build();
  }

  /** Without a poll, because its host asked to be left alone until then. */
  static PollState postponed(Feed feed, Optional<PollState> last, Instant until, Instant now) {
    return state(feed, last, now)
        .setLastAttempt(toGoOnFrom(feed, last).map(PollState::getLastAttempt).orElse(null))
        .setNextPoll(until)
        .setError("its host asked to be left alone until then")
        .build();
  }

  /** What the server asks for by Retry-After, in either form; capped. */
  static Optional<Duration> retryAfter(Fetched fetched, Instant now) {
    return fetched
        .header("Retry-After")
        .flatMap(text -> parseRetryAfter(text.strip(), now))
        .map(wait -> shorter(wait, LONGEST));
  }

  private static Optional<Duration> parseRetryAfter(String text, Instant now) {
    if (text.matches("[0-9]+")) {
      return Optional.of(seconds(text));
    }
    return moment(text).map(moment -> longer(Duration.between(now, moment), Duration.ZERO));
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      // A header that nobody can read asks for nothing.
      return Optional.empty();
    }
  }

  /**
   * How long the answer is good for (RFC 9111, 4.2.1): what Cache-Control says, and else Expires.
   * Zero where neither says so.
   */
  private static Duration freshness(Fetched fetched, Instant now) {
    String control = fetched.header("Cache-Control").orElse("");
    Matcher age = MAX_AGE.matcher(control);
    if (age.find()) {
      return seconds(age.group(1));
    }
    if (NOT_KEPT.matcher(control).find()) {
      return Duration.ZERO;
    }
    Instant from = fetched.header("Date").flatMap(PollRules::moment).orElse(now);
    return fetched
        .header("Expires")
        .flatMap(PollRules::moment)
        .map(until -> longer(Duration.between(from, until), Duration.ZERO))
        .orElse(Duration.ZERO);
  }

  /** As many seconds as the digits say; of a number beyond all sense, the longest pause. */
  private static Duration seconds(String digits) {
    return digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
  }

  private PollState.Builder succeeded(
      Feed feed,
      Optional<PollState> last,
      Fetched fetched,
      Duration interval,
      Duration floor,
      Optional<FeedNotice> notice,
      Instant now) {
    Duration pause = shorter(longer(interval, floor), LONGEST);
    Instant next = now.plus(jittered(pause));
    PollState.Builder state =
        state(feed, last, now)
            .setInterval(interval.toMillis())
            .setNextPoll(notice.map(asked -> notSkipped(next, asked)).orElse(next))
            .setLastSuccess(now)
            .setFailures(0)
            .setError(null);
    follow(last, fetched, state);
    return state;
  }

  /** A permanent redirect is believed once it was given several times in a row. */
  private static void follow(Optional<PollState> last, Fetched fetched, PollState.Builder state) {
    String target = fetched.movedTo().map(Object::toString).orElse(null);
    if (target == null) {
      state.setMovedTo(null).setMovedCount(0);
      return;
    }
    boolean again = last.map(PollState::getMovedTo).filter(target::equals).isPresent();
    int count = again ? last.orElseThrow().getMovedCount() + 1 : 1;
    if (count >= MOVES) {
      state.setUrl(target).setMovedTo(null).setMovedCount(0);
    } else {
      state.setMovedTo(target).setMovedCount(count);
    }
  }

  /** The address to poll: where the feed has moved to, as long as it is the feed that moved. */
  static String url(Feed feed, Optional<PollState> last) {
    return toGoOnFrom(feed, last).map(PollState::getUrl).orElse(feed.getUrl());
  }

  /** The state, unless it is of the URL that the feed had before, or of a feed that was gone. */
  static Optional<PollState> toGoOnFrom(Feed feed, Optional<PollState> last) {
    return last.filter(state -> state.getFeedUrl().equals(feed.getUrl()) && !state.getRetired());
  }

  private static PollState.Builder state(Feed feed, Optional<PollState> last, Instant now) {
    return toGoOnFrom(feed, last)
        .map(PollState::newBuilder)
        .orElseGet(() -> PollState.newBuilder().setInterval(0).setNextPoll(now))
        .setUrl(url(feed, last))
        .setFeedUrl(feed.getUrl())
        .setRetired(false)
        .setLastAttempt(now);
  }

  private Duration interval(
      Feed feed, Optional<PollState> last, boolean somethingNew, Instant now) {
    Duration floor = minimum(feed);
    Duration ceiling =
        longer(
            feed.getMaximumInterval() == null
                ? maximum
                : Duration.ofMillis(feed.getMaximumInterval()),
            floor);
    if (last.filter(state -> SubscriptionRules.isActive(state, now)).isPresent()) {
      return ceiling;
    }
    Duration before = last.map(state -> Duration.ofMillis(state.getInterval())).orElse(floor);
    Duration next = somethingNew ? before.dividedBy(2) : before.multipliedBy(3).dividedBy(2);
    return shorter(longer(next, floor), ceiling);
  }

  private Duration minimum(Feed feed) {
    return feed.getMinimumInterval() == null
        ? minimum
        : Duration.ofMillis(feed.getMinimumInterval());
  }

  /** The state after a new item came by another way than a poll. */
  static PollState withNewItem(PollState state, Instant now) {
    PollState.Builder next = PollState.newBuilder(state).setLastNewItem(now);
    newItemGap(Optional.of(state), now).ifPresent(next::setNewItemGap);
    return next.build();
  }

  private static Optional<Long> newItemGap(Optional<PollState> last, Instant now) {
    if (last.isEmpty() || last.get().getLastNewItem() == null) {
      return Optional.empty();
    }
    long gap = Duration.between(last.get().getLastNewItem(), now).toMillis();
    Long before = last.get().getNewItemGap();
    return Optional.of(
        before == null ? gap : Math.round(before * (1 - GAP_WEIGHT) + gap * GAP_WEIGHT));
  }

  /** The first full hour from then on that is not skipped; a week of skipped hours is ignored. */
  private static Instant notSkipped(Instant moment, FeedNotice notice) {
    ZonedDateTime at = moment.atZone(ZoneOffset.UTC);
    for (int hours = 0; hours < 7 * 24; hours++) {
      if (!notice.skipHours().contains(at.getHour())
          && !notice.skipDays().contains(at.getDayOfWeek())) {
        return at.toInstant();
      }
      at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
    }
    return moment;
  }

  /** Give or take a tenth, the longest pause at most. */
  private Duration jittered(Duration pause) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return shorter(Duration.ofMillis(Math.round(pause.toMillis() * factor)), LONGEST);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
