// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newswire.ingest.Publisher.Outcome;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.runtime.UserError;
import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.runtime.http.HttpCall;
import dev.newswire.runtime.http.HttpLimits;
import dev.newswire.runtime.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern PATH = Pattern.compile("/push/([a-z0-9][a-z0-9-]{0,63})");

  private static final Pattern WEBSUB =
      Pattern.compile("^(?:/.*)?/websub/([a-z0-9][a-z0-9-]{0,63})/([A-Za-z0-9_-]{22})");
  private static final int LONGEST_CHALLENGE = 4096;
  private static final String SIGNATURE = "X-Hub-Signature";
  private static final String SECONDS_TO_WAIT = "10";

  private final HttpServer server;

  /** Another instance is waited for on these. */
  private final ExecutorService passing = Executors.newFixedThreadPool(THREADS);

  private final byte[] token;
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
    this.token = settings.token().getBytes(UTF_8);
    this.clock = clock;
    this.desk = desk;
    server =
        HttpServer.listen(
            new InetSocketAddress(settings.host(), settings.port()),
            HttpLimits.ofThreads(THREADS),
            this::answer);
  }

  int port() {
    return server.port();
  }

  private CompletableFuture<HttpAnswer> answer(HttpCall call) {
    Matcher callback = WEBSUB.matcher(call.path());
    if (callback.matches()) {
      return callback(call, callback.group(1), callback.group(2))
          .thenApply(reply -> answer(reply.status(), reply.text()));
    }
    return pushed(call);
  }

  private static HttpAnswer answer(int status, String text) {
    HttpAnswer answer = HttpAnswer.text(status, text);
    return status == 503 ? answer.with("Retry-After", SECONDS_TO_WAIT) : answer;
  }

  /**
   * What is said once it is decided what becomes of a delivery. One that is waited for in vain is
   * cancelled, so that nobody does what its sender was told has failed.
   */
  private static <T> CompletableFuture<Callback.Reply> await(
      CompletableFuture<T> outcome, Function<T, Callback.Reply> reply) {
    return outcome
        .copy()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .handle(
            (result, failure) -> {
              if (failure == null) {
                return reply.apply(result);
              }
              if (failure instanceof TimeoutException) {
                outcome.cancel(false);
                return new Callback.Reply(503, "Kafka did not take it in time");
              }
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              return new Callback.Reply(503, String.valueOf(cause.getMessage()));
            });
  }

  private CompletableFuture<Callback.Reply> callback(HttpCall call, String feed, String token) {
    if (!desk.isCallback(feed, token)) {
      return desk.isElsewhere(feed)
          ? passedOn(call, feed, token)
          : reply(404, "there is no such subscription");
    }
    return switch (call.method()) {
      case "GET" -> await(desk.call(verification(call, feed, token)), Function.identity());
      case "POST" ->
          call.body(MAXIMUM_BYTES)
              .thenApply(body -> distribution(call, feed, token, body))
              .thenCompose(callback -> await(desk.call(callback), Function.identity()));
      default -> reply(405, "only GET and POST are allowed");
    };
  }

  private static CompletableFuture<Callback.Reply> reply(int status, String text) {
    return CompletableFuture.completedFuture(new Callback.Reply(status, text));
  }

  private static Callback distribution(HttpCall call, String feed, String token, byte[] body) {
    return new Callback.Distribution(
        feed, token, call.header(SIGNATURE).orElse(""), call.header("Content-Type"), body);
  }

  /** Only the instance that has a feed can answer for it. */
  private CompletableFuture<Callback.Reply> passedOn(HttpCall call, String feed, String token) {
    if (neighbours.isEmpty() || call.header(Neighbours.PASSED_ON).isPresent()) {
      return CompletableFuture.completedFuture(Callback.Reply.LATER);
    }
    Map<String, String> passed = new HashMap<>();
    for (String name : List.of("Content-Type", SIGNATURE)) {
      call.header(name).ifPresent(value -> passed.put(name, value));
    }
    return call.body(MAXIMUM_BYTES)
        .thenApplyAsync(body -> passOn(call, feed, token, passed, body), passing);
  }

  private Callback.Reply passOn(
      HttpCall call, String feed, String token, Map<String, String> headers, byte[] body) {
    Neighbours others = neighbours.orElseThrow();
    try {
      Optional<URI> neighbour = others.having(feed);
      if (neighbour.isEmpty()) {
        return Callback.Reply.LATER;
      }
      return others.passOn(
          neighbour.get(),
          call.method(),
          feed,
          token,
          call.rawQuery(),
          headers,
          call.method().equals("GET")
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofByteArray(body));
    } catch (IOException | KafkaException e) {
      LOG.debug("feed {}: what a hub says can't be passed on", feed, e);
      return Callback.Reply.LATER;
    }
  }

  private static Callback verification(HttpCall call, String feed, String token) {
    String challenge = call.parameter("hub.challenge").orElse("");
    String lease = call.parameter("hub.lease_seconds").orElse("");
    return new Callback.Verification(
        feed,
        token,
        call.parameter("hub.mode").orElse(""),
        call.parameter("hub.topic").orElse(""),
        challenge.length() > LONGEST_CHALLENGE ? "" : challenge,
        lease.matches("\\d{1,9}")
            ? Optional.of(Duration.ofSeconds(Long.parseLong(lease)))
            : Optional.empty(),
        call.parameter("hub.reason").orElse(""));
  }

  private CompletableFuture<HttpAnswer> pushed(HttpCall call) {
    Matcher path = PATH.matcher(call.path());
    if (!path.matches()) {
      return line(404, "post to /push/FEED, a feed's name of a to z, digits and hyphens");
    }
    if (!call.method().equals("POST")) {
      return line(405, "only POST is allowed").thenApply(answer -> answer.with("Allow", "POST"));
    }
    if (call.credentials("Bearer").filter(this::isToken).isEmpty()) {
      return line(401, "the bearer token is missing or wrong")
          .thenApply(answer -> answer.with("WWW-Authenticate", "Bearer realm=\"newswire push\""));
    }
    String feed = path.group(1);
    Delivery delivery = Delivery.of(feed, feed, "push", clock.instant());
    Delivery typed = call.header("Content-Type").map(delivery::withMediaType).orElse(delivery);
    return call.body(MAXIMUM_BYTES)
        .thenCompose(body -> await(desk.hand(typed, body), PushServer::said))
        .thenApply(reply -> answer(reply.status(), reply.text() + "\n"));
  }

  private boolean isToken(String given) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), token);
  }

  private static CompletableFuture<HttpAnswer> line(int status, String text) {
    return CompletableFuture.completedFuture(answer(status, text + "\n"));
  }

  private static Callback.Reply said(Outcome outcome) {
    return outcome
        .whyUnreadable()
        .map(why -> new Callback.Reply(422, why))
        .orElseGet(() -> accepted(outcome.counts()));
  }

  private static Callback.Reply accepted(Counts counts) {
    return new Callback.Reply(
        202,
        "%d published, %d published before, %d dead letters"
            .formatted(counts.published(), counts.repeats(), counts.dead() + counts.deadBefore()));
  }

  @Override
  public void close() {
    server.close();
    passing.shutdownNow();
  }
}
