// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.schemas.Feed;
import dev.newswire.schemas.PollState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PollerTest {

  private static final Duration INTERVAL = Duration.ofMinutes(5);

  @TempDir Path folder;
  private final Hand clock = new Hand();
  private final List<Headers> requests = new ArrayList<>();
  private Kafka kafka;
  private Publisher publisher;
  private HttpServer server;
  private Answer answer;

  /** What the server does with a request. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    kafka = new Kafka(folder);
    publisher = new Publisher(kafka.cluster, "newswire-ingest", new Formats());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestHeaders());
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.start();
    answer = exchange -> send(exchange, 200, Feeds.rss(Feeds.item("1", "One")).getBytes(UTF_8));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    publisher.close();
    kafka.close();
  }

  @Test
  void aFeedIsPolledWhenItIsDueAndNotBefore() {
    assertThat(poll()).isEqualTo(new Counts(1, 0, 0));
    clock.forward(INTERVAL.minusSeconds(1));
    assertThat(poll()).isEqualTo(Counts.NONE);
    assertThat(requests).hasSize(1);
    clock.forward(Duration.ofSeconds(1));
    poll();
    assertThat(requests).hasSize(2);
  }

  @Test
  void validatorsAreSentBackVerbatimEvenAfterARestartAndKeptByA304() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().add("ETag", "W/\"a b\"");
          exchange.getResponseHeaders().add("Last-Modified", "Mon, 2 Mar 2026 09:00:00 +0000");
          send(exchange, 200, Feeds.rss(Feeds.item("1", "One")).getBytes(UTF_8));
        };
    poll();
    answer = exchange -> exchange.sendResponseHeaders(304, -1);
    publisher.close();
    publisher = new Publisher(kafka.cluster, "newswire-ingest", new Formats());
    for (int poll = 0; poll < 2; poll++) {
      clock.forward(INTERVAL);
      assertThat(poll()).isEqualTo(Counts.NONE);
    }
    for (Headers request : requests.subList(1, 3)) {
      assertThat(request.getFirst("If-None-Match")).isEqualTo("W/\"a b\"");
      assertThat(request.getFirst("If-Modified-Since")).isEqualTo("Mon, 2 Mar 2026 09:00:00 +0000");
    }
    assertThat(requests.get(0).getFirst("User-Agent")).isEqualTo("newswire (+desk@example.org)");
  }

  @Test
  void aFeedThatFailsIsPolledLessAndLessOftenAndSaysWhy() {
    answer = exchange -> send(exchange, 503, new byte[0]);
    poll();
    PollState first = state();
    assertThat(first.getError()).contains("503");
    clock.forward(Duration.between(clock.instant(), first.getNextPoll()));
    poll();
    PollState second = state();
    assertThat(second.getFailures()).isEqualTo(2);
    assertThat(second.getNextPoll()).isAfter(first.getNextPoll().plus(INTERVAL));
    answer = exchange -> send(exchange, 200, Feeds.rss(Feeds.item("1", "One")).getBytes(UTF_8));
    clock.forward(Duration.ofDays(1));
    assertThat(poll()).isEqualTo(new Counts(1, 0, 0));
    assertThat(state().getFailures()).isZero();
    assertThat(state().getError()).isNull();
  }

  @Test
  void gzipIsUnpackedAndARedirectFollowed() {
    answer =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/feed")) {
            exchange.getResponseHeaders().add("Location", "/moved");
            exchange.sendResponseHeaders(302, -1);
          } else {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
              gzip.write(Feeds.rss(Feeds.item("1", "One")).getBytes(UTF_8));
            }
            send(exchange, 200, zipped.toByteArray());
          }
        };
    assertThat(poll()).isEqualTo(new Counts(1, 0, 0));
    await().untilAsserted(() -> assertThat(kafka.articles()).hasSize(1));
  }

  @Test
  void aRedirectLoopAndWhatIsNoFeedAreFaultsOfTheFeedAlone() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/feed");
          exchange.sendResponseHeaders(302, -1);
        };
    assertThat(poll()).isEqualTo(Counts.NONE);
    assertThat(state().getError()).contains("redirects");
    clock.forward(Duration.ofDays(1));
    answer = exchange -> send(exchange, 200, "<html><body>Not found".getBytes(UTF_8));
    assertThat(poll().published()).isZero();
  }

  @Test
  void aPrivateAddressIsRefusedUnlessAllowed() {
    Poller careful =
        new Poller(new HttpFetcher("desk@example.org", false), publisher, INTERVAL, clock);
    assertThat(careful.poll(feed())).isEqualTo(Counts.NONE);
    assertThat(requests).isEmpty();
    assertThat(state().getError()).contains("private address", "--private-addresses");
  }

  private Counts poll() {
    return new Poller(new HttpFetcher("desk@example.org", true), publisher, INTERVAL, clock)
        .poll(feed());
  }

  private PollState state() {
    return publisher.memory().poll("harbour").orElseThrow();
  }

  private Feed feed() {
    return Feed.newBuilder()
        .setName("harbour")
        .setProvider("harbour")
        .setUrl("http://localhost:" + server.getAddress().getPort() + "/feed")
        .build();
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** A clock that is moved by hand. */
  private static final class Hand extends Clock {

    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    void forward(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
