// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import java.util.concurrent.CompletableFuture;

/** What is served on a port. Called by several threads at once. */
@FunctionalInterface
public interface HttpService {

  /**
   * Answers a call whose header has arrived. It may block for what is quick, such as a query of a
   * database; it waits for the body and for other parts of the program by a future.
   *
   * @return the answer; fails with {@link HttpFailure} for an answer that says what is wrong
   * @throws HttpFailure the same, at once
   */
  CompletableFuture<HttpAnswer> answer(HttpCall call);
}
