// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.runtime.UserError;
import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.runtime.http.HttpCall;
import dev.newswire.runtime.http.HttpService;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;

/** Lets calls in, and hands them to the API or the pages. Thread-safe. */
final class DeskService implements HttpService {

  private static final String API = "/api/v1/";

  /** A page may load what is served here and nothing else; nothing else may show it. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Gate gate;
  private final Api api;

  DeskService(Gate gate, Api api) {
    this.gate = gate;
    this.api = api;
  }

  @Override
  public CompletableFuture<HttpAnswer> answer(HttpCall call) {
    HttpAnswer answer;
    try {
      gate.check(call);
      answer =
          call.path().startsWith(API)
              ? api.answer(call.path().substring(API.length()), call)
              : page(call);
    } catch (Problem e) {
      answer = e.status() == 401 && !call.path().startsWith(API) ? Pages.closed(e) : e.answer();
    } catch (KafkaException | UserError e) {
      answer = new Problem(503, "Kafka does not answer", String.valueOf(e.getMessage())).answer();
    }
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return CompletableFuture.completedFuture(answer);
  }

  private HttpAnswer page(HttpCall call) {
    if (call.path().equals("/") && gate.isInAddress(call)) {
      // The token leaves the address, where others could read it.
      return HttpAnswer.empty(303).with("Location", "/").with("Set-Cookie", gate.setCookie());
    }
    return Pages.at(call.path())
        .orElseThrow(() -> Problem.notFound("no page is at " + call.path()));
  }
}
