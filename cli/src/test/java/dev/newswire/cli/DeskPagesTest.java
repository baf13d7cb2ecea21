// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The desk's pages in a browser, on a pipeline that runs, as a reader uses them. */
@ExtendWith(RunningDesk.Extension.class)
class DeskPagesTest {

  private static final String TRUCE = "?id=meridian-news%2Fmeridian-20250411-0077";

  private static RunningDesk desk;
  private static DeskBrowser browser;

  @BeforeAll
  static void openTheBrowser(RunningDesk running) {
    desk = running;
    browser = DeskBrowser.open(running);
  }

  @AfterAll
  static void closeTheBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void goToTheWire() {
    browser.wide();
    browser.colours("light");
    browser.go("?until=2025-12-31");
    browser.await(".item");
    browser.await(".filters a");
  }

  @AfterEach
  void theBrowserComplainsOfNothing() {
    assertThat(browser.complaints()).isEmpty();
  }

  /** An article as ninjs, which can be killed. */
  private static void send(String id, int version, String status, String headline, String text)
      throws IOException {
    String item =
        """
        {"uri": "tag:northwire.example,2026:%s", "type": "text", "version": "%d",
         "versioncreated": "%s", "pubstatus": "%s", "headline": "%s",
         "body_text": "%s"}
        """
            .formatted(id, version, Instant.now(), status, headline, text);
    desk.drop("ferries", id + "-" + version + ".json", item.getBytes(UTF_8));
  }

