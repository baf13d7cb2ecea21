// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RssTest {

  @Test
  void aFullItemOfRss20() {
    Parsed parsed =
        Parsed.of(
            """
            <?xml version="1.0"?>
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:content="http://purl.org/rss/1.0/modules/content/"
                xmlns:dcterms="http://purl.org/dc/terms/">
            <channel>
              <title>Harbour News</title><language>en-gb</language><copyright>(c) Harbour</copyright>
              <item>
                <title>Harbour &amp;amp; bridge reopen</title>
                <link>/news/1?utm_source=feed</link>
                <guid isPermaLink="false">tag:harbour.example,2026:1</guid>
                <pubDate>Tue, 03 Mar 2026 09:30:00 EST</pubDate>
                <dcterms:modified>2026-03-03T15:00:00Z</dcterms:modified>
                <dc:creator>Ann Poe</dc:creator><dc:creator>Jo Roe</dc:creator>
                <category domain="https://harbour.example/topics">Shipping</category>
                <description>Short.</description>
                <content:encoded><![CDATA[<p>First.</p><script>no()</script><p>Second<br>line.</p>]]>
                </content:encoded>
              </item>
            </channel></rss>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/tag:harbour.example,2026:1
            format    rss
            url       https://wire.example/news/1?utm_source=feed
            created   2026-03-03T15:00:00Z
            published 2026-03-03T14:30:00Z
            language  en-GB
            headline  Harbour & bridge reopen
            byline    Ann Poe, Jo Roe
            subject   https://harbour.example/topics 'Shipping'
            notice    (c) Harbour
            body      First. ¶ Second / line.
            """);
  }

  @Test
  void anItemKeepsItsOwnBytesWhateverCharactersStandBeforeIt() {
    String first = "<item><guid>urn:1</guid><title>é “a” \ud83d\ude00</title></item>";
    String second = "<item><guid>urn:2</guid><title>ñ \u4e2d</title></item>";
    String feed = "<?xml version=\"1.0\"?>\n<rss xmlns:é=\"urn:ü\"><channel>ß" + first + second;
    Parsed parsed = Parsed.of(feed + "</channel></rss>");
    assertThat(parsed.raws)
        .extracting(raw -> UTF_8.decode(raw.getOriginal().getBytes().duplicate()).toString())
        .containsExactly(
            first.replace("<item>", "<item xmlns:é=\"urn:ü\">"),
            second.replace("<item>", "<item xmlns:é=\"urn:ü\">"));
  }

  @Test
  void anItemOfRss10IsIdentifiedByWhatItIsAbout() {
    Parsed parsed =
        Parsed.of(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
              <channel rdf:about="https://harbour.example/"><title>Harbour</title></channel>
              <item rdf:about="https://harbour.example/2">
                <title>Ferry late</title><link>https://harbour.example/2</link>
                <description>Fog.</description><dc:date>2026-03-02</dc:date>
                <dc:subject>Ferries</dc:subject>
              </item>
            </rdf:RDF>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/https://harbour.example/2
            format    rss
            url       https://harbour.example/2
            created   2026-03-02T00:00:00Z
            published 2026-03-02T00:00:00Z
            headline  Ferry late
            subject   'Ferries'
            body      Fog.
            partial   yes
            """);
  }

  @Test
  void anItemOfRss091HasNothingButALink() {
    Parsed parsed =
        Parsed.of(
            """
            <!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
                "http://site.invalid/rss-0.91.dtd">
            <rss version="0.91"><channel><title>Harbour</title>
              <item><title>Caf&eacute; opens</title><link>https://harbour.example/3#top</link></item>
            </channel></rss>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/https://harbour.example/3
            format    rss
            url       https://harbour.example/3#top
            published 2026-03-04T12:00:00Z
            headline  Café opens
            partial   yes
            """);
  }

  @Test
  void anItemWithoutIdOrLinkGetsTheSameDerivedIdEachTime() {
    String feed =
        "<rss version='2.0'><channel><item><title>Gale</title><pubDate>2 Mar 2026</pubDate>%s"
            + "</item></channel></rss>";
    var first = Parsed.of(feed.formatted("<description>Soon.</description>")).article();
    var second = Parsed.of(feed.formatted("<description>Now.</description>")).article();
    assertThat(first.getItemIdDerived()).isTrue();
    assertThat(second.getId()).isEqualTo(first.getId());
    assertThat(second.getRevision().getContentHash())
        .isNotEqualTo(first.getRevision().getContentHash());
  }

  @Test
  void aClockThatRunsAheadIsNotBelieved() {
    var article =
        Parsed.of(
                "<rss><channel><item><guid>urn:a</guid><title>Soon</title>"
                    + "<pubDate>1 Jan 2031 00:00:00 GMT</pubDate></item></channel></rss>")
            .article();
    assertThat(article.getPublished()).isEqualTo(Parsed.RECEIVED);
    assertThat(article.getSignals()).containsExactly("clock-ahead");
  }

  @Test
  void theFeedTellsThoseWhoPollItWhenToComeAgain() {
    Parsed parsed =
        Parsed.of(
            """
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
              <ttl>30</ttl><skipHours><hour>24</hour><hour>3</hour></skipHours>
              <skipDays><day>Sunday</day></skipDays>
              <atom:link rel="hub" href="https://hub.example/"/>
              <atom:link rel="self" href="https://harbour.example/feed"/>
            </channel></rss>
            """);
    assertThat(parsed.notices)
        .containsExactly(
            new FeedNotice(
                Optional.of(Duration.ofMinutes(30)),
                Set.of(0, 3),
                Set.of(DayOfWeek.SUNDAY),
                Optional.of(URI.create("https://hub.example/")),
                Optional.of(URI.create("https://harbour.example/feed"))));
  }

  @Test
  void whatWasMeantIsReadFromAFeedThatIsNotWellFormed() {
    Parsed parsed =
        Parsed.of(
            "<rss version='2.0'><channel><item><guid>urn:a</guid><title>Fish & chips <b>up</title>"
                + "<dc:creator>Ann Poe</dc:creator></item></channel></rss>");
    assertThat(parsed.article().getHeadline()).isEqualTo("Fish & chips up");
    assertThat(parsed.article().getByline()).isEqualTo("Ann Poe");
  }
}
