// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {

  private static final HttpLimits LIMITS =
      new HttpLimits(600, Duration.ofSeconds(60), Duration.ofSeconds(60), 4, 1 << 20);

  private final List<Socket> slow = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : slow) {
      socket.close();
    }
    server.close();
  }

  @Test
  void fiveHundredHalfSentRequestsHoldNobodyUp() throws Exception {
    listen(LIMITS);
    for (int i = 0; i < 250; i++) {
      halfSent("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
      halfSent("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc");
    }

    assertThat(get("/").body()).isEqualTo("hello");
    assertThat(post("whole").body()).isEqualTo("whole");
  }

  @Test
  void oneConnectionTooManyClosesTheSlowest() throws Exception {
    listen(new HttpLimits(20, LIMITS.header(), LIMITS.body(), 4, LIMITS.bodyBytes()));
    for (int i = 0; i < 100; i++) {
      halfSent("GET / HTTP/1.1\r\n");
    }

    assertThat(get("/").body()).isEqualTo("hello");
    assertThat(slow.get(0).getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aHeaderThatComesDropByDropEnds() throws Exception {
    listen(new HttpLimits(600, Duration.ofSeconds(1), LIMITS.body(), 4, LIMITS.bodyBytes()));
    Socket socket = halfSent("GET / HTTP/1.1\r\nX: ");
    CompletableFuture<Void> drops =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (true) {
                  socket.getOutputStream().write('x');
                  Thread.onSpinWait();
                }
              } catch (java.io.IOException e) {
                // The other side has closed.
              }
            });

    assertThat(drops.thenApply(ended -> "ended").get()).isEqualTo("ended");
  }

  @Test
  void aBodyThatDoesNotComeEnds() throws Exception {
    listen(new HttpLimits(600, LIMITS.header(), Duration.ofSeconds(1), 4, LIMITS.bodyBytes()));
    Socket socket = halfSent("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");

    try (InputStream in = socket.getInputStream()) {
      in.readAllBytes();
    }
    assertThat(get("/").body()).isEqualTo("hello");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    listen(LIMITS);

    assertThat(post("x".repeat(101)).statusCode()).isEqualTo(413);
    assertThat(post("x".repeat(100)).statusCode()).isEqualTo(200);
  }

  @Test
  void allBodiesTogetherHaveALimitThatIsGivenBack() throws Exception {
    listen(new HttpLimits(600, LIMITS.header(), LIMITS.body(), 4, 150));
    for (int i = 0; i < 10; i++) {
      assertThat(post("x".repeat(100)).statusCode()).isEqualTo(200);
    }
    halfSent("POST /wait HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n" + "x".repeat(99));

    assertThat(eventually(() -> post("x".repeat(100)).statusCode(), 503)).isEqualTo(503);
  }

  @Test
  void whatFailsIsAFaultOfTheServerAndSaysNothingOfIt() throws Exception {
    listen(LIMITS);

    HttpResponse<String> response = get("/broken");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("secret");
    assertThat(response.headers().firstValue("Server")).isEmpty();
  }

  @Test
  void eventsArriveWhileTheAnswerGoesOn() throws Exception {
    listen(LIMITS);

    HttpResponse<InputStream> response =
        client.send(HttpRequest.newBuilder(uri("/events")).build(), BodyHandlers.ofInputStream());

    assertThat(new String(response.body().readNBytes(12), UTF_8)).isEqualTo("data: one\n\nd");
    response.body().close();
  }

  @Test
  void rubbishIsRefusedInALineOfText() throws Exception {
    listen(LIMITS);
    Socket socket = halfSent("rubbish\u0000\r\n\r\n");

    String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("jetty");
  }

  private static int eventually(java.util.concurrent.Callable<Integer> status, int wanted) {
    return org.awaitility.Awaitility.await().until(status, given -> given == wanted);
  }

  private void listen(HttpLimits limits) {
    server = HttpServer.listen(new InetSocketAddress("localhost", 0), limits, this::answer);
  }

  private CompletableFuture<HttpAnswer> answer(HttpCall call) {
    return switch (call.path()) {
      case "/echo" -> call.body(100).thenApply(body -> HttpAnswer.of(200, "text/plain", body));
      case "/wait" -> call.body(100).thenCompose(body -> new CompletableFuture<>());
      case "/broken" -> throw new IllegalStateException("secret");
      case "/events" ->
          CompletableFuture.completedFuture(
              HttpAnswer.events(
                  stream -> {
                    stream.send("data: one\n\n");
                    stream.send("data: two\n\n");
                  }));
      default -> CompletableFuture.completedFuture(HttpAnswer.text(200, "hello"));
    };
  }

  private Socket halfSent(String text) throws Exception {
    Socket socket = new Socket("localhost", server.port());
    slow.add(socket);
    socket.getOutputStream().write(text.getBytes(UTF_8));
    return socket;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri("/echo")).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }
}
