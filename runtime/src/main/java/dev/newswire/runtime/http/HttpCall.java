// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** A request whose header has arrived. Thread-safe but for {@link #body}. */
public final class HttpCall {

  private final Request request;
  private final HttpConnections connections;
  private final BodyBudget budget;
  private final Optional<Fields> query;

  HttpCall(Request request, HttpConnections connections, BodyBudget budget) {
    this.request = request;
    this.connections = connections;
    this.budget = budget;
    this.query = parsed(request);
  }

  private static Optional<Fields> parsed(Request request) {
    try {
      return Optional.of(Request.extractQueryParameters(request));
    } catch (RuntimeException e) {
      // Jetty says in several ways that the query is not UTF-8 or has a broken escape.
      throw new HttpFailure(400, "the query of the address can't be read");
    }
  }

  /** HTTP's method, in capitals. */
  public String method() {
    return request.getMethod();
  }

  /** Path without escapes and without steps up. */
  public String path() {
    return Request.getPathInContext(request);
  }

  /** The query as it came; empty where there is none. */
  public Optional<String> rawQuery() {
    return Optional.ofNullable(request.getHttpURI().getQuery());
  }

  /** The first value that the query gives a name. */
  public Optional<String> parameter(String name) {
    return query.map(fields -> fields.getValue(name));
  }

  /** All values that the query gives a name, in order. */
  public List<String> parameters(String name) {
    return query.map(fields -> fields.getValuesOrEmpty(name)).orElse(List.of());
  }

  /** The names in the query. */
  public List<String> parameterNames() {
    return query.<List<String>>map(fields -> new ArrayList<>(fields.getNames())).orElse(List.of());
  }

  /** The first header of a name, whose case does not matter. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The value of a cookie. */
  public Optional<String> cookie(String name) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst();
  }

  /** What is given behind a scheme of authorization, such as Bearer, whose case does not matter. */
  public Optional<String> credentials(String scheme) {
    return header("Authorization")
        .filter(value -> value.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1))
        .map(value -> value.substring(scheme.length() + 1).strip());
  }

  /**
   * Reads the body; to be called once at most. No thread waits for it.
   *
   * @param maximum most bytes
   * @return fails with {@link HttpFailure} where it is larger, where it comes too late, and where
   *     there is no room for it now
   */
  public CompletableFuture<byte[]> body(int maximum) {
    if (request.getLength() > maximum) {
      return CompletableFuture.failedFuture(BodyReading.tooLarge(maximum));
    }
    connections.reads(request);
    BodyReading reading = new BodyReading(request, maximum, budget);
    reading.run();
    return reading.body().whenComplete((body, failure) -> connections.answers(request));
  }

  /** Gives back what the body took. */
  void end() {
    budget.release(request);
  }
}
