// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.PublishedRules;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TopicQuery;
import dev.newswire.enrich.topics.TopicRule;
import dev.newswire.ingest.FeedRegister;
import dev.newswire.operations.DeadLetters;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.runtime.http.HttpCall;
import dev.newswire.runtime.http.HttpService;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.Rules;
import dev.newswire.schemas.Topics;
import dev.newswire.sink.Facet;
import dev.newswire.sink.Hit;
import dev.newswire.sink.Search.Withdrawal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;

/** Answers calls of the API and for pages. Thread-safe. */
final class DeskService implements HttpService {

  private static final String API = "/api/v1/";
  private static final Duration WITHDRAWN_SINCE = Duration.ofDays(7);
  private static final int MOST_WITHDRAWN = 100;
  private static final int MOST_DEAD = 200;

  /** A page may load what is served here and nothing else; nothing else may show it. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Gate gate;
  private final Stores stores;
  private final Cluster cluster;
  private final LiveWire live;
  private final PipelineWatch watch;
  private final Syndication syndication;

  DeskService(
      Gate gate,
      Stores stores,
      Cluster cluster,
      LiveWire live,
      PipelineWatch watch,
      Syndication syndication) {
    this.gate = gate;
    this.stores = stores;
    this.cluster = cluster;
    this.live = live;
    this.watch = watch;
    this.syndication = syndication;
  }

  @Override
  public CompletableFuture<HttpAnswer> answer(HttpCall call) {
    HttpAnswer answer;
    try {
      gate.check(call);
      answer = call.path().startsWith(API) ? api(call) : page(call);
    } catch (Problem e) {
      answer = e.answer();
      if (!call.path().startsWith(API) && answer.status() == 401) {
        answer = Pages.closed(e, 401);
      }
    } catch (KafkaException e) {
      answer = new Problem(503, "Kafka does not answer", String.valueOf(e.getMessage())).answer();
    }
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return CompletableFuture.completedFuture(answer);
  }

  private HttpAnswer page(HttpCall call) {
    if (call.path().equals("/") && gate.isInAddress(call)) {
      // The token leaves the address, where others could read it.
      return HttpAnswer.empty(303).with("Location", "/").with("Set-Cookie", gate.setCookie());
    }
    return Pages.at(call.path())
        .orElseThrow(() -> Problem.notFound("no page is at " + call.path()));
  }

  private HttpAnswer api(HttpCall call) {
    return switch (call.path().substring(API.length())) {
      case "articles" -> articles(Query.of(call));
      case "articles.rss" -> syndication.rss(Query.of(call));
      case "articles.atom" -> syndication.atom(Query.of(call));
      case "articles.json" -> syndication.jsonFeed(Query.of(call));
      case "articles.csv" -> syndication.csv(Query.of(call));
      case "article" -> article(call);
      case "facets" -> facets(call);
      case "withdrawn" -> withdrawn();
      case "live" -> live(call);
      case "pipeline" -> Json.answer(watch::write);
      case "dead-letters" -> deadLetters();
      case "feeds" -> feeds();
      case "topics" -> topics();
      default -> throw Problem.notFound("nothing of this API is at " + call.path());
    };
  }

  private HttpAnswer articles(Query query) {
    Query.Page page = stores.ask(query::page);
    boolean first = query.cursor().isEmpty();
    long total = first ? stores.ask(store -> store.count(query.search())) : 0;
    return Json.answer(
        json -> {
          if (first) {
            json.writeNumberField("total", total);
          }
          json.writeArrayFieldStart("articles");
          for (Hit hit : page.hits()) {
            json.writeStartObject();
            ArticleJson.row(json, hit);
            json.writeEndObject();
          }
          json.writeEndArray();
          Json.text(json, "next", page.next().map(Query.Cursor::text));
        });
  }

  private HttpAnswer article(HttpCall call) {
    String id =
        call.parameter("id")
            .orElseThrow(
                () -> new Problem(400, "A parameter is missing", "id: which article is meant"));
    Optional<EnrichedArticle> found = stores.ask(store -> store.article(id));
    if (found.isPresent()) {
      return Json.answer(json -> ArticleJson.whole(json, found.get()));
    }
    Optional<Withdrawal> gone = stores.ask(store -> store.withdrawal(id));
    if (gone.isPresent()) {
      return Json.answer(
          410, "application/json", json -> ArticleJson.withdrawal(json, gone.get()));
    }
    throw Problem.notFound("no published article has this id");
  }

  private HttpAnswer facets(HttpCall call) {
    String name = call.parameter("by").orElse("topic");
    Facet.By by =
        switch (name) {
          case "topic", "entity", "provider", "day" ->
              Facet.By.valueOf(name.toUpperCase(Locale.ROOT));
          default ->
              throw Problem.badParameter(
                  "by", name, "kind of count; it is topic, entity, provider or day");
        };
    Query query = Query.of(call);
    List<Facet> facets = stores.ask(store -> store.count(query.search(), by));
    return Json.answer(
        json -> {
          json.writeArrayFieldStart("facets");
          for (Facet facet : facets) {
            json.writeStartObject();
            json.writeStringField("value", facet.value());
            Json.text(json, "detail", facet.detail());
            json.writeNumberField("articles", facet.articles());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private HttpAnswer withdrawn() {
    Instant since = Instant.now().minus(WITHDRAWN_SINCE);
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

  private HttpAnswer deadLetters() {
    Deque<DeadLetters.Entry> newest = new ArrayDeque<>();
    new DeadLetters(cluster)
        .forEach(
            Topics.STAGES,
            entry -> {
              if (!entry.redriven()) {
                newest.addFirst(entry);
                if (newest.size() > MOST_DEAD) {
                  newest.removeLast();
                }
              }
            });
    return Json.answer(
        json -> {
          json.writeArrayFieldStart("deadLetters");
          for (DeadLetters.Entry entry : newest) {
            json.writeStartObject();
            json.writeStringField("id", entry.id());
            json.writeStringField("stage", entry.stage());
            Json.moment(json, "at", entry.at());
            json.writeStringField("reason", entry.letter().reason());
            Json.text(json, "source", entry.letter().details().get("newswire.source"));
            json.writeNumberField("bytes", entry.letter().bytes().length);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private HttpAnswer feeds() {
    List<FeedRegister.Entry> feeds = new FeedRegister(cluster).entries();
    return Json.answer(
        json -> {
          json.writeArrayFieldStart("feeds");
          for (FeedRegister.Entry entry : feeds) {
            json.writeStartObject();
            json.writeStringField("name", entry.feed().getName());
            json.writeStringField("provider", entry.feed().getProvider());
            Json.text(json, "title", entry.feed().getTitle());
            json.writeStringField("host", host(entry.feed().getUrl()));
            json.writeBooleanField("paused", entry.feed().getPaused());
            if (entry.state().isPresent()) {
              PollState state = entry.state().get();
              Json.moment(json, "lastSuccess", state.getLastSuccess());
              Json.moment(json, "lastAttempt", state.getLastAttempt());
              Json.moment(json, "lastNewItem", state.getLastNewItem());
              Json.moment(json, "nextPoll", state.getNextPoll());
              json.writeNumberField("failures", state.getFailures());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** An address may hold a password or a key; the name of its host does not. */
  private static String host(String url) {
    try {
      return Optional.ofNullable(java.net.URI.create(url).getHost()).orElse("");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private HttpAnswer topics() {
    Optional<Rules> published = published();
    Taxonomy taxonomy =
        published.map(Rules::getDocument).map(Taxonomy::of).orElseGet(Taxonomy::bundled);
    return Json.answer(
        json -> {
          if (published.isPresent()) {
            json.writeNumberField("version", published.get().getVersion());
          }
          json.writeNumberField("faults", taxonomy.faults().size());
          json.writeArrayFieldStart("topics");
          for (TopicRule rule : taxonomy.rules()) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            json.writeStringField("label", rule.label());
            Json.text(json, "description", rule.description());
            json.writeBooleanField("experimental", rule.isExperimental());
            json.writeArrayFieldStart("queries");
            for (TopicQuery query : rule.queries()) {
              json.writeString(query.text());
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private Optional<Rules> published() {
    try {
      return new PublishedRules(cluster).inUse(LiveEnricher.TAXONOMY);
    } catch (UserError e) {
      throw new Problem(503, "Kafka does not answer", e.getMessage());
    }
  }
}
