// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.runtime.http.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of the pages. All of them are known by name, so that no path leads elsewhere. */
final class Pages {

  /** The pages, all of which are one document that looks at its own address. */
  private static final Set<String> PAGES = Set.of("/", "/pipeline", "/feeds", "/topics");

  private static final Map<String, String> FILES =
      Map.of(
          "/desk.css", "text/css",
          "/desk.js", "text/javascript",
          "/wire.js", "text/javascript",
          "/article.js", "text/javascript",
          "/tables.js", "text/javascript",
          "/dom.js", "text/javascript",
          "/icon.svg", "image/svg+xml");

  private Pages() {}

  /** The file or page of a path; empty where there is none. */
  static Optional<HttpAnswer> at(String path) {
    if (PAGES.contains(path)) {
      return Optional.of(HttpAnswer.of(200, "text/html; charset=utf-8", read("/desk.html")));
    }
    return Optional.ofNullable(FILES.get(path))
        .map(type -> HttpAnswer.of(200, type + "; charset=utf-8", read(path)));
  }

  private static byte[] read(String path) {
    try (InputStream in = Pages.class.getResourceAsStream("pages" + path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a browser shows that brings no token. */
  static HttpAnswer closed(Problem problem, int status) {
    return HttpAnswer.of(
        status,
        "text/html",
        "<!doctype html><html lang=en><meta charset=utf-8><title>Newswire</title><h1>This desk is"
            + " closed</h1><p>"
            + problem.getMessage()
            + ".</p></html>");
  }
}
