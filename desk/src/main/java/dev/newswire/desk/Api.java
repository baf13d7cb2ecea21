// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.runtime.http.HttpCall;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What there is below {@code /api/v1/}, by name. Thread-safe. */
final class Api {

  private final Map<String, Call> calls = new TreeMap<>();

  /** Answers a call that may pass. */
  @FunctionalInterface
  interface Call {

    /**
     * The answer.
     *
     * @throws Problem where it can't be given
     */
    HttpAnswer answer(HttpCall call);
  }

  /** Adds a call by its name, such as {@code articles}. */
  Api with(String name, Call call) {
    calls.put(name, call);
    return this;
  }

  HttpAnswer answer(String name, HttpCall call) {
    return Optional.ofNullable(calls.get(name))
        .orElseThrow(() -> Problem.notFound("nothing of this API is at " + call.path()))
        .answer(call);
  }
}
