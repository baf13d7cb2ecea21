// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The desk's API on a pipeline that runs, as a program uses it. */
@ExtendWith(RunningDesk.Extension.class)
class DeskApiTest {

  private static final String KILLED = "meridian-news/meridian-20250408-0042";
  private static final String KILLED_HEADLINE = "Ceasefire talks in Vienna broken off";
  private static final String TRUCE = "meridian-news/meridian-20250411-0077";

  private final RunningDesk desk;

  DeskApiTest(RunningDesk desk) {
    this.desk = desk;
  }

  private static List<String> texts(JsonNode array, String field) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.path(field).asText()));
    return texts;
  }

  @Test
  void whoHasNoTokenIsToldSoAsAProblem() {
    HttpResponse<String> answer = desk.send(desk.request("api/v1/articles"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(RunningDesk.json(answer).path("detail").asText()).contains("bearer token");
    assertThat(desk.send(desk.request("api/v1/articles?token=guessed")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void theTokenLeavesTheAddressForACookieThatNoScriptReads() {
    HttpResponse<String> answer = desk.send(desk.request("?token=" + desk.token()));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/");
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
    String pair = cookie.substring(0, cookie.indexOf(';'));
    assertThat(desk.send(desk.request("").header("Cookie", pair)).body()).contains("<main");
  }

  @Test
  void aPageOfAnotherSiteGetsNothingThoughTheBrowserSendsTheCookie() {
    HttpResponse<String> answer =
        desk.send(
            desk.request("api/v1/articles?token=" + desk.token())
                .header("Sec-Fetch-Site", "cross-site"));
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void nothingIsChangedThroughIt() {
    HttpResponse<String> answer =
        desk.send(desk.authorized("api/v1/feeds").POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void aPageMayLoadWhatTheDeskServesAndNothingElse() {
    HttpResponse<String> answer = desk.send(desk.authorized(""));
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.body()).doesNotContain("http://", "https://");
  }

  @Test
  void aSearchFindsWordsAndMarksThem() {
    JsonNode found = desk.get("articles?provider=the-daily-lantern&q=Peskov");
    assertThat(found.path("total").asInt()).isPositive();
    for (JsonNode article : found.path("articles")) {
      assertThat(article.path("headlineMarks").size() + article.path("excerpt").size())
          .as(article.toString())
          .isGreaterThan(2);
    }
  }

  @Test
  void filtersMustAllHold() {
    JsonNode found =
        desk.get("articles?topic=minerals-deal&entity=Q22686&provider=the-daily-lantern");
    assertThat(found.path("articles")).isNotEmpty();
    for (JsonNode article : found.path("articles")) {
      assertThat(texts(article.path("topics"), "id")).contains("minerals-deal");
      assertThat(article.path("provider").asText()).isEqualTo("the-daily-lantern");
    }
    assertThat(desk.get("articles?topic=minerals-deal&until=2025-01-01").path("total").asInt())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"time", "relevance"})
  void pageAfterPageGivesEachArticleOnce(String order) {
    String search = "articles?until=2025-12-31&q=" + (order.equals("time") ? "" : "talks");
    List<String> whole =
        texts(desk.get(search + "&limit=200&sort=" + order).path("articles"), "id");
    List<String> paged = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = desk.get(search + "&limit=4&sort=" + order + "&cursor=" + next);
      paged.addAll(texts(page.path("articles"), "id"));
      next = page.path("next").asText();
    } while (!next.isEmpty());
    assertThat(paged).hasSizeGreaterThan(4).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "articles?colour=red|parameter here; allowed are copies, cursor",
        "articles?limit=0|number from 1 to 200",
        "articles?since=yesterday|moment; it is a day such as 2026-03-02",
        "articles?sort=size|choice; it is time or relevance",
        "articles?cursor=x|cursor of this API",
        "facets?by=colour|choice; it is topic or entity",
        "article|id: which article is meant"
      })
  void whatIsWrongIsRefusedWithWhatIsAllowed(String call, String allowed) {
    HttpResponse<String> answer = desk.call(call);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RunningDesk.json(answer).path("detail").asText()).contains(allowed);
  }

  @Test
  void anArticleComesWithAllThatIsKnownOfIt() {
    JsonNode article = desk.get("article?id=" + TRUCE);
    assertThat(article.path("body").asText()).contains("thirty days");
    assertThat(texts(article.path("entities"), "wikidataId")).contains("Q7747", "Q212");
    JsonNode ceasefire = null;
    for (JsonNode topic : article.path("topics")) {
      if (topic.path("id").asText().equals("ceasefire")) {
        ceasefire = topic;
      }
    }
    assertThat(texts(ceasefire.path("evidence"), "text")).contains("truce");
    assertThat(article.path("revision").path("received").asText()).isNotEmpty();
    assertThat(article.path("copies").isArray()).isTrue();
  }

  @Test
  void anUnknownArticleIsNotThere() {
    assertThat(desk.call("article?id=nobody/1").statusCode()).isEqualTo(404);
    assertThat(desk.call("nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void whatWasKilledIsGoneWithoutAWordOfItsText() {
    HttpResponse<String> answer = desk.call("article?id=" + KILLED);
    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(RunningDesk.json(answer).path("status").asText()).isEqualTo("canceled");
    assertThat(answer.body()).doesNotContain("broken off");
    JsonNode withdrawn = desk.get("withdrawn?since=2025-01-01").path("withdrawn");
    assertThat(texts(withdrawn, "id")).contains(KILLED);
    assertThat(withdrawn.toString()).doesNotContain("broken off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"articles", "articles.rss", "articles.atom", "articles.json"})
  void whatWasKilledLeavesByNoWay(String way) {
    String found = desk.call(way + "?limit=200").body();
    // The notice of the kill has a headline of its own, which repeats that of the article.
    assertThat(found).contains("truce").doesNotContain(">" + KILLED_HEADLINE, "\"" + KILLED + '"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"articles.rss", "articles.atom", "articles.json"})
  void whatGoesOutAsAFeedComesInAsOne(String way) {
    String search = "?until=2025-12-31&limit=200";
    byte[] feed = desk.call(way + search).body().getBytes(UTF_8);
    Formats.Content read = new Formats().read(Delivery.of("out", "out", way, Instant.EPOCH), feed);
    assertThat(read.rejects()).isEmpty();
    JsonNode given = desk.get("articles" + search).path("articles");
    assertThat(read.articles())
        .extracting(article -> article.article().getHeadline())
        .containsExactlyElementsOf(texts(given, "headline"));
  }

  @Test
  void aTableHasEveryArticleAndNoFormula() throws IOException {
    desk.dropItem("csv", "formula", "=cmd|' /C calc'!A0", "A headline that spreadsheets run.");
    await()
        .atMost(RunningDesk.PATIENCE)
        .untilAsserted(() -> assertThat(desk.call("articles.csv").body()).contains("cmd|"));
    String table = desk.call("articles.csv?until=2025-12-31").body();
    assertThat(table.lines()).hasSize(RunningDesk.ARTICLES + 1);
    assertThat(desk.call("articles.csv").body()).contains("'=cmd|").doesNotContain(",=cmd|");
  }

  @Test
  void countsAreOfWhatTheSearchFinds() {
    String period = "&until=2025-12-31&limit=200";
    JsonNode byProvider = desk.get("facets?by=provider" + period).path("facets");
    int sum = 0;
    for (JsonNode facet : byProvider) {
      sum += facet.path("articles").asInt();
    }
    assertThat(sum).isEqualTo(RunningDesk.ARTICLES);
    assertThat(texts(desk.get("facets?by=topic" + period).path("facets"), "value"))
        .contains("ceasefire", "minerals-deal");
    assertThat(texts(desk.get("facets?by=day" + period).path("facets"), "value"))
        .contains("2025-04-11");
  }

  @Test
  void placesAreGeoJsonWithTheLongitudeFirst() {
    JsonNode features = desk.get("places?until=2025-12-31&limit=200").path("features");
    for (JsonNode feature : features) {
      if (feature.path("properties").path("wikidataId").asText().equals("Q1741")) {
        JsonNode point = feature.path("geometry").path("coordinates");
        assertThat(point.get(0).asDouble()).isBetween(16.0, 17.0);
        assertThat(point.get(1).asDouble()).isBetween(48.0, 49.0);
        return;
      }
    }
    throw new AssertionError("Vienna is not among " + features);
  }

  @Test
  void whatRisesIsMeasuredByTheWeekBefore() {
    JsonNode trends = desk.get("trends?by=topic&until=2025-04-12").path("trends");
    assertThat(texts(trends, "value")).contains("minerals-deal");
    for (JsonNode trend : trends) {
      assertThat(trend.path("articles").asInt()).isPositive();
      assertThat(trend.path("before").asDouble()).isNotNegative();
    }
  }

  @Test
  void aStoryIsFoundByAnyArticleOfIt() {
    await()
        .atMost(RunningDesk.PATIENCE)
        .until(() -> desk.call("story?id=" + TRUCE).statusCode() == 200);
    JsonNode story = desk.get("story?id=" + TRUCE);
    assertThat(desk.get("article?id=" + TRUCE).path("story").path("id").asText())
        .isEqualTo(story.path("id").asText());
    assertThat(texts(story.path("tellings"), "id")).contains(TRUCE);
    assertThat(story.path("entities")).isNotEmpty();
    assertThat(texts(desk.get("stories?least=1").path("stories"), "id"))
        .contains(story.path("id").asText());
    assertThat(desk.call("story?id=nobody/1").statusCode()).isEqualTo(404);
  }

  @Test
  void whyAnArticleLacksATopicIsSaidByQuery() {
    JsonNode why = desk.get("why-not?id=" + TRUCE + "&topic=earthquake");
    assertThat(why.path("verdict").asText()).isEqualTo("not found");
    assertThat(why.path("queries").get(0).path("reasons")).isNotEmpty();
    assertThat(desk.get("why-not?id=" + TRUCE + "&topic=ceasefire").path("verdict").asText())
        .isEqualTo("tagged");
    assertThat(desk.call("why-not?id=" + TRUCE + "&topic=nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void theHouseIsSeenToo() {
    await()
        .atMost(RunningDesk.PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode stages = desk.get("pipeline").path("stages");
              assertThat(texts(stages, "stage")).contains("ingest", "enrich", "stories", "sink");
              assertThat(texts(stages, "state")).doesNotContain("missing", "empty");
            });
    JsonNode dead = desk.get("dead-letters").path("deadLetters");
    assertThat(texts(dead, "reason")).anyMatch(reason -> reason.contains("no well-formed XML"));
    assertThat(desk.get("feeds").path("feeds").isArray()).isTrue();
    assertThat(texts(desk.get("topics").path("topics"), "id")).contains("ceasefire");
  }

  /** Reads a live stream on a thread of its own. */
  private Queue<String> listen(Map<String, String> headers, List<AutoCloseable> ends) {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    var request = desk.authorized("api/v1/live");
    headers.forEach(request::header);
    Stream<String> stream = desk.lines(request);
    ends.add(stream);
    Thread reader =
        new Thread(
            () -> {
              try {
                stream.forEach(lines::add);
              } catch (java.io.UncheckedIOException e) {
                lines.add("ended");
              }
            });
    reader.setDaemon(true);
    reader.start();
    await().atMost(RunningDesk.PATIENCE).until(() -> lines.contains("event: hello"));
    return lines;
  }

  @Test
  void aListenerThatComesBackMissesNothing() throws Exception {
    List<AutoCloseable> ends = new ArrayList<>();
    Queue<String> staying = listen(Map.of(), ends);
    desk.dropItem("live", "first", "The first of three", "It comes while somebody listens.");
    await()
        .atMost(RunningDesk.PATIENCE)
        .until(() -> staying.stream().anyMatch(line -> line.contains("The first of three")));
    String seen =
        staying.stream()
            .filter(line -> line.startsWith("id: "))
            .reduce((before, after) -> after)
            .orElseThrow();

    desk.dropItem("live", "second", "The second of three", "It comes meanwhile.");
    await()
        .atMost(RunningDesk.PATIENCE)
        .until(() -> staying.stream().anyMatch(line -> line.contains("The second of three")));
    Queue<String> returned = listen(Map.of("Last-Event-ID", seen.substring("id: ".length())), ends);
    assertThat(returned)
        .anyMatch(line -> line.contains("The second of three"))
        .noneMatch(line -> line.contains("The first of three"));

    Queue<String> lost = listen(Map.of("Last-Event-ID", "another-run-17"), ends);
    assertThat(lost).contains("event: reset");
    for (AutoCloseable end : ends) {
      end.close();
    }
  }
}
