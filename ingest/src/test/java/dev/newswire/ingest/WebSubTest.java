// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.runtime.Health;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.Subscription;
import dev.newswire.schemas.SubscriptionStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A publisher whose feed offers a hub, and the hub itself, played by the test. */
final class WebSubTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String PUBLIC = "https://news.example.org/hooks";

  @RegisterExtension private static final Kafka kafka = new Kafka();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  private final List<IngestStage> stages = new ArrayList<>();
  private NewsServer server;
  private Feed feed;

  @BeforeEach
  void start() throws IOException {
    server = new NewsServer();
    server.answer =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/hub")) {
            requests.add(form(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            NewsServer.send(exchange, 202, new byte[0]);
          } else {
            exchange.getResponseHeaders().add("Link", "<" + server.url("/hub") + ">; rel=\"hub\"");
            exchange.getResponseHeaders().add("Link", "<" + topic() + ">; rel=self");
            NewsServer.send(exchange, Feeds.rss(Feeds.item("1", "One")));
          }
        };
    feed =
        Feed.newBuilder()
            .setName("harbour")
            .setProvider("harbour")
            .setUrl(server.url("/feed"))
            .build();
    new FeedRegister(kafka.cluster).put(List.of(feed));
  }

  @AfterEach
  void stop() {
    stages.forEach(IngestStage::close);
    server.close();
  }

  @Test
  void aFeedThatOffersAHubIsSubscribedToUntilItIsPaused() throws Exception {
    IngestStage stage = stage();
    Map<String, String> request = request(1);
    assertThat(request)
        .containsEntry("hub.mode", "subscribe")
        .containsEntry("hub.topic", topic())
        .containsKey("hub.lease_seconds");
    assertThat(request.get("hub.callback")).matches(PUBLIC + "/websub/harbour/[\\w-]{22}");
    assertThat(request.get("hub.secret")).hasSizeGreaterThan(32);

    String two = Feeds.rss(Feeds.item("2", "Two"));
    assertThat(deliver(stage, request, two, signature(request, two, "HmacSHA256", "sha256")))
        .as("a delivery before the hub has verified")
        .isEqualTo(410);
    assertThat(verify(stage, request, "subscribe", "https://example.org/other").statusCode())
        .isEqualTo(404);
    assertThat(verify(stage, request, "unsubscribe", topic()).statusCode()).isEqualTo(404);
    HttpResponse<String> verified = verify(stage, request, "subscribe", topic());
    assertThat(verified.statusCode()).isEqualTo(200);
    assertThat(verified.body()).isEqualTo("challenge/1");
    assertThat(subscription().orElseThrow().getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);

    assertThat(deliver(stage, request, two, "sha256=" + "0".repeat(64))).isEqualTo(202);
    assertThat(deliver(stage, request, two, "")).isEqualTo(202);
    assertThat(headlines()).as("what the hub did not sign is ignored").containsExactly("One");
    assertThat(deliver(stage, request, two, signature(request, two, "HmacSHA256", "sha256")))
        .isEqualTo(202);
    assertThat(deliver(stage, request, two, signature(request, two, "HmacSHA512", "sha512")))
        .as("the same again")
        .isEqualTo(202);
    assertThat(headlines()).containsExactlyInAnyOrder("One", "Two");
    String page = Feeds.page("Maintenance", "We are back soon.");
    assertThat(deliver(stage, request, page, signature(request, page, "HmacSHA256", "sha256")))
        .isEqualTo(202);
    assertThat(headlines()).as("a page is no feed").containsExactlyInAnyOrder("One", "Two");
    assertThat(subscription().orElseThrow().getError()).contains("an HTML page and no feed");
    Map<String, String> guessed =
        Map.of("hub.callback", PUBLIC + "/websub/harbour/" + "A".repeat(22));
    assertThat(deliver(stage, guessed, two, "")).isEqualTo(404);

    new FeedRegister(kafka.cluster).put(List.of(Feed.newBuilder(feed).setPaused(true).build()));
    Map<String, String> end = request(2);
    assertThat(end)
        .containsEntry("hub.mode", "unsubscribe")
        .containsEntry("hub.callback", request.get("hub.callback"));
    assertThat(verify(stage, end, "unsubscribe", topic()).statusCode()).isEqualTo(200);
    assertThat(subscription()).isEmpty();
  }

  @Test
  void aLeaseIsRenewedBeforeItEndsAndWhenItHasEndedTheFeedIsPolledAsBefore() throws Exception {
    IngestStage stage = stage();
    Map<String, String> request = request(1);
    assertThat(verify(stage, request, "subscribe", topic(), 4).statusCode()).isEqualTo(200);
    Map<String, String> renewal = request(2);
    assertThat(renewal)
        .containsEntry("hub.mode", "subscribe")
        .containsEntry("hub.callback", request.get("hub.callback"))
        .containsEntry("hub.secret", request.get("hub.secret"));
    request(3);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(subscription().orElseThrow().getStatus())
                    .isEqualTo(SubscriptionStatus.REQUESTED));
    String two = Feeds.rss(Feeds.item("2", "Two"));
    assertThat(deliver(stage, request, two, signature(request, two, "HmacSHA1", "sha1")))
        .as("a delivery after the lease has ended")
        .isEqualTo(410);
    assertThat(verify(stage, renewal, "subscribe", topic(), 1000).statusCode()).isEqualTo(200);
    assertThat(deliver(stage, request, two, signature(request, two, "HmacSHA1", "sha1")))
        .isEqualTo(202);
    assertThat(headlines()).containsExactlyInAnyOrder("One", "Two");
  }

  @Test
  void aHubThatRefusesIsLeftAloneAndTheFeedIsPolled() throws Exception {
    IngestStage stage = stage();
    Map<String, String> request = request(1);
    HttpResponse<String> denied =
        get(
            stage,
            request,
            "hub.mode=denied&hub.reason=no&hub.topic=" + URLEncoder.encode(topic(), UTF_8));
    assertThat(denied.statusCode()).isEqualTo(200);
    assertThat(subscription().orElseThrow().getStatus()).isEqualTo(SubscriptionStatus.DENIED);
    assertThat(subscription().orElseThrow().getError()).contains("denied by the hub: no");
    int polls = polls();
    await().atMost(PATIENCE).until(() -> polls() > polls + 1);
    assertThat(requests).hasSize(1);
  }

  @Test
  void whoTakesTheFeedOverHasTheSubscription() throws Exception {
    IngestStage first = stage();
    Map<String, String> request = request(1);
    verify(first, request, "subscribe", topic());
    first.close();
    stages.remove(first);
    IngestStage second = stage();
    String two = Feeds.rss(Feeds.item("2", "Two"));
    String signature = signature(request, two, "HmacSHA256", "sha256");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(deliver(second, request, two, signature)).isEqualTo(202));
    assertThat(headlines()).containsExactlyInAnyOrder("One", "Two");
    assertThat(requests).hasSize(1);
  }

  @Test
  void behindOneAddressAnyInstanceTakesWhatAHubSays() throws Exception {
    callOnAnyInstance();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 17})
  void aTopicOfFeedsWithAnyNumberOfPartitionsLeadsToTheInstanceThatHasTheFeed(int partitions)
      throws Exception {
    kafka.createTopicsWith(partitions);
    new FeedRegister(kafka.cluster).put(List.of(feed));
    callOnAnyInstance();
  }

  private void callOnAnyInstance() throws Exception {
    List<IngestStage> both = List.of(stage(), stage());
    Map<String, String> request = request(1);
    for (IngestStage stage : both) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(verify(stage, request, "subscribe", topic()).body())
                      .isEqualTo("challenge/1"));
      String item = Feeds.rss(Feeds.item("of-" + both.indexOf(stage), "From the hub"));
      String signature = signature(request, item, "HmacSHA256", "sha256");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(deliver(stage, request, item, signature)).isEqualTo(202));
      Map<String, String> guessed =
          Map.of("hub.callback", PUBLIC + "/websub/harbour/" + "A".repeat(22));
      assertThat(deliver(stage, guessed, item, signature)).isEqualTo(404);
    }
    assertThat(headlines()).containsExactlyInAnyOrder("One", "From the hub", "From the hub");
  }

  @Test
  void aHubOnAPrivateAddressIsNotAsked() {
    Subscription subscription =
        Subscription.newBuilder()
            .setHub(server.url("/hub"))
            .setTopic(topic())
            .setCallback(PUBLIC)
            .setSecret("secret")
            .setStatus(SubscriptionStatus.REQUESTED)
            .setNextRequest(java.time.Instant.EPOCH)
            .build();
    Hub hub = new Hub(new HttpFetcher("desk@example.org", false));
    assertThat(hub.ask(new Hub.Request("harbour", "subscribe", subscription)).error())
        .hasValueSatisfying(error -> assertThat(error).contains("private address"));
    assertThat(requests).isEmpty();
  }

  @Test
  void linkHeadersAreReadInAllTheirForms() {
    List<String> headers =
        List.of(
            "<https://a.example/?x=1,2;3>; title=\"a, b\"; rel=\"alternate hub\", <b>;rel=self",
            "nonsense; rel=hub");
    assertThat(Hub.link(headers, "hub")).contains("https://a.example/?x=1,2;3");
    assertThat(Hub.link(headers, "self")).contains("b");
    assertThat(Hub.link(headers, "next")).isEmpty();
  }

  private String topic() {
    return server.url("/feed?canonical=yes");
  }

  private int polls() {
    return (int) server.paths().stream().filter("/feed"::equals).count();
  }

  private Map<String, String> request(int number) {
    await().atMost(PATIENCE).until(() -> requests.size() >= number);
    return requests.get(number - 1);
  }

  private Optional<Subscription> subscription() {
    return new FeedRegister(kafka.cluster)
        .entries().stream()
            .findFirst()
            .flatMap(FeedRegister.Entry::state)
            .map(PollState::getSubscription);
  }

  private List<String> headlines() {
    return kafka.articles().stream().map(raw -> raw.getArticle().getHeadline()).toList();
  }

  private HttpResponse<String> verify(
      IngestStage stage, Map<String, String> request, String mode, String topic) throws Exception {
    return verify(stage, request, mode, topic, 864_000);
  }

  private HttpResponse<String> verify(
      IngestStage stage, Map<String, String> request, String mode, String topic, int lease)
      throws Exception {
    return get(
        stage,
        request,
        "hub.mode=%s&hub.topic=%s&hub.challenge=challenge%%2F1&hub.lease_seconds=%d"
            .formatted(mode, URLEncoder.encode(topic, UTF_8), lease));
  }

  private HttpResponse<String> get(IngestStage stage, Map<String, String> request, String query)
      throws Exception {
    URI callback = URI.create(callback(stage, request) + "?" + query);
    return client.send(
        HttpRequest.newBuilder(callback).build(), HttpResponse.BodyHandlers.ofString());
  }

  private int deliver(IngestStage stage, Map<String, String> request, String body, String signature)
      throws Exception {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(URI.create(callback(stage, request)))
            .header("Content-Type", "application/rss+xml")
            .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8));
    if (!signature.isEmpty()) {
      post.header("X-Hub-Signature", signature);
    }
    return client.send(post.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** The way from the public address to the push server, as a proxy knows it. */
  private static String callback(IngestStage stage, Map<String, String> request) {
    return request
        .get("hub.callback")
        .replace(PUBLIC, "http://localhost:" + stage.pushPort().orElseThrow());
  }

  private static String signature(
      Map<String, String> request, String body, String algorithm, String method) throws Exception {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(request.get("hub.secret").getBytes(UTF_8), algorithm));
    return method + "=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
  }

  private static Map<String, String> form(String text) {
    return Stream.of(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> URLDecoder.decode(pair[0], UTF_8),
                pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private IngestStage stage() {
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
            Optional.of(new IngestSettings.Push("localhost", 0, "0123456789abcdef")),
            Optional.of(URI.create(PUBLIC)),
            Credentials.NONE);
    IngestStage stage = new IngestStage(kafka.cluster, settings, new SimpleMeterRegistry());
    stages.add(stage);
    stage.start();
    await().atMost(PATIENCE).until(() -> stage.health().state() == Health.State.RUNNING);
    return stage;
  }
}
