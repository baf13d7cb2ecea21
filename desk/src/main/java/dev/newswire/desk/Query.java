// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newswire.runtime.http.HttpCall;
import dev.newswire.sink.Hit;
import dev.newswire.sink.Search;
import dev.newswire.sink.SearchQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a call asks of the store: the filters of a search, and where in its answers to go on.
 *
 * @param search what is published and matches; never anything else
 * @param cursor where the page before ended; empty for the first
 */
record Query(SearchQuery search, Optional<Cursor> cursor) {

  private static final int USUAL = 50;
  private static final int MOST = 200;
  private static final int LONGEST_TEXT = 1000;
  private static final int MOST_VALUES = 20;

  /** All that a search may be given. */
  private static final Set<String> NAMES =
      Set.of(
          "q", "topic", "entity", "provider", "language", "since", "until", "story", "copies",
          "sort", "limit", "cursor", "token", "by");

  /** The end of a page, in the order of time or, by relevance, as a number of hits. */
  sealed interface Cursor {

    /** In the order of time. */
    record After(Search.Place place) implements Cursor {}

    /** In the order of relevance. */
    record Skip(int hits) implements Cursor {}

    /** The cursor as a client gives it back. */
    default String text() {
      String plain =
          this instanceof After after
              ? "t" + after.place.published().toEpochMilli() + " " + after.place.articleId()
              : "n" + ((Skip) this).hits;
      return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }

    /** Reads one. */
    static Cursor of(String text) {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
        int space = plain.indexOf(' ');
        if (plain.startsWith("t")) {
          Instant moment = Instant.ofEpochMilli(Long.parseLong(plain.substring(1, space)));
          return new After(new Search.Place(moment, plain.substring(space + 1)));
        }
        int hits = Integer.parseInt(plain.substring(1));
        if (plain.startsWith("n") && hits >= 0) {
          return new Skip(hits);
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        // It was not made here; said below.
      }
      throw Problem.badParameter("cursor", text, "cursor of this API");
    }
  }

  /**
   * Reads a call.
   *
   * @throws Problem where a parameter is unknown or wrong
   */
  static Query of(HttpCall call) {
    Set<String> unknown = new TreeSet<>(call.parameterNames());
    unknown.removeAll(NAMES);
    if (!unknown.isEmpty()) {
      throw Problem.badParameter("query", unknown.iterator().next(), "parameter of a search");
    }
    SearchQuery search =
        SearchQuery.of(text(call))
            .withTopics(values(call, "topic"))
            .withEntities(values(call, "entity"))
            .withProviders(values(call, "provider"))
            .withLanguages(values(call, "language"))
            .between(
                call.parameter("since").map(text -> moment("since", text)),
                call.parameter("until").map(text -> moment("until", text)))
            .sortedBy(sort(call))
            .page(limit(call), 0);
    if (isFolded(call)) {
      search = search.withoutCopies();
    }
    Optional<String> story = call.parameter("story");
    if (story.isPresent()) {
      search = search.withStory(story.get());
    }
    return new Query(search, call.parameter("cursor").map(Cursor::of));
  }

  private static boolean isFolded(HttpCall call) {
    String copies = call.parameter("copies").orElse("all");
    return switch (copies) {
      case "all" -> false;
      case "folded" -> true;
      default -> throw Problem.badParameter("copies", copies, "choice; it is all or folded");
    };
  }

  private static String text(HttpCall call) {
    String text = call.parameter("q").orElse("");
    if (text.length() > LONGEST_TEXT) {
      throw new Problem(
          400, "A parameter is wrong", "q: longer than " + LONGEST_TEXT + " characters");
    }
    return text;
  }

  private static List<String> values(HttpCall call, String name) {
    List<String> values =
        call.parameters(name).stream().filter(value -> !value.isBlank()).toList();
    if (values.size() > MOST_VALUES) {
      throw new Problem(400, "A parameter is wrong", name + ": more than " + MOST_VALUES);
    }
    return values;
  }

  private static Instant moment(String name, String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw Problem.badParameter(
          name, text, "moment; it is a day such as 2026-03-02, or an ISO time in UTC");
    }
  }

  private static SearchQuery.Sort sort(HttpCall call) {
    String name = call.parameter("sort").orElse("time");
    return switch (name) {
      case "time" -> SearchQuery.Sort.TIME;
      case "relevance" -> SearchQuery.Sort.RELEVANCE;
      default -> throw Problem.badParameter("sort", name, "order; it is time or relevance");
    };
  }

  private static int limit(HttpCall call) {
    String text = call.parameter("limit").orElse(Integer.toString(USUAL));
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
      throw Problem.badParameter("limit", text, "number from 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }

  /** A page of hits and where the next begins; empty where there is none. */
  record Page(List<Hit> hits, Optional<Cursor> next) {}

  /** Looks the page up. */
  Page page(Search store) {
    int limit = search.limit();
    int skipped = cursor.map(Query::skipped).orElse(0);
    Function<SearchQuery, List<Hit>> find =
        cursor.isPresent() && cursor.get() instanceof Cursor.After after
            ? query -> store.findAfter(query, after.place)
            : store::find;
    List<Hit> hits = find.apply(search.page(limit + 1, skipped));
    if (hits.size() <= limit) {
      return new Page(hits, Optional.empty());
    }
    List<Hit> shown = hits.subList(0, limit);
    return new Page(shown, Optional.of(next(shown.get(limit - 1), skipped)));
  }

  private static int skipped(Cursor cursor) {
    return cursor instanceof Cursor.Skip skip ? skip.hits : 0;
  }

  private Cursor next(Hit last, int skipped) {
    return search.sort() == SearchQuery.Sort.RELEVANCE && !search.text().isBlank()
        ? new Cursor.Skip(skipped + search.limit())
        : new Cursor.After(
            new Search.Place(
                last.record().getArticle().getPublished(), last.record().getArticle().getId()));
  }

  /** The page behind another. */
  Query behind(Cursor end) {
    return new Query(search, Optional.of(end));
  }
}
