// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newswire.runtime.http.HttpCall;
import dev.newswire.sink.Hit;
import dev.newswire.sink.Search;
import dev.newswire.sink.SearchQuery;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

  /** All that a search may be given. */
  static final Set<String> NAMES =
      Set.of(
          "q",
          "topic",
          "entity",
          "provider",
          "language",
          "since",
          "until",
          "story",
          "copies",
          "sort",
          "limit",
          "cursor");

  /** The end of a page, in the order of time or, by relevance, as a number of hits. */
  sealed interface Cursor {

    /** In the order of time. */
    record After(Search.Position position) implements Cursor {}

    /** In the order of relevance. */
    record Skip(int hits) implements Cursor {}

    /** The cursor as a client gives it back. */
    default String text() {
      String plain =
          this instanceof After after
              ? "t" + after.position.published().toEpochMilli() + " " + after.position.articleId()
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
          return new After(new Search.Position(moment, plain.substring(space + 1)));
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
    return of(new Parameters(call, NAMES));
  }

  /** Reads the parameters of a search. */
  static Query of(Parameters given) {
    SearchQuery search =
        SearchQuery.of(given.text("q").orElse(""))
            .withTopics(given.values("topic"))
            .withEntities(given.values("entity"))
            .withProviders(given.values("provider"))
            .withLanguages(given.values("language"))
            .between(given.moment("since"), given.moment("until"))
            .sortedBy(
                SearchQuery.Sort.valueOf(
                    given.choice("sort", List.of("time", "relevance")).toUpperCase(Locale.ROOT)))
            .page(given.number("limit", USUAL, MOST), 0);
    if (given.choice("copies", List.of("all", "folded")).equals("folded")) {
      search = search.withoutCopies();
    }
    Optional<String> story = given.text("story");
    if (story.isPresent()) {
      search = search.withStory(story.get());
    }
    return new Query(search, given.text("cursor").map(Cursor::of));
  }

  /** A page of hits and where the next begins; empty where there is none. */
  record Page(List<Hit> hits, Optional<Cursor> next) {}

  /** Looks the page up. */
  Page page(Search store) {
    int limit = search.limit();
    int skipped = cursor.map(Query::skipped).orElse(0);
    Function<SearchQuery, List<Hit>> find =
        cursor.isPresent() && cursor.get() instanceof Cursor.After after
            ? query -> store.findAfter(query, after.position)
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
            new Search.Position(
                last.record().getArticle().getPublished(), last.record().getArticle().getId()));
  }

  /** The page behind another. */
  Query behind(Cursor end) {
    return new Query(search, Optional.of(end));
  }
}
