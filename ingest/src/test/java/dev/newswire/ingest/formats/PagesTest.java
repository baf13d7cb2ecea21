// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PagesTest {

  @Test
  void anArticlesPage() {
    Parsed parsed =
        Parsed.of(
            """
            <!doctype html>
            <html lang="en-GB"><head><title>Bridge reopens | Harbour</title><meta charset="utf-8">
            <link rel="canonical" href="https://wire.example/2026/bridge">
            <meta property="og:title" content="not this"><meta property="article:section" content="Traffic">
            <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "no"},
             {"@type": "NewsArticle", "headline": "Bridge reopens", "datePublished": "2026-03-01T10:00:00Z",
              "dateModified": "2026-03-02T10:00:00Z", "author": [{"@type": "Person", "name": "Ann Poe"}],
              "publisher": {"@type": "Organization", "name": "Harbour"}, "keywords": ["bridge"]}]}</script>
            </head><body><nav><p>Home, sport, weather and all the other pages of this paper, one after another.</p></nav>
            <div class="page"><h1>Bridge reopens</h1>
            <div class="text"><p>The bridge over the harbour is open again after a repair that took longer than planned.</p>
            <p>Its keeper said on Monday that the first cars had crossed it before dawn, and that nobody was late.</p>
            <div class="newsletter-promo"><p>Subscribe to our letter, which comes every morning and tells you everything.</p></div>
            <p>The ferry will sail until the end of the week for those who have got used to it over the winter.</p></div>
            <ul><li><a href="/a">Another story</a></li><li><a href="/b">One more story</a></li></ul></div>
            <footer><p>All rights reserved by the paper and its many owners, wherever they may live these days.</p></footer>
            </body></html>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/https://wire.example/2026/bridge
            format    html
            url       https://wire.example/2026/bridge
            created   2026-03-02T10:00:00Z
            published 2026-03-01T10:00:00Z
            language  en-GB
            headline  Bridge reopens
            byline    Ann Poe
            sources   Harbour
            keyword   'bridge'
            subject   'Traffic'
            body      The bridge over the harbour is open again after a repair that took longer than planned. ¶ Its keeper said on Monday that the first cars had crossed it before dawn, and that nobody was late. ¶ The ferry will sail until the end of the week for those who have got used to it over the winter.
            """);
  }

  @Test
  void theHeadlineIsNotRepeatedInTheText() {
    String first = "The keeper opened the bridge before dawn, when nobody was there to cross it.";
    String text = "<p>" + first + "</p><h1>Bridge reopens</h1>" + "<p>It is open.</p>".repeat(20);
    assertThat(body("Bridge reopens", "<h1>Bridge<br>reopens</h1>" + text))
        .as("a heading of the text is text, whatever it says")
        .startsWith(first + "\n\nBridge reopens\n\nIt is open.");
    assertThat(
            body(
                "Bridge reopens",
                "<p>Traffic</p><h1>The harbour has its bridge again after years</h1>"
                    + "<h2>Bridge reopens</h2><p>By Ann Poe</p>"
                    + text))
        .as("what stands beside the headline stays")
        .startsWith("Traffic\n\nBy Ann Poe\n\n" + first);
    assertThat(body("Bridge reopens", "<h2>Cars and ferries</h2>" + text))
        .startsWith("Cars and ferries\n\n" + first);
  }

  private static String body(String title, String article) {
    return Parsed.of(
            "<html><head><meta property=og:title content='"
                + title
                + "'></head><body><article>"
                + article
                + "</article></body></html>")
        .article()
        .getBody();
  }

  @Test
  void aPageCannotClaimTheAddressOfAnotherHost() {
    Parsed parsed =
        Parsed.of(
            "<html><head><title>Bridge</title><link rel=canonical href='https://bank.example/1'>"
                + "</head><body><h1>Bridge</h1></body></html>");
    assertThat(parsed.article().getUrl()).isEqualTo("https://wire.example/news");
    assertThat(parsed.article().getPartial()).isTrue();
  }

  @Test
  void aPageWithoutHeadlineAndTextIsRejected() {
    assertThat(Parsed.of("<html><body><img src=a></body></html>").reasons())
        .containsExactly("The page has neither a headline nor an article's text.");
  }

  @Test
  void aPageNestedWithoutEndIsRead() {
    String page = "<html><body><h1>Deep</h1>" + "<div>".repeat(20_000) + "text";
    assertThat(Parsed.of(page).headlines()).containsExactly("Deep");
  }

  @Test
  void ofAWebArchiveThePagesThatWereThereAreRead() {
    Parsed parsed =
        Parsed.of(
            response("https://a.example/1", "200 OK", "text/html", page("First"))
                + response("https://a.example/2", "404 Not Found", "text/html", page("Gone"))
                + response("https://a.example/3", "200 OK", "image/png", "no text")
                + response("https://a.example/4", "200 OK", "text/html", page("Last")));
    assertThat(parsed.headlines()).containsExactly("First", "Last");
    assertThat(parsed.articles().get(1).getId()).isEqualTo("wire/https://a.example/4");
    assertThat(parsed.rejects).isEmpty();
  }

  @Test
  void ofATruncatedWebArchiveTheWholePagesAreRead() {
    String archive =
        response("https://a.example/1", "200 OK", "text/html", page("First"))
            + response("https://a.example/2", "200 OK", "text/html", page("Second"));
    Parsed parsed = Parsed.of(archive.substring(0, archive.length() - 40));
    assertThat(parsed.headlines()).containsExactly("First");
    assertThat(parsed.reasons().get(0)).contains("https://a.example/2", "damaged");
  }

  @Test
  void aDamagedResponseCostsNoneOfItsNeighbours() {
    String whole = response("https://a.example/1", "200 OK", "text/html", page("First"));
    Parsed parsed =
        Parsed.of(
            response("https://a.example/2", "abc", "text/html", page("No status"))
                + whole.replace("WARC-Target-URI: https://a.example/1\r\n", "")
                + response(
                    "https://a.example/3",
                    "200 OK\r\nContent-Encoding: gzip",
                    "text/html",
                    page("No gzip"))
                + whole
                + whole.replaceFirst(
                    "Content-Length: \\d+", "Content-Length: 99999999999999999999"));
    assertThat(parsed.headlines()).containsExactly("First");
    assertThat(parsed.reasons())
        .hasSize(3)
        .allMatch(reason -> reason.contains("damaged"), "tells of the damage");
  }

  @Test
  void aHeaderWithoutEndIsARejectAndCostsNothingBeforeIt() {
    String whole = response("https://a.example/1", "200 OK", "text/html", page("First"));
    String head = "WARC/1.0\r\nWARC-Type: response\r\nX-Long: ";
    Parsed endless = Parsed.of(whole + head + "x".repeat(3_000_000));
    assertThat(endless.headlines()).containsExactly("First");
    assertThat(endless.reasons()).singleElement().asString().contains("longer than 1048576 bytes");
    Parsed cut = Parsed.of(whole + head + "x");
    assertThat(cut.headlines()).containsExactly("First");
    assertThat(cut.rejects).hasSize(1);
    assertThat(Parsed.of(head + "x").rejects).hasSize(1);
  }

  @Test
  void aLargeRecordThatIsPassedOverIsNoHeader() {
    String whole = response("https://a.example/1", "200 OK", "text/html", page("First"));
    String picture = response("https://a.example/2", "200 OK", "image/png", "x".repeat(3_000_000));
    assertThat(Parsed.of(picture + whole).headlines()).containsExactly("First");
  }

  private static String page(String title) {
    return "<!doctype html><html><head><title>" + title + "</title></head><body></body></html>";
  }

  private static String response(String address, String status, String type, String body) {
    String http = "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n\r\n" + body;
    return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
        + address
        + "\r\nWARC-Date: 2026-03-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:"
        + "00000000-0000-4000-8000-000000000000>\r\n"
        + "Content-Type: application/http; msgtype=response\r\nContent-Length: "
        + http.length()
        + "\r\n\r\n"
        + http
        + "\r\n\r\n";
  }
}
