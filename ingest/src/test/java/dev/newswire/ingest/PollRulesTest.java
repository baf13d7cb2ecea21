// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.formats.FeedNotice;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PollRulesTest {

  /** A Monday. */
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private static final Duration MINIMUM = Duration.ofMinutes(5);
  private static final Duration MAXIMUM = Duration.ofHours(1);

  private final PollRules rules = new PollRules(MINIMUM, MAXIMUM, new Random(1));
  private final Feed feed =
      Feed.newBuilder().setName("a").setProvider("a").setUrl("https://example.org/a").build();

  @Test
  void aQuietFeedIsPolledLessOftenUpToTheMaximumAndABusyOneMoreOftenDownToTheMinimum() {
    PollState state = answered(Optional.empty(), true, Map.of());
    assertPause(state, MINIMUM);
    for (int poll = 0; poll < 10; poll++) {
      state = answered(Optional.of(state), false, Map.of());
    }
    assertPause(state, MAXIMUM);
    for (int poll = 0; poll < 10; poll++) {
      state = answered(Optional.of(state), true, Map.of());
    }
    assertPause(state, MINIMUM);
  }

  @Test
  void pausesDifferALittleSoThatFeedsDoNotComeAllAtOnce() {
    Instant first = answered(Optional.empty(), true, Map.of()).getNextPoll();
    Instant second = answered(Optional.empty(), true, Map.of()).getNextPoll();
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void aFeedsOwnBoundsWin() {
    Feed own = Feed.newBuilder(feed).setMinimumInterval(7_200_000L).build();
    PollState state =
        rules.answered(own, Optional.empty(), fetched(200, Map.of()), true, Optional.empty(), NOW);
    assertPause(state, Duration.ofHours(2));
  }

  @Test
  void whatTheFeedAndItsServerAskForIsHonouredUpToADay() {
    assertPause(
        answered(Optional.empty(), true, Map.of("Cache-Control", "public, max-age=1800")),
        Duration.ofMinutes(30));
    assertPause(
        answered(Optional.empty(), true, Map.of("Cache-Control", "max-age=31536000")),
        Duration.ofDays(1));
    FeedNotice notice = notice(Optional.of(Duration.ofMinutes(45)), Set.of(), Set.of());
    PollState state =
        rules.answered(
            feed, Optional.empty(), fetched(200, Map.of()), true, Optional.of(notice), NOW);
    assertPause(state, Duration.ofMinutes(45));
  }

  @Test
  void hoursAndDaysToSkipAreSkipped() {
    FeedNotice notice = notice(Optional.empty(), Set.of(9, 10), Set.of());
    assertThat(skipping(notice)).isEqualTo(Instant.parse("2026-03-02T11:00:00Z"));
    FeedNotice mondays = notice(Optional.empty(), Set.of(), Set.of(DayOfWeek.MONDAY));
    assertThat(skipping(mondays)).isEqualTo(Instant.parse("2026-03-03T00:00:00Z"));
    FeedNotice always = notice(Optional.empty(), Set.of(), Set.of(DayOfWeek.values()));
    assertThat(skipping(always)).isCloseTo(NOW.plus(MINIMUM), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void errorsDoubleThePauseUpToADayAndASuccessEndsThat() {
    PollState state = rules.failed(feed, Optional.empty(), "no answer", NOW);
    assertPause(state, MINIMUM.multipliedBy(2));
    state = rules.failed(feed, Optional.of(state), "no answer", NOW);
    assertPause(state, MINIMUM.multipliedBy(4));
    for (int poll = 0; poll < 30; poll++) {
      state = rules.failed(feed, Optional.of(state), "no answer", NOW);
      assertThat(state.getNextPoll()).isBeforeOrEqualTo(NOW.plus(Duration.ofDays(1)));
    }
    assertPause(state, Duration.ofDays(1));
    assertThat(state.getError()).isEqualTo("no answer");
    PollState next = answered(Optional.of(state), true, Map.of());
    assertThat(next.getFailures()).isZero();
    assertThat(next.getError()).isNull();
    assertPause(next, MINIMUM);
  }

  @Test
  void anAnswerThatExpiresIsAskedForAgainThen() {
    String date = "Mon, 02 Mar 2026 08:00:00 GMT";
    String expires = "Mon, 02 Mar 2026 08:40:00 GMT";
    Optional<PollState> none = Optional.empty();
    assertPause(
        answered(none, true, Map.of("Date", date, "Expires", expires)), Duration.ofMinutes(40));
    assertPause(answered(none, true, Map.of("Expires", "0")), MINIMUM);
    assertPause(answered(none, true, Map.of("Expires", date)), MINIMUM);
    assertPause(
        answered(none, true, Map.of("Date", date, "Expires", expires, "Cache-Control", "no-cache")),
        MINIMUM);
    assertPause(
        answered(
            none, true, Map.of("Date", date, "Expires", expires, "Cache-Control", "max-age=600")),
        Duration.ofMinutes(10));
  }

  @Test
  void retryAfterIsHonouredInBothFormsAndCapped() {
    assertThat(refused(429, "7200")).isEqualTo(NOW.plus(Duration.ofHours(2)));
    assertThat(refused(503, "Mon, 02 Mar 2026 12:00:00 GMT"))
        .isEqualTo(Instant.parse("2026-03-02T12:00:00Z"));
    assertThat(refused(503, "999999999")).isEqualTo(NOW.plus(Duration.ofDays(1)));
    assertThat(refused(503, "99999999999")).isEqualTo(NOW.plus(Duration.ofDays(1)));
    assertThat(refused(503, "soon")).isCloseTo(refused(503, ""), within(5, ChronoUnit.MINUTES));
    assertThat(refused(503, "Mon, 02 Mar 2020 12:00:00 GMT")).isAfter(NOW);
  }

  @Test
  void aFeedThatIsGoneIsRetired() {
    PollState state = rules.refused(feed, Optional.empty(), fetched(410, Map.of()), NOW);
    assertThat(state.getRetired()).isTrue();
    assertThat(Poller.dueAt(feed, NOW, Optional.of(state))).isEmpty();
    Feed moved = Feed.newBuilder(feed).setUrl("https://example.org/b").build();
    assertThat(Poller.dueAt(moved, NOW, Optional.of(state)))
        .as("another URL begins anew")
        .isPresent();
    assertThat(Poller.dueAt(feed, NOW.plusSeconds(1), Optional.of(state)))
        .as("so does the same URL, given again")
        .isPresent();
    PollState revived = answered(Optional.of(state), true, Map.of());
    assertThat(revived.getRetired()).isFalse();
  }

  @Test
  void aPermanentRedirectIsBelievedTheThirdTime() {
    URI target = URI.create("https://example.org/new");
    Optional<PollState> state = Optional.empty();
    for (int poll = 1; poll <= 3; poll++) {
      assertThat(PollRules.url(feed, state)).isEqualTo("https://example.org/a");
      assertThat(new FeedRegister.Entry(feed, state).movedTo()).isEmpty();
      Fetched moved = new Fetched(200, headers(Map.of()), new byte[0], Optional.of(target));
      state = Optional.of(rules.answered(feed, state, moved, false, Optional.empty(), NOW));
    }
    assertThat(PollRules.url(feed, state)).isEqualTo("https://example.org/new");
    assertThat(new FeedRegister.Entry(feed, state).movedTo()).contains("https://example.org/new");
    Feed other = Feed.newBuilder(feed).setUrl("https://example.org/c").build();
    assertThat(PollRules.url(other, state)).isEqualTo("https://example.org/c");
  }

  @Test
  void aRedirectThatChangesItsTargetIsNotBelieved() {
    Optional<PollState> state = Optional.empty();
    for (int poll = 0; poll < 6; poll++) {
      URI target = URI.create("https://example.org/" + poll % 2);
      Fetched moved = new Fetched(200, headers(Map.of()), new byte[0], Optional.of(target));
      state = Optional.of(rules.answered(feed, state, moved, false, Optional.empty(), NOW));
    }
    assertThat(PollRules.url(feed, state)).isEqualTo("https://example.org/a");
  }

  @Test
  void validatorsAreReplacedByAnAnswerAndKeptByA304ThatHasNone() {
    PollState first =
        answered(Optional.empty(), true, Map.of("ETag", "W/\"1\"", "Last-Modified", "yesterday"));
    assertThat(first.getEtag()).isEqualTo("W/\"1\"");
    PollState kept = rules.unmodified(feed, Optional.of(first), fetched(304, Map.of()), NOW);
    assertThat(kept.getEtag()).isEqualTo("W/\"1\"");
    assertThat(kept.getLastModified()).isEqualTo("yesterday");
    PollState renewed =
        rules.unmodified(feed, Optional.of(first), fetched(304, Map.of("ETag", "\"2\"")), NOW);
    assertThat(renewed.getEtag()).isEqualTo("\"2\"");
    PollState without = answered(Optional.of(first), true, Map.of());
    assertThat(without.getEtag()).isNull();
    assertThat(without.getLastModified()).isNull();
  }

  @Test
  void a304ToARequestWithoutValidatorsIsAnError() {
    PollState first = rules.unmodified(feed, Optional.empty(), fetched(304, Map.of()), NOW);
    assertThat(first.getError())
        .isEqualTo("the server answered 304 to a request without validators");
    assertThat(first.getFailures()).isEqualTo(1);
    assertPause(first, MINIMUM.multipliedBy(2));
    PollState second = rules.unmodified(feed, Optional.of(first), fetched(304, Map.of()), NOW);
    assertThat(second.getFailures()).isEqualTo(2);
  }

  @Test
  void aFeedThatGetsAnotherAddressBeginsAnewEvenIfItsFirstPollFails() {
    PollState before = answered(Optional.empty(), true, Map.of("ETag", "\"1\""));
    before = rules.failed(feed, Optional.of(before), "no answer", NOW);
    Feed moved = Feed.newBuilder(feed).setUrl("https://example.org/moved.rss").build();
    PollState after = rules.failed(moved, Optional.of(before), "no answer", NOW);
    assertThat(after.getEtag()).isNull();
    assertThat(after.getFailures()).isEqualTo(1);
  }

  @Test
  void aFeedWhoseHostWantsToBeLeftAloneWaitsAndKeepsWhatItKnows() {
    PollState before = answered(Optional.empty(), true, Map.of("ETag", "\"1\""));
    Instant until = NOW.plusSeconds(3600);
    PollState state = PollRules.postponed(feed, Optional.of(before), until, NOW.plusSeconds(400));
    assertThat(state.getNextPoll()).isEqualTo(until);
    assertThat(state.getLastAttempt()).isEqualTo(NOW);
    assertThat(state.getFailures()).isZero();
    assertThat(state.getEtag()).isEqualTo("\"1\"");
    assertThat(state.getError()).contains("its host");
    assertThat(answered(Optional.of(state), false, Map.of()).getError()).isNull();
  }

  private Instant skipping(FeedNotice notice) {
    return rules
        .answered(feed, Optional.empty(), fetched(200, Map.of()), true, Optional.of(notice), NOW)
        .getNextPoll();
  }

  private static FeedNotice notice(
      Optional<Duration> interval, Set<Integer> hours, Set<DayOfWeek> days) {
    return new FeedNotice(interval, hours, days, Optional.empty(), Optional.empty());
  }

  private Instant refused(int status, String retryAfter) {
    Map<String, String> headers =
        retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", retryAfter);
    return rules.refused(feed, Optional.empty(), fetched(status, headers), NOW).getNextPoll();
  }

  private PollState answered(
      Optional<PollState> last, boolean somethingNew, Map<String, String> headers) {
    return rules.answered(feed, last, fetched(200, headers), somethingNew, Optional.empty(), NOW);
  }

  private static Fetched fetched(int status, Map<String, String> headers) {
    return new Fetched(status, headers(headers), new byte[0], Optional.empty());
  }

  private static HttpHeaders headers(Map<String, String> headers) {
    Map<String, List<String>> lists = new TreeMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return HttpHeaders.of(lists, (name, value) -> true);
  }

  private static void assertPause(PollState state, Duration pause) {
    Duration actual = Duration.between(NOW, state.getNextPoll());
    assertThat(actual).isCloseTo(pause, pause.dividedBy(10));
  }
}
