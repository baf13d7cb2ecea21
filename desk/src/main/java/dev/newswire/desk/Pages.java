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
  private static final Set<String> PAGES =
      Set.of("/", "/stories", "/trends", "/topics", "/feeds", "/pipeline");

  private static final Set<String> FILES =
      Set.of(
          "/article.js",
          "/desk.css",
          "/desk.js",
          "/dom.js",
          "/icon.svg",
          "/land.json",
          "/map.js",
          "/stories.js",
          "/tables.js",
          "/trends.js",
          "/wire.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css",
          "js", "text/javascript",
          "json", "application/json",
          "svg", "image/svg+xml");

  private Pages() {}

  /** The file or page of a path; empty where there is none. */
  static Optional<HttpAnswer> at(String path) {
    if (PAGES.contains(path)) {
      return Optional.of(HttpAnswer.of(200, "text/html; charset=utf-8", read("/desk.html")));
    }
    if (!FILES.contains(path)) {
      return Optional.empty();
    }
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    return Optional.of(HttpAnswer.of(200, type + "; charset=utf-8", read(path)));
  }

  private static byte[] read(String path) {
    try (InputStream in = Pages.class.getResourceAsStream("pages" + path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a browser shows that brings no token. */
  static HttpAnswer closed(Problem problem) {
    return HttpAnswer.of(
        problem.status(),
        "text/html",
        "<!doctype html><html lang=en><meta charset=utf-8><title>Newswire</title><h1>This desk is"
            + " closed</h1><p>"
            + problem.getMessage()
            + ".</p></html>");
  }
}
