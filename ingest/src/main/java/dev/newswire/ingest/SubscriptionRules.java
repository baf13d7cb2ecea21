// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.Subscription;
import dev.newswire.schemas.SubscriptionStatus;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * When a hub is asked for what: to subscribe once a feed offers a hub, to renew before the lease
 * ends, to unsubscribe when the feed is paused or removed; again and ever more seldom where it does
 * not verify. Each method gives the state that follows; none has an effect.
 */
final class SubscriptionRules {

  private static final Duration FIRST_RETRY = Duration.ofMinutes(10);
  private static final Duration LONGEST_RETRY = Duration.ofDays(1);
  private static final Duration AFTER_DENIAL = Duration.ofDays(7);
  private static final Duration LONGEST_LEASE = Duration.ofDays(30);
  private static final Duration USUAL_LEASE = Duration.ofDays(1);
  private static final double RENEWAL = 0.8;
  private static final int MOST_UNSUBSCRIPTIONS = 3;

  private final Optional<URI> callback;
  private final SecureRandom random = new SecureRandom();

  /**
   * Rules.
   *
   * @param callback the public address of the push server; empty for no subscriptions
   */
  SubscriptionRules(Optional<URI> callback) {
    this.callback = callback;
  }

  /**
   * A state, and what the hub is to be asked once it is remembered.
   *
   * @param mode subscribe or unsubscribe; empty for nothing
   */
  record Step(PollState state, Optional<String> mode) {}

  /**
   * What is to be done about a feed's subscription now.
   *
   * @param feed empty where it is removed
   * @return empty where there is nothing to do
   */
  Optional<Step> step(Optional<Feed> feed, PollState state, Instant now) {
    Subscription subscription = state.getSubscription();
    boolean wanted =
        callback.isPresent()
            && feed.filter(active -> !active.getPaused()).isPresent()
            && !state.getRetired()
            && state.getHub() != null
            && state.getTopic() != null;
    if (!wanted) {
      return subscription == null ? Optional.empty() : end(state, subscription, now);
    }
    if (subscription == null
        || subscription.getStatus() == SubscriptionStatus.ENDING
        || !isOf(subscription, state)) {
      return Optional.of(request(state, fresh(feed.orElseThrow(), state, now), now));
    }
    boolean over =
        subscription.getStatus() == SubscriptionStatus.ACTIVE
            && !subscription.getLeaseEnds().isAfter(now);
    if (over) {
      Subscription again =
          Subscription.newBuilder(subscription)
              .setStatus(SubscriptionStatus.REQUESTED)
              .setLeaseEnds(null)
              .setError("the lease ended before the hub renewed it")
              .build();
      // Polled again as usual, and at once: nobody knows what was missed.
      PollState polled = PollState.newBuilder(state).setNextPoll(now).setInterval(0).build();
      return Optional.of(request(polled, again, now));
    }
    return subscription.getNextRequest().isAfter(now)
        ? Optional.empty()
        : Optional.of(request(state, subscription, now));
  }

  private boolean isOf(Subscription subscription, PollState state) {
    return subscription.getHub().equals(state.getHub())
        && subscription.getTopic().equals(state.getTopic())
        && subscription.getCallback().startsWith(base());
  }

  private String base() {
    return callback.orElseThrow().toString().replaceFirst("(?<!/)/+$", "") + "/websub/";
  }

  private Subscription fresh(Feed feed, PollState state, Instant now) {
    byte[] path = new byte[16];
    random.nextBytes(path);
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return Subscription.newBuilder()
        .setHub(state.getHub())
        .setTopic(state.getTopic())
        .setCallback(
            base()
                + feed.getName()
                + "/"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(path))
        .setSecret(HexFormat.of().formatHex(secret))
        .setStatus(SubscriptionStatus.REQUESTED)
        .setNextRequest(now)
        .build();
  }

