// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.enrich.topics.Diagnosis;
import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.runtime.http.HttpCall;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.sink.Facet;
import dev.newswire.sink.Hit;
import dev.newswire.sink.Search.PlaceCount;
import dev.newswire.sink.Search.Withdrawal;
import dev.newswire.sink.Stories.Summary;
import dev.newswire.sink.Stories.Telling;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls for articles: found, one by one, counted, taken from view, as they come. Thread-safe. */
final class ArticleCalls {

  private static final Duration WITHDRAWN_SINCE = Duration.ofDays(7);
  private static final int MOST_WITHDRAWN = 100;
  private static final List<String> COUNTED =
      List.of("topic", "entity", "provider", "day", "story");

  private final Stores stores;
  private final LiveWire live;
  private final RulesInUse rules;

  ArticleCalls(Stores stores, LiveWire live, RulesInUse rules) {
    this.stores = stores;
    this.live = live;
    this.rules = rules;
  }

  void addTo(Api api) {
    api.with("articles", this::articles)
        .with("article", this::article)
        .with("why-not", this::whyNot)
        .with("facets", this::facets)
        .with("places", this::places)
        .with("withdrawn", this::withdrawn)
        .with("live", this::live);
  }

  private HttpAnswer articles(HttpCall call) {
    Query query = Query.of(call);
    Query.Page page = stores.ask(query::page);
    boolean first = query.cursor().isEmpty();
    long total = first ? stores.ask(store -> store.count(query.search())) : 0;
    List<String> ids = page.hits().stream().map(ArticleCalls::id).toList();
    // Where copies are shown, each stands for itself.
    Map<String, Integer> copies =
        query.search().copies() ? Map.of() : stores.ask(store -> store.copies(ids));
    return Json.answer(
        json -> {
          if (first) {
            json.writeNumberField("total", total);
          }
          json.writeArrayFieldStart("articles");
          for (Hit hit : page.hits()) {
            json.writeStartObject();
            ArticleJson.row(json, hit);
            json.writeNumberField("copies", copies.getOrDefault(id(hit), 0));
            json.writeEndObject();
          }
          json.writeEndArray();
          Json.text(json, "next", page.next().map(Query.Cursor::text));
        });
  }

  private static String id(Hit hit) {
    return hit.record().getArticle().getId();
  }

  private HttpAnswer article(HttpCall call) {
    String id = new Parameters(call, Set.of("id")).needed("id", "which article is meant");
    Optional<EnrichedArticle> found = stores.ask(store -> store.article(id));
    if (found.isPresent()) {
      Optional<Summary> story = stores.askStories(store -> store.find(id));
      List<Telling> tellings =
          story.isEmpty()
              ? List.of()
              : stores.askStories(store -> store.articles(story.get().id()));
      return Json.answer(
          json -> {
            ArticleJson.whole(json, found.get());
            if (story.isPresent()) {
              json.writeObjectFieldStart("story");
              StoryCalls.summary(json, story.get());
              json.writeEndObject();
            }
            copies(json, id, tellings);
          });
    }
    Optional<Withdrawal> gone = stores.ask(store -> store.withdrawal(id));
    if (gone.isPresent()) {
      return Json.answer(410, "application/json", json -> ArticleJson.withdrawal(json, gone.get()));
    }
    throw Problem.notFound("no published article has this id");
  }

  /** The others that have its text. */
  private static void copies(JsonGenerator json, String id, List<Telling> tellings)
      throws IOException {
    Optional<String> group =
        tellings.stream()
            .filter(telling -> telling.id().equals(id))
            .findFirst()
            .flatMap(Telling::copyGroup);
    json.writeArrayFieldStart("copies");
    for (Telling telling : tellings) {
      if (group.isPresent() && telling.copyGroup().equals(group) && !telling.id().equals(id)) {
        json.writeStartObject();
        StoryCalls.telling(json, telling);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private HttpAnswer whyNot(HttpCall call) {
    Parameters given = new Parameters(call, Set.of("id", "topic"));
    String id = given.needed("id", "which article is meant");
    String topic = given.needed("topic", "the id of a topic in use");
    EnrichedArticle article =
        stores
            .ask(store -> store.article(id))
            .orElseThrow(() -> Problem.notFound("no published article has this id"));
    Diagnosis diagnosis =
        rules.taxonomy().rules().stream()
            .filter(rule -> rule.id().equals(topic))
            .findFirst()
            .map(
                rule ->
                    Diagnosis.of(
                        rule,
                        article.getArticle(),
                        Optional.ofNullable(article.getLanguage()),
                        article.getEntities()))
            .orElseThrow(() -> Problem.notFound("no topic in use is '" + topic + "'"));
    return Json.answer(json -> RulesInUse.write(json, diagnosis));
  }

  private HttpAnswer facets(HttpCall call) {
    Set<String> names = new HashSet<>(Query.NAMES);
    names.add("by");
    Parameters given = new Parameters(call, names);
    Facet.By by = Facet.By.valueOf(given.choice("by", COUNTED).toUpperCase(Locale.ROOT));
    Query query = Query.of(given);
    List<Facet> facets = stores.ask(store -> store.count(query.search(), by));
    return Json.answer(
        json -> {
          json.writeArrayFieldStart("facets");
          for (Facet facet : facets) {
            json.writeStartObject();
            facet(json, facet);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  static void facet(JsonGenerator json, Facet facet) throws IOException {
    json.writeStringField("value", facet.value());
    Json.text(json, "detail", facet.detail());
    json.writeNumberField("articles", facet.articles());
  }

  /** As GeoJSON has it (RFC 7946): longitude comes first. */
  private HttpAnswer places(HttpCall call) {
    Query query = Query.of(call);
    List<PlaceCount> places = stores.ask(store -> store.places(query.search()));
    return Json.answer(
        200,
        "application/geo+json",
        json -> {
          json.writeStringField("type", "FeatureCollection");
          json.writeArrayFieldStart("features");
          for (PlaceCount place : places) {
            json.writeStartObject();
            feature(json, place);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void feature(JsonGenerator json, PlaceCount place) throws IOException {
    json.writeStringField("type", "Feature");
    json.writeObjectFieldStart("geometry");
    json.writeStringField("type", "Point");
    json.writeArrayFieldStart("coordinates");
    json.writeNumber(place.longitude());
    json.writeNumber(place.latitude());
    json.writeEndArray();
    json.writeEndObject();
    json.writeObjectFieldStart("properties");
    json.writeStringField("name", place.name());
    Json.text(json, "wikidataId", place.wikidataId());
    json.writeNumberField("articles", place.articles());
    json.writeEndObject();
  }

  private HttpAnswer withdrawn(HttpCall call) {
    Instant since =
        new Parameters(call, Set.of("since"))
            .moment("since")
            .orElseGet(() -> Instant.now().minus(WITHDRAWN_SINCE));
    List<Withdrawal> gone = stores.ask(store -> store.withdrawn(since, MOST_WITHDRAWN));
    return Json.answer(
        json -> {
          json.writeArrayFieldStart("withdrawn");
          for (Withdrawal each : gone) {
            json.writeStartObject();
            ArticleJson.withdrawal(json, each);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private HttpAnswer live(HttpCall call) {
    Optional<String> last = call.header("Last-Event-ID");
    return HttpAnswer.events(stream -> live.listen(stream, last));
  }
}
