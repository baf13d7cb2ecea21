// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.runtime.http.HttpCall;
import dev.newswire.sink.Stories;
import dev.newswire.sink.Stories.Named;
import dev.newswire.sink.Stories.Summary;
import dev.newswire.sink.Stories.Telling;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Calls for stories. Thread-safe. */
final class StoryCalls {

  private static final int USUAL = 50;
  private static final int MOST = 500;
  private static final int MOST_NAMED = 60;

  private final Stores stores;

  StoryCalls(Stores stores) {
    this.stores = stores;
  }

  void addTo(Api api) {
    api.with("stories", this::stories).with("story", this::story);
  }

  private HttpAnswer stories(HttpCall call) {
    Parameters given =
        new Parameters(
            call, Set.of("since", "until", "language", "provider", "least", "sort", "limit"));
    Stories.Query query =
        new Stories.Query(
            given.moment("since"),
            given.moment("until"),
            given.values("language"),
            given.text("provider"),
            given.number("least", 2, 1000),
            Stories.Sort.valueOf(
                given.choice("sort", List.of("time", "size")).toUpperCase(Locale.ROOT)),
            given.number("limit", USUAL, MOST));
    List<Summary> found = stores.askStories(store -> store.list(query));
    return Json.answer(
        json -> {
          json.writeArrayFieldStart("stories");
          for (Summary each : found) {
            json.writeStartObject();
            summary(json, each);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private HttpAnswer story(HttpCall call) {
    String id = new Parameters(call, Set.of("id")).needed("id", "a story, or an article of it");
    Summary story =
        stores
            .askStories(store -> store.find(id))
            .orElseThrow(() -> Problem.notFound("no story has this id or an article of this id"));
    List<Telling> articles = stores.askStories(store -> store.articles(story.id()));
    List<Named> named = stores.askStories(store -> store.named(story.id(), MOST_NAMED));
    return Json.answer(
        json -> {
          summary(json, story);
          json.writeArrayFieldStart("tellings");
          for (Telling telling : articles) {
            json.writeStartObject();
            telling(json, telling);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("entities");
          for (Named each : named) {
            json.writeStartObject();
            json.writeStringField("kind", each.kind());
            json.writeStringField("name", each.name());
            Json.text(json, "wikidataId", each.wikidataId());
            json.writeNumberField("articles", each.articles());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  static void summary(JsonGenerator json, Summary story) throws IOException {
    json.writeStringField("id", story.id());
    json.writeStringField("headline", story.headline());
    json.writeStringField("lead", story.lead());
    Json.text(json, "language", story.language());
    Json.moment(json, "first", story.first());
    Json.moment(json, "last", story.last());
    json.writeNumberField("articles", story.articles());
    json.writeNumberField("originals", story.originals());
    json.writeNumberField("providers", story.providers());
  }

  static void telling(JsonGenerator json, Telling telling) throws IOException {
    json.writeStringField("id", telling.id());
    json.writeStringField("provider", telling.provider());
    json.writeStringField("headline", telling.headline());
    Json.moment(json, "published", telling.published());
    Json.moment(json, "received", telling.received());
    Json.text(json, "copyOf", telling.copyOf());
    json.writeBooleanField("outdated", telling.outdated());
  }
}