  private static Step request(PollState state, Subscription subscription, Instant now) {
    boolean denied = subscription.getStatus() == SubscriptionStatus.DENIED;
    Subscription asked =
        Subscription.newBuilder(subscription)
            .setStatus(denied ? SubscriptionStatus.REQUESTED : subscription.getStatus())
            .setRequests(subscription.getRequests() + 1)
            .setNextRequest(now.plus(retry(subscription.getRequests())))
            .build();
    return new Step(with(state, asked), Optional.of("subscribe"));
  }

  private Optional<Step> end(PollState state, Subscription subscription, Instant now) {
    boolean ending = subscription.getStatus() == SubscriptionStatus.ENDING;
    if (callback.isEmpty()
        || !(ending || subscription.getStatus() == SubscriptionStatus.ACTIVE)
        || (ending
            && subscription.getRequests() >= MOST_UNSUBSCRIPTIONS
            && !subscription.getNextRequest().isAfter(now))) {
      return Optional.of(new Step(over(state, now), Optional.empty()));
    }
    if (ending && subscription.getNextRequest().isAfter(now)) {
      return Optional.empty();
    }
    int requests = ending ? subscription.getRequests() : 0;
    Subscription asked =
        Subscription.newBuilder(subscription)
            .setStatus(SubscriptionStatus.ENDING)
            .setRequests(requests + 1)
            .setNextRequest(now.plus(retry(requests)))
            .build();
    return Optional.of(new Step(with(state, asked), Optional.of("unsubscribe")));
  }

  /** After the hub verified that we want the subscription. */
  static PollState verified(PollState state, Optional<Duration> granted, Instant now) {
    Duration lease = granted.filter(time -> !time.isZero()).orElse(USUAL_LEASE);
    lease = lease.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : lease;
    return with(
        state,
        Subscription.newBuilder(state.getSubscription())
            .setStatus(SubscriptionStatus.ACTIVE)
            .setRequests(0)
            .setLeaseEnds(now.plus(lease))
            .setNextRequest(now.plusMillis(Math.round(lease.toMillis() * RENEWAL)))
            .setError(null)
            .build());
  }

  /** After the hub refused the subscription, or ended it. */
  static PollState denied(PollState state, String reason, Instant now) {
    PollState polled = PollState.newBuilder(state).setNextPoll(now).setInterval(0).build();
    return with(
        polled,
        Subscription.newBuilder(state.getSubscription())
            .setStatus(SubscriptionStatus.DENIED)
            .setLeaseEnds(null)
            .setNextRequest(now.plus(AFTER_DENIAL))
            .setError("denied by the hub" + (reason.isEmpty() ? "" : ": " + reason))
            .build());
  }

  /** After the hub did not take a request. */
  static PollState failed(PollState state, String error) {
    return with(state, Subscription.newBuilder(state.getSubscription()).setError(error).build());
  }

  /** After a delivery of the hub that brought something, or nothing. */
  static PollState delivered(PollState state, boolean somethingNew, Instant now) {
    PollState next =
        with(
            state,
            Subscription.newBuilder(state.getSubscription())
                .setLastDelivery(now)
                .setError(null)
                .build());
    return somethingNew ? PollRules.withNewItem(next, now) : next;
  }

  /** After the subscription ended: the feed is polled as before. */
  static PollState over(PollState state, Instant now) {
    return PollState.newBuilder(state)
        .setSubscription(null)
        .setNextPoll(state.getNextPoll().isBefore(now) ? state.getNextPoll() : now)
        .setInterval(0)
        .build();
  }

  /** Whether the hub delivers now, so that polling is for safety only. */
  static boolean isActive(PollState state, Instant now) {
    Subscription subscription = state.getSubscription();
    return subscription != null
        && subscription.getStatus() == SubscriptionStatus.ACTIVE
        && subscription.getLeaseEnds() != null
        && subscription.getLeaseEnds().isAfter(now);
  }

  private static PollState with(PollState state, Subscription subscription) {
    return PollState.newBuilder(state).setSubscription(subscription).build();
  }

  private static Duration retry(int requests) {
    Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(requests, 10));
    return pause.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : pause;
  }
}
