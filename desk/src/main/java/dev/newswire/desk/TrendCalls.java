// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.runtime.http.HttpCall;
import dev.newswire.sink.Facet;
import dev.newswire.sink.Hit;
import dev.newswire.sink.Search;
import dev.newswire.sink.SearchQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls for what rises: what a day has, beside the mean day of the week before. Thread-safe. */
final class TrendCalls {

  private static final int DAYS_BEFORE = 7;
  private static final Duration DAY = Duration.ofDays(1);

  /** So many values of the day are compared. */
  private static final int COMPARED = 100;

  private static final int USUAL = 20;

  private final Stores stores;

  TrendCalls(Stores stores) {
    this.stores = stores;
  }

  void addTo(Api api) {
    api.with("trends", this::trends);
  }

  /**
   * A value and how it goes.
   *
   * @param before articles a day in the week before
   */
  private record Trend(Facet now, double before) {

    /**
     * How many times its own past it is; a value that is new counts as one that had one article.
     */
    double rise() {
      return now.articles() / Math.max(before, 1.0 / DAYS_BEFORE);
    }

    /** Rare values rise by chance: what rises must rise by something. */
    double weight() {
      return (now.articles() - before) / Math.sqrt(Math.max(before, 1));
    }
  }

  private HttpAnswer trends(HttpCall call) {
    Parameters given = new Parameters(call, Set.of("by", "until", "limit"));
    Facet.By by =
        Facet.By.valueOf(
            given.choice("by", List.of("topic", "entity", "provider")).toUpperCase(Locale.ROOT));
    int limit = given.number("limit", USUAL, COMPARED);
    Instant until = given.moment("until").orElseGet(() -> stores.ask(TrendCalls::newest));
    Instant day = until.minus(DAY);
    List<Facet> now = stores.ask(store -> store.count(between(day, until), by));
    Map<String, Long> before = new HashMap<>();
    stores
        .ask(store -> store.count(between(day.minus(DAY.multipliedBy(DAYS_BEFORE)), day), by))
        .forEach(facet -> before.merge(key(facet), facet.articles(), Long::sum));
    List<Trend> trends =
        now.stream()
            .map(
                facet ->
                    new Trend(facet, before.getOrDefault(key(facet), 0L) / (double) DAYS_BEFORE))
            .sorted(Comparator.comparingDouble(Trend::weight).reversed())
            .limit(limit)
            .toList();
    return Json.answer(
        json -> {
          Json.moment(json, "since", day);
          Json.moment(json, "until", until);
          json.writeArrayFieldStart("trends");
          for (Trend trend : trends) {
            json.writeStartObject();
            ArticleCalls.facet(json, trend.now);
            json.writeNumberField("before", trend.before);
            json.writeNumberField("rise", trend.rise());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** Names of two kinds may be the same. */
  private static String key(Facet facet) {
    return facet.value() + " " + facet.detail();
  }

  private static SearchQuery between(Instant since, Instant until) {
    return SearchQuery.of("")
        .between(Optional.of(since), Optional.of(until))
        .page(COMPARED * DAYS_BEFORE, 0);
  }

  /** The end of the last day that has anything, so that an archive has trends too. */
  private static Instant newest(Search store) {
    Instant now = Instant.now();
    return store.find(SearchQuery.of("").page(1, 0)).stream()
        .map(Hit::record)
        .map(record -> record.getArticle().getPublished())
        .filter(published -> published.isBefore(now.minus(DAY)))
        .findFirst()
        .map(published -> published.plusMillis(1))
        .orElse(now);
  }
}
