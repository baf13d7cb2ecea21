// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.newswire.runtime.Health;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.RawArticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ingest as it runs: feeds from the register, pushed deliveries, several instances. */
final class IngestStageTest {

  private static final String TOKEN = "0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension private static final Kafka kafka = new Kafka();
  private NewsServer server;
  private final List<IngestStage> stages = new ArrayList<>();

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void start() throws IOException {
    server = new NewsServer();
    server.answer =
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring(1);
          NewsServer.send(exchange, Feeds.rss(Feeds.item(name, "Of " + name)));
        };
  }

  @AfterEach
  void stop() {
    stages.forEach(IngestStage::close);
    server.close();
  }

  @Test
  void feedsAreAddedPausedAndRemovedWhileItRuns() {
    stage(Optional.empty());
    FeedRegister register = new FeedRegister(kafka.cluster);
    register.put(List.of(feed("a")));
    awaitHeadlines("Of a");
    register.put(List.of(Feed.newBuilder(feed("a")).setPaused(true).build(), feed("b")));
    awaitHeadlines("Of a", "Of b");
    register.remove("b");
    register.put(List.of(feed("c")));
    awaitHeadlines("Of a", "Of b", "Of c");
    assertThat(register.feeds()).containsOnlyKeys("a", "c");
    assertThat(meters.find("kafka.producer.record.send.total").functionCounter()).isNotNull();
    assertThat(meters.find("kafka.consumer.fetch.manager.records.consumed.total").functionCounter())
        .isNotNull();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(register.entries())
                    .allSatisfy(entry -> assertThat(entry.state()).isPresent()));
  }

  @Test
  void aFeedThatWasGoneIsPolledAgainWhenItIsAddedAgain() {
    NewsServer.Answer back = server.answer;
    server.answer = exchange -> NewsServer.send(exchange, 410, new byte[0]);
    FeedRegister register = new FeedRegister(kafka.cluster);
    register.put(List.of(feed("a")));
    stage(Optional.empty());
    awaitGone(register, true);
    server.answer = back;
    register.put(List.of(feed("a")));
    awaitHeadlines("Of a");
    awaitGone(register, false);
  }

  private static void awaitGone(FeedRegister register, boolean gone) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(register.entries().get(0).state().map(PollState::getRetired))
                    .contains(gone));
  }

  @Test
  void aFeedThatIsCutIsPublishedAsFarAsItGoesAndIsFailingUntilItIsWhole() {
    String whole = Feeds.rss(Feeds.item("1", "One"), Feeds.item("2", "Two"));
    server.answer =
        exchange -> NewsServer.send(exchange, whole.substring(0, whole.indexOf("Two") + 1));
    FeedRegister register = new FeedRegister(kafka.cluster);
    register.put(List.of(feed("a")));
    stage(Optional.empty());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(register.entries().get(0).state())
                    .hasValueSatisfying(
                        state -> {
                          assertThat(state.getFailures()).isGreaterThan(1);
                          assertThat(state.getError())
                              .startsWith("only its beginning can be read: The document ends");
                        }));
    assertThat(kafka.articles()).hasSize(1);
    server.answer = exchange -> NewsServer.send(exchange, whole);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(register.entries().get(0).state().map(PollState::getFailures))
                    .contains(0));
  }

  @Test
  void oneHostGetsOneRequestAtATime() {
    FeedRegister register = new FeedRegister(kafka.cluster);
    register.put(IntStream.range(0, 20).mapToObj(number -> feed("f" + number)).toList());
    stage(Optional.empty());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.articles()).hasSize(20));
    assertThat(server.mostAtOnce()).isEqualTo(1);
  }

  @Test
  void aHostThatAsksTwiceToBeLeftAloneIsLeftAloneWithAllItsFeedsAndEachSaysUntilWhen() {
    server.answer =
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "3600");
          NewsServer.send(exchange, 429, new byte[0]);
        };
    FeedRegister register = new FeedRegister(kafka.cluster);
    register.put(List.of(feed("a"), feed("b"), feed("c")));
    stage(Optional.empty());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(register.entries())
                    .allSatisfy(
                        entry ->
                            assertThat(entry.state().map(PollState::getNextPoll))
                                .hasValueSatisfying(
                                    next ->
                                        assertThat(next).isAfter(Instant.now().plusSeconds(1800))))
                    .extracting(entry -> entry.state().orElseThrow().getFailures())
                    .containsExactlyInAnyOrder(0, 1, 1));
    assertThat(server.paths()).hasSize(2);
  }

  @Test
  void aThousandFeedsTakeFewThreadsAndEachHostOneRequestAtATimePagesIncluded() throws IOException {
    List<NewsServer> hosts = new ArrayList<>();
    try {
      for (int host = 1; host <= 20; host++) {
        hosts.add(host("127.0.0." + host));
      }
      List<Feed> feeds =
          IntStream.range(0, 1_000)
              .mapToObj(number -> feedOfMany(number, hosts.get(number % hosts.size())))
              .toList();
      new FeedRegister(kafka.cluster).put(feeds);
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      threads.resetPeakThreadCount();
      int before = threads.getThreadCount();
      stage(Optional.empty());
      await()
          .atMost(PATIENCE.multipliedBy(2))
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () ->
                  meters
                          .counter("newswire.outcomes", "stage", "ingest", "outcome", "published")
                          .count()
                      >= 1_000);

      assertThat(threads.getPeakThreadCount() - before).as("threads").isLessThan(100);
      assertThat(hosts).allSatisfy(host -> assertThat(host.mostAtOnce()).isEqualTo(1));
      assertThat(hosts).allSatisfy(host -> assertThat(host.paths()).doesNotHaveDuplicates());
      List<RawArticle> articles = kafka.articles();
      assertThat(articles)
          .hasSize(1_000)
          .extracting(raw -> raw.getArticle().getId())
          .doesNotHaveDuplicates();
      assertThat(articles).filteredOn(raw -> raw.getPage() != null).hasSize(100);
    } finally {
      hosts.forEach(NewsServer::close);
    }
  }

  private static NewsServer host(String address) throws IOException {
    NewsServer host;
    try {
      host = new NewsServer(address);
    } catch (BindException e) {
      return abort("this system has one loopback address only");
    }
    host.answer =
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring(1);
          switch (name.replaceFirst("-.*", "")) {
            case "teaser" ->
                NewsServer.send(
                    exchange, Feeds.rss(Feeds.teaser("Of " + name, host.url("/page-" + name))));
            case "page" -> NewsServer.send(exchange, Feeds.page(name, "The whole text."));
            case "feed" -> NewsServer.send(exchange, Feeds.rss(Feeds.item(name, "Of " + name)));
            default -> NewsServer.send(exchange, 404, new byte[0]);
          }
        };
    return host;
  }

  /** One that is polled once in a test; every tenth wants the page of its item. */
  private static Feed feedOfMany(int number, NewsServer host) {
    boolean teases = number / 10 % 10 == 0;
    String name = (teases ? "teaser-" : "feed-") + number;
    return Feed.newBuilder()
        .setName(name)
        .setProvider(name)
        .setUrl(host.url("/" + name))
        .setFetchPages(teases)
        .setMinimumInterval(Duration.ofHours(1).toMillis())
        .build();
  }

  @Test
  void twoInstancesShareTheFeedsAndOneTakesOverFromTheOtherWithoutRepeating() {
    FeedRegister register = new FeedRegister(kafka.cluster);
    register.put(IntStream.range(0, 12).mapToObj(number -> feed("f" + number)).toList());
    IngestStage first = stage(Optional.empty());
    stage(Optional.empty());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.articles()).hasSize(12));
    first.close();
    stages.remove(first);
    register.put(List.of(feed("late-0"), feed("late-1"), feed("late-2"), feed("late-3")));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.articles()).hasSize(16));
    assertThat(kafka.articles())
        .extracting(raw -> raw.getArticle().getId())
        .doesNotHaveDuplicates();
  }

  @Test
  void aFeedWithAFormatThatThereIsNotFailsAloneAndSaysSo() {
    FeedRegister register = new FeedRegister(kafka.cluster);
    register.put(List.of(Feed.newBuilder(feed("a")).setFormat("papyrus").build(), feed("b")));
    stage(Optional.empty());
    awaitHeadlines("Of b");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(register.entries().get(0).state().orElseThrow().getError())
                    .contains("papyrus"));
  }

  @Test
  void aPageInPlaceOfAFeedIsAnErrorAndAnArticleOnlyWhereTheFeedIsPinnedToHtml() {
    server.answer =
        exchange ->
            NewsServer.send(
                exchange,
                Feeds.page(exchange.getRequestURI().getPath(), "We are back after maintenance."));
    FeedRegister register = new FeedRegister(kafka.cluster);
    register.put(List.of(feed("a"), Feed.newBuilder(feed("page")).setFormat("html").build()));
    stage(Optional.empty());
    awaitHeadlines("/page");
    awaitError(register, "the answer is an HTML page and no feed");
    awaitHeadlines("/page");
    assertThat(kafka.deadLetters()).isEmpty();
    assertThatThrownBy(
            () ->
                FeedPreview.of(
                    server.url("/a"),
                    false,
                    "desk@example.org",
                    true,
                    Credentials.NONE,
                    Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("/a': the answer is an HTML page and no feed");
  }

  @Test
  void aFeedOfWhichNothingCanBeReadFailsAndLeavesOneDeadLetterAndOneThatCanInPartIsWell() {
    server.answer =
        exchange -> {
          switch (exchange.getRequestURI().getPath()) {
            case "/a" -> NewsServer.send(exchange, "no feed at all");
            case "/b" -> NewsServer.send(exchange, Feeds.rss("<item/>", Feeds.item("1", "One")));
            default -> NewsServer.send(exchange, "");
          }
        };
    FeedRegister register = new FeedRegister(kafka.cluster);
    register.put(List.of(feed("a"), feed("b"), feed("empty")));
    stage(Optional.empty());
    awaitHeadlines("One");
    awaitError(register, "plain text");
    await()
        .atMost(PATIENCE)
        .until(() -> register.entries().get(0).state().orElseThrow().getFailures() > 1);
    assertThat(register.entries().get(1).state().orElseThrow().getFailures()).isZero();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(register.entries().get(2).state().orElseThrow().getError())
                    .isEqualTo("The document is empty."));
    assertThat(kafka.deadLetters()).as("one of each feed").hasSize(3);
  }

  /** Waits until the first feed fails. */
  private static void awaitError(FeedRegister register, String error) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              PollState state = register.entries().get(0).state().orElseThrow();
              assertThat(state.getError()).contains(error);
              assertThat(state.getFailures()).isPositive();
            });
  }

  @Test
  void aPushedDeliveryIsAnsweredOnceKafkaHasIt() throws Exception {
    IngestStage stage = stage(Optional.of(new IngestSettings.Push("localhost", 0, TOKEN)));
    String feed = Feeds.rss(Feeds.item("1", "One"));
    assertThat(post(stage, "/push/desk", TOKEN, feed)).isEqualTo(202);
    assertThat(kafka.articles()).hasSize(1);
    assertThat(post(stage, "/push/desk", TOKEN, feed)).as("the same again").isEqualTo(202);
    assertThat(post(stage, "/push/desk", "wrong", feed)).isEqualTo(401);
    assertThat(post(stage, "/push/Desk!", TOKEN, feed)).isEqualTo(404);
    assertThat(post(stage, "/elsewhere", TOKEN, feed)).isEqualTo(404);
    assertThat(post(stage, "/push/desk", TOKEN, "no feed at all")).isEqualTo(422);
    assertThat(post(stage, "/push/desk", TOKEN, "no feed at all")).as("again").isEqualTo(422);
    awaitHeadlines("One");
    assertThat(kafka.deadLetters()).hasSize(1);
  }

  @Test
  void aTeaserGetsTheTextOfItsPageOnceAndStaysATeaserWhereThePageCannotBeHad() {
    AtomicInteger polls = new AtomicInteger();
    server.answer =
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          switch (path) {
            case "/robots.txt" -> NewsServer.send(exchange, "User-agent: *\nDisallow: /secret/");
            case "/teasers" ->
                NewsServer.send(
                    exchange,
                    Feeds.rss(
                        "<ttl>0</ttl><!-- " + polls.incrementAndGet() + " -->",
                        Feeds.teaser("One", server.url("/one")),
                        Feeds.teaser("Two", server.url("/secret/two")),
                        Feeds.teaser("Three", server.url("/three")),
                        Feeds.teaser("Four", server.url("/moved")),
                        Feeds.teaser("Five", server.url("/five"))));
            case "/five" -> NewsServer.send(exchange, "<html><body>Five.</body></html>");
            case "/one" -> NewsServer.send(exchange, Feeds.page("One", "The whole text."));
            case "/moved" -> {
              exchange.getResponseHeaders().add("Location", "/secret/four");
              NewsServer.send(exchange, 302, new byte[0]);
            }
            default -> NewsServer.send(exchange, 404, new byte[0]);
          }
        };
    Feed teasers = Feed.newBuilder(feed("teasers")).setFetchPages(true).build();
    new FeedRegister(kafka.cluster).put(List.of(teasers));
    stage(Optional.empty());
    awaitHeadlines("One", "Two", "Three", "Four", "Five");
    await().atMost(PATIENCE).until(() -> polls.get() > 2);

    assertThat(server.paths()).doesNotContain("/secret/two", "/secret/four");
    assertThat(server.paths()).containsOnlyOnce("/robots.txt", "/one", "/three", "/moved");
    assertThat(server.mostAtOnce()).isEqualTo(1);
    Map<String, RawArticle> articles =
        kafka.articles().stream()
            .collect(Collectors.toMap(raw -> raw.getArticle().getHeadline(), raw -> raw));
    assertThat(articles).hasSize(5);
    assertThat(articles.get("One").getArticle().getBody()).contains("The whole text.");
    assertThat(articles.get("One").getArticle().getPartial()).isFalse();
    assertThat(articles.get("One").getPage())
        .as("the page as it was fetched")
        .isEqualTo(page("/one", Feeds.page("One", "The whole text.")));
    assertThat(articles.get("Three").getPage()).as("there was none").isNull();
    assertThat(articles.get("Five").getPage())
        .as("a page without a text that was found")
        .isEqualTo(page("/five", "<html><body>Five.</body></html>"));
    assertThat(articles.get("Two").getArticle().getPartial()).isTrue();
    assertThat(warnings(articles.get("Two"))).contains("robots.txt", "does not allow it");
    assertThat(warnings(articles.get("Three"))).contains("404");
    assertThat(warnings(articles.get("Four"))).contains("does not allow it");
    assertThat(new FeedRegister(kafka.cluster).entries())
        .singleElement()
        .satisfies(
            entry -> {
              PollState state = entry.state().orElseThrow();
              assertThat(state.getPagesFetched()).isEqualTo(1);
              assertThat(state.getPagesMissed()).isEqualTo(4);
              assertThat(state.getPageError()).contains("no article's text");
            });
  }

  private Original page(String path, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new Original(
        ByteBuffer.wrap(bytes), "text/html", "html", ContentHash.sha256(bytes), server.url(path));
  }

  private static String warnings(RawArticle raw) {
    return String.join(" ", raw.getWarnings());
  }

  private static int post(IngestStage stage, String path, String token, String body)
      throws Exception {
    URI target = URI.create("http://localhost:" + stage.pushPort().orElseThrow() + path);
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private IngestStage stage(Optional<IngestSettings.Push> push) {
    IngestSettings settings =
        new IngestSettings(
            List.of(),
            Optional.empty(),
            Duration.ZERO,
            "files",
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            "desk@example.org",
            true,
            push,
            Optional.empty(),
            Credentials.NONE);
    IngestStage stage = new IngestStage(kafka.cluster, settings, meters);
    stages.add(stage);
    stage.start();
    await().atMost(PATIENCE).until(() -> stage.health().state() == Health.State.RUNNING);
    return stage;
  }

  private Feed feed(String name) {
    return Feed.newBuilder().setName(name).setProvider(name).setUrl(server.url("/" + name)).build();
  }

  private void awaitHeadlines(String... headlines) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(kafka.articles())
                    .extracting(raw -> raw.getArticle().getHeadline())
                    .containsExactlyInAnyOrder(headlines));
  }
}
