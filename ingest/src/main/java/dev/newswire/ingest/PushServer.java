// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.newswire.ingest.Publisher.Outcome;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deliveries over HTTP: {@code POST /push/FEED} with a bearer token and any format as the
 * body. It answers 202 once Kafka has all of it; 401, 404, 405, 413 or 422 with the reason where it
 * will never have it; 503 where the sender should try again. Below {@code /websub/} it takes what
 * hubs say.
 */
final class PushServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PushServer.class);
  private static final int MAXIMUM_BYTES = 32 * 1024 * 1024;
  private static final int THREADS = 8;
  private static final long PATIENCE_SECONDS = 60;
  private static final Pattern PATH = Pattern.compile("/push/([a-z0-9][a-z0-9-]{0,63})");

  private static final Pattern WEBSUB =
      Pattern.compile("^(?:/.*)?/websub/([a-z0-9][a-z0-9-]{0,63})/([A-Za-z0-9_-]{22})");
  private static final int LONGEST_CHALLENGE = 4096;
  private static final String SIGNATURE = "X-Hub-Signature";
  private static final String SECONDS_TO_WAIT = "10";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final byte[] authorization;
  private final Clock clock;
  private final Desk desk;
  private final Optional<Neighbours> neighbours;

  /** Where deliveries are handed in to be published. */
  interface Desk {

    /** Takes a delivery; the future ends once Kafka has it, or with why it has not. */
    CompletableFuture<Outcome> hand(Delivery delivery, byte[] content);

    /** Whether a path is a callback that a hub was given for a feed of this instance. */
    boolean isCallback(String feed, String token);

    /** Whether a feed, if there is such a one, is another instance's. */
    boolean isElsewhere(String feed);

    /** Takes what a hub says; the future ends with what it is answered. */
    CompletableFuture<Callback.Reply> call(Callback callback);
  }

  /**
   * Starts listening.
   *
   * @param neighbours who may have the feeds that this instance has not
   * @throws UserError where the address can't be listened on
   */
  PushServer(
      IngestSettings.Push settings, Clock clock, Desk desk, Optional<Neighbours> neighbours) {
    this.neighbours = neighbours;
    this.authorization = ("Bearer " + settings.token()).getBytes(UTF_8);
    this.clock = clock;
    this.desk = desk;
    try {
      server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
    } catch (IOException e) {
      throw new UserError("can't listen for pushes on " + settings + ": " + e.getMessage(), e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] body = answer.text.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
      if (answer.status == 503) {
        exchange.getResponseHeaders().add("Retry-After", SECONDS_TO_WAIT);
      }
      exchange.sendResponseHeaders(answer.status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private record Answer(int status, String text) {}

  private static final Answer TOO_LARGE =
      new Answer(413, "the body is larger than " + MAXIMUM_BYTES + " bytes");

  /** Waits until it is decided what becomes of a delivery, but not for ever. */
  private static <T> Answer await(CompletableFuture<T> outcome, Function<T, Answer> answer) {
    try {
      return answer.apply(outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return new Answer(503, e.getCause().getMessage());
    } catch (TimeoutException e) {
      return new Answer(503, "Kafka did not take it in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(503, "stopping");
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    Matcher callback = WEBSUB.matcher(exchange.getRequestURI().getPath());
    if (callback.matches()) {
      return callback(exchange, callback.group(1), callback.group(2));
    }
    Answer answer = pushed(exchange);
    return new Answer(answer.status, answer.text + "\n");
  }

  private Answer callback(HttpExchange exchange, String feed, String token) throws IOException {
    if (!desk.isCallback(feed, token)) {
      return desk.isElsewhere(feed)
          ? passedOn(exchange, feed, token)
          : new Answer(404, "there is no such subscription");
    }
    Callback callback;
    switch (exchange.getRequestMethod()) {
      case "GET" -> callback = verification(exchange, feed, token);
      case "POST" -> {
        byte[] body = exchange.getRequestBody().readNBytes(MAXIMUM_BYTES + 1);
        if (body.length > MAXIMUM_BYTES) {
          return TOO_LARGE;
        }
        String signature = exchange.getRequestHeaders().getFirst(SIGNATURE);
        callback =
            new Callback.Distribution(
                feed,
                token,
                signature == null ? "" : signature,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")),
                body);
      }
      default -> {
        return new Answer(405, "only GET and POST are allowed");
      }
    }
    return await(desk.call(callback), reply -> new Answer(reply.status(), reply.text()));
  }

  /** Only the instance that has a feed can answer for it. */
  private Answer passedOn(HttpExchange exchange, String feed, String token) {
    Headers headers = exchange.getRequestHeaders();
    Map<String, String> passed = new HashMap<>();
    for (String name : List.of("Content-Type", SIGNATURE)) {
      Optional.ofNullable(headers.getFirst(name)).ifPresent(value -> passed.put(name, value));
    }
    try {
      Optional<URI> neighbour =
          headers.containsKey(Neighbours.PASSED_ON)
              ? Optional.empty()
              : neighbours.flatMap(others -> others.having(feed));
      Callback.Reply reply =
          neighbour.isEmpty()
              ? Callback.Reply.LATER
              : neighbours
                  .orElseThrow()
                  .passOn(
                      neighbour.get(),
                      exchange.getRequestMethod(),
                      feed,
                      token,
                      Optional.ofNullable(exchange.getRequestURI().getRawQuery()),
                      passed,
                      exchange.getRequestMethod().equals("GET")
                          ? HttpRequest.BodyPublishers.noBody()
                          : HttpRequest.BodyPublishers.ofInputStream(exchange::getRequestBody));
      return new Answer(reply.status(), reply.text());
    } catch (IOException | KafkaException e) {
      LOG.debug("feed {}: what a hub says can't be passed on", feed, e);
      return new Answer(503, Callback.Reply.LATER.text());
    }
  }

  private static Callback verification(HttpExchange exchange, String feed, String token) {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    String challenge = query.getOrDefault("hub.challenge", "");
    String lease = query.getOrDefault("hub.lease_seconds", "");
    return new Callback.Verification(
        feed,
        token,
        query.getOrDefault("hub.mode", ""),
        query.getOrDefault("hub.topic", ""),
        challenge.length() > LONGEST_CHALLENGE ? "" : challenge,
        lease.matches("\\d{1,9}")
            ? Optional.of(Duration.ofSeconds(Long.parseLong(lease)))
            : Optional.empty(),
        query.getOrDefault("hub.reason", ""));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> values = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      // No value that is asked for looks like this.
      return text;
    }
  }

  private Answer pushed(HttpExchange exchange) throws IOException {
    Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
    if (!path.matches()) {
      return new Answer(404, "post to /push/FEED, a feed's name of a to z, digits and hyphens");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return new Answer(405, "only POST is allowed");
    }
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (given == null || !MessageDigest.isEqual(given.getBytes(UTF_8), authorization)) {
      return new Answer(401, "the bearer token is missing or wrong");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAXIMUM_BYTES + 1);
    if (body.length > MAXIMUM_BYTES) {
      return TOO_LARGE;
    }
    String feed = path.group(1);
    Delivery delivery = Delivery.of(feed, feed, "push", clock.instant());
    Optional<String> mediaType =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"));
    return publish(mediaType.map(delivery::withMediaType).orElse(delivery), body);
  }

  private Answer publish(Delivery delivery, byte[] body) {
    return await(
        desk.hand(delivery, body),
        outcome ->
            outcome
                .whyUnreadable()
                .map(why -> new Answer(422, why))
                .orElseGet(() -> accepted(outcome.counts())));
  }

  private static Answer accepted(Counts counts) {
    return new Answer(
        202,
        "%d published, %d published before, %d dead letters"
            .formatted(counts.published(), counts.repeats(), counts.dead() + counts.deadBefore()));
  }

  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }
}
