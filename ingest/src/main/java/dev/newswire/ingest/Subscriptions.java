// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.Callback.Distribution;
import dev.newswire.ingest.Callback.Reply;
import dev.newswire.ingest.Callback.Verification;
import dev.newswire.ingest.SubscriptionRules.Step;
import dev.newswire.runtime.Outage;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.Subscription;
import dev.newswire.schemas.SubscriptionStatus;
import dev.newswire.schemas.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSub subscriptions of this instance's feeds. They are part of what each feed remembers, so
 * that whoever takes the feed over has them. Not thread-safe, save {@link #isKnown} and {@link
 * #has}.
 */
final class Subscriptions {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

  private final FeedShare share;
  private final Publisher publisher;
  private final Polling polling;
  private final Poller poller;
  private final SubscriptionRules rules;
  private final Clock clock;
  private volatile Known known = new Known(Set.of(), 0, Set.of());

  /**
   * What other threads may know.
   *
   * @param partitions those that this instance has
   * @param partitionCount number of all partitions; 0 where it is not known yet
   * @param paths ends of the callbacks of their feeds
   */
  private record Known(Set<Integer> partitions, int partitionCount, Set<String> paths) {}

  Subscriptions(
      FeedShare share,
      Publisher publisher,
      Polling polling,
      Poller poller,
      SubscriptionRules rules,
      Clock clock) {
    this.share = share;
    this.publisher = publisher;
    this.polling = polling;
    this.poller = poller;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Asks hubs for what is due, once Kafka has it that they are asked.
   *
   * @throws Outage where Kafka does not take the states of subscriptions now
   */
  void round() {
    publisher.together(
        () -> {
          polling.hubAnswers().forEach(this::take);
          return null;
        });
    publisher
        .together(() -> share.names().stream().map(this::begin).flatMap(Optional::stream).toList())
        .forEach(polling::ask);
    Set<String> paths = new HashSet<>();
    for (String feed : share.names()) {
      publisher
          .memory()
          .poll(feed)
          .map(PollState::getSubscription)
          .map(Subscription::getCallback)
          .ifPresent(callback -> paths.add(path(callback)));
    }
    known = new Known(share.partitions(), share.partitionCount(), Set.copyOf(paths));
  }

  /** Whether a path is one that we gave to a hub. May be called by any thread. */
  boolean isKnown(String feed, String token) {
    return known.paths.contains(feed + "/" + token);
  }

  /** Whether a feed, if there is such a one, is this instance's. May be called by any thread. */
  boolean has(String feed) {
    Known now = known;
    return now.partitionCount > 0
        && now.partitions.contains(TopicSpec.partition(feed, now.partitionCount));
  }

  private static String path(String callback) {
    return callback.substring(callback.lastIndexOf('/', callback.lastIndexOf('/') - 1) + 1);
  }

  /** Remembers the step that is due, and says what the hub is to be asked for. */
  private Optional<Hub.Request> begin(String feed) {
    Optional<Step> due =
        publisher
            .memory()
            .poll(feed)
            .flatMap(polled -> rules.step(share.feed(feed), polled, clock.instant()));
    due.ifPresent(step -> publisher.remember(feed, step.state(), share.membership(feed)));
    return due.flatMap(
        step ->
            step.mode().map(mode -> new Hub.Request(feed, mode, step.state().getSubscription())));
  }

  private void take(Hub.Answer answer) {
    String feed = answer.request().feed();
    if (answer.error().isEmpty() || !share.names().contains(feed)) {
      return;
    }
    LOG.warn("feed {}: {}", feed, answer.error().get());
    publisher
        .memory()
        .poll(feed)
        .filter(state -> state.getSubscription() != null)
        .ifPresent(
            state ->
                publisher.remember(
                    feed,
                    SubscriptionRules.failed(state, answer.error().get()),
                    share.membership(feed)));
  }

  /**
   * Answers a hub; what it delivers is on Kafka then.
   *
   * @throws Outage where Kafka does not take it now
   */
  Reply answer(Callback callback, java.util.function.Consumer<Counts> counts) {
    String feed = callback.feed();
    Optional<PollState> state =
        share.names().contains(feed)
            ? publisher.memory().poll(feed).filter(polled -> isOf(callback, polled))
            : Optional.empty();
    if (state.isEmpty()) {
      return share.has(feed) ? new Reply(404, "there is no such subscription") : Reply.LATER;
    }
    if (callback instanceof Verification verification) {
      return verify(verification, state.get());
    }
    return publish((Distribution) callback, state.get(), counts);
  }

  private static boolean isOf(Callback callback, PollState state) {
    return state.getSubscription() != null
        && MessageDigest.isEqual(
            path(state.getSubscription().getCallback()).getBytes(StandardCharsets.UTF_8),
            (callback.feed() + "/" + callback.token()).getBytes(StandardCharsets.UTF_8));
  }

  private Reply verify(Verification verification, PollState state) {
    Subscription subscription = state.getSubscription();
    Instant now = clock.instant();
    if (!verification.topic().equals(subscription.getTopic())) {
      return new Reply(404, "this is no subscription to that topic");
    }
    boolean ending = subscription.getStatus() == SubscriptionStatus.ENDING;
    if (verification.mode().equals("denied")) {
      remember(
          verification,
          ending
              ? SubscriptionRules.over(state, now)
              : SubscriptionRules.denied(state, verification.reason(), now));
      return new Reply(200, "");
    }
    if (verification.mode().equals("subscribe") && !ending) {
      if (subscription.getStatus() != SubscriptionStatus.ACTIVE) {
        LOG.info("feed {}: subscribed at {}", verification.feed(), subscription.getHub());
      }
      remember(verification, SubscriptionRules.verified(state, verification.lease(), now));
      return new Reply(200, verification.challenge());
    }
    if (verification.mode().equals("unsubscribe") && ending) {
      remember(verification, SubscriptionRules.over(state, now));
      return new Reply(200, verification.challenge());
    }
    return new Reply(404, "that was not asked for");
  }

  private void remember(Callback callback, PollState next) {
    publisher.remember(callback.feed(), next, share.membership(callback.feed()));
  }

  private Reply publish(
      Distribution given, PollState state, java.util.function.Consumer<Counts> counts) {
    Optional<Feed> feed = share.feed(given.feed());
    if (feed.isEmpty() || !SubscriptionRules.isActive(state, clock.instant())) {
      return new Reply(410, "the subscription is over");
    }
    if (!Hub.isSigned(given.body(), given.signature(), state.getSubscription().getSecret())) {
      // Answered as if all were well, so that nobody can try out signatures (WebSub, 8).
      LOG.warn("feed {}: a delivery without the hub's signature is ignored", given.feed());
      return new Reply(202, "");
    }
    Counts published =
        poller.publishDelivered(feed.get(), given, state, share.membership(given.feed()));
    counts.accept(published);
    return new Reply(202, "");
  }
}