  @Test
  void theWireListsWhatIsStoredTheNewestFirst() {
    assertThat(browser.text(".summary")).isEqualTo(RunningDesk.ARTICLES + " articles");
    @SuppressWarnings("unchecked")
    List<String> times =
        (List<String>)
            browser.run("return [...document.querySelectorAll('.item time')].map(t => t.dateTime)");
    assertThat(times).hasSize(RunningDesk.ARTICLES).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void anItemThatComesWaitsUntilTheReaderWantsIt() throws IOException {
    browser.go("");
    browser.await(".item");
    List<String> before = browser.texts(".item h3");
    send("arrives", 1, "usable", "A ferry arrives on the wire", "It came from Chios at noon.");
    browser.await(".new");
    assertThat(browser.text(".new")).contains("new");
    assertThat(browser.texts(".item h3")).isEqualTo(before);
    browser.click(".new");
    browser.awaitText(".list", "A ferry arrives on the wire");
    assertThat(browser.has(".new")).isFalse();
  }

  @Test
  void aKillWithdrawsAnArticleBeforeTheReadersEyes() throws IOException {
    send("sinks", 1, "usable", "A ferry is said to have sunk", "Coastguards search off Malta.");
    browser.go("?provider=ferries");
    browser.until(
        "the article is stored",
        page -> {
          page.reload();
          page.await(".summary");
          return page.texts(".item h3").contains("A ferry is said to have sunk");
        });
    browser.click(".item h3", "said to have sunk");
    browser.awaitText(".article h1", "A ferry is said to have sunk");

    send("sinks", 2, "canceled", "A ferry is said to have sunk", "Coastguards search off Malta.");
    browser.awaitText(".article h1", "This article was killed");
    assertThat(browser.text("body")).doesNotContain("sunk", "Coastguards");
    assertThat(browser.text(".item.gone")).contains("killed");
  }

  @Test
  void aCorrectionTakesThePlaceOfWhatItCorrects() throws IOException {
    send("late", 1, "usable", "A ferry is three hours late", "Fog lies over the Sound.");
    browser.go("?provider=ferries&q=hours+late");
    browser.until(
        "the article is stored",
        page -> {
          page.reload();
          page.await(".summary");
          return page.texts(".item h3").contains("A ferry is three hours late");
        });
    send("late", 2, "usable", "A ferry is two hours late", "Fog lies over the Sound.");
    browser.awaitText(".list", "A ferry is two hours late");
    assertThat(browser.text(".list")).doesNotContain("three hours");
  }

  @Test
  void aSearchIsInTheAddressAndIsThereAfterAReload() {
    browser.type("#q", "Peskov");
    browser.until("the address", page -> page.address().contains("q=Peskov"));
    browser.await(".item mark");
    List<String> found = browser.texts(".item h3");
    browser.reload();
    browser.await(".item mark");
    assertThat(browser.texts(".item h3")).isEqualTo(found);
    assertThat(browser.await("#q").getAttribute("value")).isEqualTo("Peskov");
  }

  @Test
  void aSearchThatFindsNothingSaysSo() {
    browser.type("#q", "xylophonist");
    browser.awaitText(".list", "Nothing found.");
  }

  @Test
  void filtersAreChosenAndTakenBack() {
    browser.click(".filters a", "Minerals deal");
    browser.until("the address", page -> page.address().contains("topic=minerals-deal"));
    browser.awaitText(".filters [aria-current]", "minerals-deal");
    browser.until("fewer articles", page -> page.texts(".item").size() < RunningDesk.ARTICLES);
    for (String meta : browser.texts(".item .meta")) {
      assertThat(meta).contains("Minerals deal");
    }
    browser.click(".filters [aria-current]", "minerals-deal");
    browser.until("all articles", page -> page.texts(".item").size() == RunningDesk.ARTICLES);
  }

  @Test
  void theBackButtonGoesBack() {
    browser.click(".item");
    browser.await(".article h1");
    browser.until("the address", page -> page.address().contains("id="));
    browser.back();
    browser.until("no article", page -> !page.address().contains("id="));
    browser.awaitText(".article", "Choose an article");
  }

  @Test
  void everythingIsDoneByKeys() {
    browser.press("j");
    browser.await(".item[aria-current]");
    String first = browser.text(".item[aria-current] h3");
    browser.press("j");
    browser.until("the second", page -> !page.text(".item[aria-current] h3").equals(first));
    browser.press("k");
    browser.awaitText(".item[aria-current] h3", first);
    browser.await(".article h1");
    browser.press(Keys.ENTER);
    browser.until("the article has the focus", page -> page.has(".article:focus"));
    browser.press(Keys.ESCAPE);
    browser.until("no article", page -> !page.has(".item[aria-current]"));
    browser.press("/");
    browser.until("the search has the focus", page -> page.has("#q:focus"));
    browser.press(Keys.ESCAPE);
    browser.press("?");
    browser.awaitText("dialog[open]", "next and previous article");
    browser.press(Keys.ESCAPE);
    browser.until("no dialog", page -> !page.has("dialog[open]"));
  }

  @Test
  void anArticleShowsWhoWhereAndTheWordsThatEarnedItsTopics() {
    browser.go(TRUCE);
    browser.await(".article h1");
    assertThat(browser.texts(".marked mark.person")).contains("Vladimir Putin");
    assertThat(browser.texts(".marked mark.place")).contains("Vienna");
    assertThat(browser.texts(".marked mark.topic")).contains("truce");
    assertThat(browser.text(".why")).contains("Ceasefire", "Q7747");
    browser.await("svg.map circle");
    browser.press("m");
    browser.until("marks are off", page -> !page.has(".marked"));
  }

  @Test
  void anEditorAsksWhyATopicIsMissing() {
    browser.go(TRUCE);
    browser.type(".why-not input", "earthquake");
    browser.awaitText(".why", "earthquake: not found");
    browser.type(".why-not input", "no-such-topic");
    browser.awaitText(".why", "no topic in use is 'no-such-topic'");
  }

  @Test
  void aStoryLeadsToItsArticles() throws IOException {
    for (String provider : List.of("harbour-radio", "harbour-times")) {
      desk.dropItem(
          provider,
          "storm",
          "Storm shuts the harbour of Trieste for two days",
          "The port authority of Trieste shut the harbour for two days on Monday as a storm with"
              + " winds of 140 kilometres an hour tore three cranes from their rails. Nobody was"
              + " hurt, said its president, Zeno D'Agostino. Ferries to Piran wait in Venice.");
    }
    browser.go("stories");
    browser.until(
        "the story",
        page -> {
          page.reload();
          page.await(".page h1");
          return page.text(".page").contains("Storm shuts the harbour");
        });
    browser.click(".story", "Storm shuts the harbour");
    browser.await(".timeline .item");
    String headline = browser.text(".timeline .item h3");
    browser.click(".timeline .item");
    browser.awaitText(".article h1", headline);
  }

  @Test
  void aTrendLeadsToItsArticles() {
    browser.go("trends");
    browser.await(".bars a");
    browser.click(".page table a");
    browser.await(".item");
    assertThat(browser.address()).contains("since=", "until=");
  }

  @Test
  void theTopicsShowTheirQueries() {
    browser.go("topics");
    browser.click("summary");
    assertThat(browser.text("details[open] code")).isNotBlank();
  }

  @Test
  void thePipelineShowsStagesGroupsAndDeadLetters() {
    browser.go("pipeline");
    browser.until("all stages", page -> page.texts(".stage h2").size() >= 4);
    assertThat(browser.text(".page")).contains("newswire-sink", "no well-formed XML");
    browser.go("feeds");
    browser.awaitText(".page", "No feed yet");
  }

  @Test
  void aHostileArticleIsTextAndNothingElse() throws IOException {
    desk.dropItem(
        "hostile",
        "script",
        "<script>document.title='taken'</script><img src=x onerror=document.title='taken'>Hostile",
        "<svg onload=document.title='taken'></svg><a href=\"javascript:document.title='taken'\">"
            + "Read</a> \u202Eevil\u202C and "
            + "x".repeat(200_000));
    browser.go("?provider=hostile");
    browser.until(
        "the article is stored",
        page -> {
          page.reload();
          page.await(".summary");
          return page.has(".item");
        });
    browser.click(".item");
    browser.await(".article h1");
    assertThat(browser.run("return document.title")).asString().doesNotContain("taken");
    assertThat(browser.run("return document.querySelectorAll('main script, main img').length"))
        .isEqualTo(0L);
    assertThat(browser.run("return document.querySelectorAll('a[href^=\"javascript:\" i]').length"))
        .isEqualTo(0L);
    assertThat(browser.run("return document.body.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", TRUCE, "stories", "trends", "topics", "feeds", "pipeline"})
  void aPageIsForEverybody(String page) {
    String name = page.isEmpty() ? "wire" : page.equals(TRUCE) ? "article" : page;
    browser.go(page.isEmpty() ? "?until=2025-12-31" : page);
    browser.await(page.isEmpty() ? ".item" : page.equals(TRUCE) ? ".article h1" : ".page h1");
    assertThat(browser.barriers()).as("what axe finds in light colours").isEmpty();
    browser.screenshot(name + "-light");
    browser.colours("dark");
    assertThat(browser.barriers()).as("what axe finds in dark colours").isEmpty();
    browser.screenshot(name + "-dark");
    browser.narrow();
    browser.screenshot(name + "-narrow");
    assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
        .as("the page fits 380 pixels")
        .isEqualTo(true);
  }

  @Test
  void aPageLoadsLittleAndFromHereAlone() {
    browser.go(TRUCE);
    browser.await("svg.map");
    List<Map.Entry<String, Long>> loaded =
        browser.loaded().filter(entry -> !entry.getKey().contains("/api/")).toList();
    assertThat(loaded).extracting(Map.Entry::getKey).allMatch(url -> url.startsWith(desk.base()));
    assertThat(loaded.stream().mapToLong(Map.Entry::getValue).sum()).isLessThan(250_000);
  }
}
