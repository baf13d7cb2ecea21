// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.runtime.http.HttpAnswer;
import java.util.List;

/** What is wrong with a request, as RFC 9457 has it. */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;

  /**
   * A problem.
   *
   * @param status HTTP's
   * @param title the same for all problems of its kind
   * @param detail what is wrong with this request, and what would be right
   */
  Problem(int status, String title, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
  }

  static Problem badParameter(String name, String given, String allowed) {
    return new Problem(400, "A parameter is wrong", name + ": '" + given + "' is no " + allowed);
  }

  static Problem notFound(String what) {
    return new Problem(404, "There is no such thing", what);
  }

  int status() {
    return status;
  }

  HttpAnswer answer() {
    HttpAnswer answer =
        Json.answer(
            status,
            "application/problem+json",
            json -> {
              json.writeStringField("title", title);
              json.writeNumberField("status", status);
              json.writeStringField("detail", getMessage());
            });
    return status == 401
        ? answer.with("WWW-Authenticate", "Bearer realm=\"newswire desk\"")
        : status == 405 ? answer.with("Allow", String.join(", ", List.of("GET", "HEAD"))) : answer;
  }
}
