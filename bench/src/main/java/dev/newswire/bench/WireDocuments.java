// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.RawArticle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Real texts in documents of the shape that wires and feeds have: feeds of fifty items with their
 * full text in HTML, and agencies' items that come one by one with all their metadata.
 */
final class WireDocuments {

  private static final int FEED = 50;

  private final List<Article> articles;

  WireDocuments(List<RawArticle> texts) {
    articles = texts.stream().map(RawArticle::getArticle).toList();
  }

  /** Feeds as blogging software writes them: the teaser, and the whole text, in CDATA. */
  List<byte[]> rss() {
    return feeds(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
          xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
        <channel>
          <title>The Example</title>
          <atom:link href="https://news.example/feed/" rel="self" type="application/rss+xml"/>
          <link>https://news.example/</link>
          <description>News of the world</description>
          <language>en-GB</language>
          <lastBuildDate>Mon, 07 Apr 2025 10:10:00 +0000</lastBuildDate>
        """,
        (number, article) ->
            """
              <item>
                <title>%s</title>
                <link>https://news.example/2025/04/07/story-%d/</link>
                <dc:creator><![CDATA[Jo Writer]]></dc:creator>
                <pubDate>Mon, 07 Apr 2025 10:00:00 +0000</pubDate>
                <category><![CDATA[World]]></category>
                <category><![CDATA[Politics]]></category>
                <guid isPermaLink="false">https://news.example/?p=%d</guid>
                <description><![CDATA[%s]]></description>
                <content:encoded><![CDATA[%s]]></content:encoded>
              </item>
            """
                .formatted(
                    escaped(article.getHeadline()),
                    number,
                    number,
                    escaped(paragraphs(article).get(0)),
                    html(number, article)),
        "</channel></rss>\n");
  }

  /** Feeds with the text in escaped HTML. */
  List<byte[]> atom() {
    return feeds(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
          <title>The Example</title>
          <id>https://news.example/feed</id>
          <link rel="self" href="https://news.example/feed"/>
          <updated>2025-04-07T10:10:00Z</updated>
        """,
        (number, article) ->
            """
              <entry>
                <title type="text">%s</title>
                <id>tag:news.example,2025:%d</id>
                <link rel="alternate" type="text/html" href="https://news.example/story-%d"/>
                <published>2025-04-07T10:00:00+01:00</published>
                <updated>2025-04-07T10:05:00+01:00</updated>
                <author><name>Jo Writer</name><uri>https://news.example/jo</uri></author>
                <category term="world" label="World"/>
                <content type="html">%s</content>
              </entry>
            """
                .formatted(
                    escaped(article.getHeadline()), number, number, escaped(html(number, article))),
        "</feed>\n");
  }

  /** Feeds in JSON. */
  List<byte[]> jsonFeed() {
    ObjectMapper json = new ObjectMapper();
    return IntStream.range(0, articles.size() / FEED)
        .mapToObj(
            feed -> {
              ObjectNode root =
                  json.createObjectNode()
                      .put("version", "https://jsonfeed.org/version/1.1")
                      .put("title", "The Example")
                      .put("home_page_url", "https://news.example/")
                      .put("feed_url", "https://news.example/feed.json")
                      .put("language", "en-GB");
              ArrayNode items = root.putArray("items");
              for (int i = feed * FEED; i < (feed + 1) * FEED; i++) {
                ObjectNode item =
                    items
                        .addObject()
                        .put("id", "https://news.example/?p=" + i)
                        .put("url", "https://news.example/story-" + i)
                        .put("title", articles.get(i).getHeadline())
                        .put("content_html", html(i, articles.get(i)))
                        .put("date_published", "2025-04-07T10:00:00+01:00")
                        .put("date_modified", "2025-04-07T10:05:00+01:00");
                item.putArray("authors").addObject().put("name", "Jo Writer");
                item.putArray("tags").add("World").add("Politics");
              }
              try {
                return json.writeValueAsBytes(root);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  /** Items one by one, as a large agency sends them. */
  List<byte[]> nitf() {
    return items(
        (number, article) ->
            """
            <?xml version="1.0" encoding="utf-8"?>
            <nitf version="-//IPTC//DTD NITF 3.4//EN" change.date="October 18, 2006">
              <head>
                <title>%1$s</title>
                <meta name="anpa-keyword" content="EXAMPLE-STORY"/>
                <meta name="anpa-wordcount" content="300"/>
                <tobject tobject.type="news">
                  <tobject.subject tobject.subject.refnum="11000000" tobject.subject.type="Politics"/>
                  <tobject.subject tobject.subject.refnum="04000000" tobject.subject.type="Economy"/>
                </tobject>
                <docdata management-status="usable">
                  <evloc city="London" iso-cc="GBR"/>
                  <doc-id regsrc="EX" id-string="ex-20250407-%2$d"/>
                  <urgency ed-urg="4"/>
                  <date.issue norm="20250407T100000Z"/>
                  <date.release norm="20250407T100000Z"/>
                  <ed-msg info="For global distribution"/>
                  <doc.copyright holder="Example News Agency" year="2025"/>
                  <key-list><keyword key="EXAMPLE-STORY"/></key-list>
                </docdata>
              </head>
              <body>
                <body.head>
                  <hedline><hl1 id="headline">%1$s</hl1></hedline>
                  <byline>By JO WRITER<byttl>Example Business Writer</byttl></byline>
                  <distributor>Example News Agency</distributor>
                  <dateline><location>LONDON</location></dateline>
                </body.head>
                <body.content>
                  <block id="Main">
            %3$s
                  </block>
                </body.content>
                <body.end><tagline>jw/ed</tagline></body.end>
              </body>
            </nitf>
            """
                .formatted(escaped(article.getHeadline()), number, marked(article)));
  }

  /** Messages of one item each, as a large agency sends them. */
  List<byte[]> newsMlG2() {
    String subjects =
        IntStream.range(0, 20)
            .mapToObj("      <subject qcode=\"N2:TOPIC%d\"/>\n"::formatted)
            .collect(Collectors.joining());
    String destinations =
        IntStream.range(0, 12)
            .mapToObj("    <destination>DST%d</destination>\n"::formatted)
            .collect(Collectors.joining());
    return items(
        (number, article) ->
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
              <header>
                <sent>2025-04-07T10:00:01Z</sent>
                <sender>example.com</sender>
                <transmitId>tag:example.com,2025:%2$d:3</transmitId>
                <priority>4</priority>
            %5$s  </header>
              <itemSet>
                <newsItem conformance="power" guid="tag:example.com,2025:%2$d" standard="NewsML-G2"
                  standardversion="2.18" version="3" xml:lang="en">
                  <catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_32.xml"/>
                  <rightsInfo>
                    <copyrightHolder literal="Example News Agency"/>
                    <copyrightNotice>(c) Example News Agency 2025. Terms: https://example.com/terms</copyrightNotice>
                  </rightsInfo>
                  <itemMeta>
                    <itemClass qcode="ninat:text"/>
                    <provider literal="example.com"/>
                    <versionCreated>2025-04-07T10:00:00.000Z</versionCreated>
                    <firstCreated>2025-04-07T09:00:00.000Z</firstCreated>
                    <pubStatus qcode="stat:usable"/>
                    <fileName>2025-04-07T100000Z_%2$d_EXAMPLE_0_STORY.XML</fileName>
                    <memberOf literal="Business"><name>Business</name></memberOf>
                    <memberOf literal="Politics"><name>Politics</name></memberOf>
                    <signal qcode="edStat:U"/>
                    <edNote>Updates with reaction.</edNote>
                  </itemMeta>
                  <contentMeta>
                    <urgency>4</urgency>
                    <infoSource literal="Example" role="cRole:origProv"/>
                    <language tag="en"/>
                    <genre qcode="genre:Current"><name>Current</name></genre>
                    <subject qcode="medtop:11000000"><name xml:lang="en">politics</name></subject>
                    <subject qcode="subj:04015000"/>
            %4$s      <slugline separator="-">EXAMPLE-STORY/UPDATE</slugline>
                    <headline>%1$s</headline>
                    <dateline>LONDON, April 7</dateline>
                    <by>Jo Writer</by>
                    <creditline>Example News Agency</creditline>
                  </contentMeta>
                  <contentSet>
                    <inlineXML contenttype="application/xhtml+xml">
                      <html xmlns="http://www.w3.org/1999/xhtml">
                        <head><title>%1$s</title></head>
                        <body>
            %3$s
                        </body>
                      </html>
                    </inlineXML>
                  </contentSet>
                </newsItem>
              </itemSet>
            </newsMessage>
            """
                .formatted(
                    escaped(article.getHeadline()),
                    number,
                    marked(article),
                    subjects,
                    destinations));
  }

  /** Writes one item. */
  private interface Item {
    String of(int number, Article article);
  }

  private List<byte[]> items(Item item) {
    return IntStream.range(0, articles.size())
        .mapToObj(i -> item.of(i, articles.get(i)).getBytes(UTF_8))
        .toList();
  }

  private List<byte[]> feeds(String head, Item item, String foot) {
    return IntStream.range(0, articles.size() / FEED)
        .mapToObj(
            feed ->
                IntStream.range(feed * FEED, (feed + 1) * FEED)
                    .mapToObj(i -> item.of(i, articles.get(i)))
                    .collect(Collectors.joining("", head, foot))
                    .getBytes(UTF_8))
        .toList();
  }

  private static List<String> paragraphs(Article article) {
    return Stream.of(article.getBody().split("\\n\\s*\\n|\\n {4}", -1))
        .map(paragraph -> paragraph.strip().replace('\n', ' '))
        .filter(paragraph -> !paragraph.isEmpty())
        .toList();
  }

  /** Paragraphs, as XML. */
  private static String marked(Article article) {
    return paragraphs(article).stream()
        .map(paragraph -> "              <p>" + escaped(paragraph) + "</p>")
        .collect(Collectors.joining("\n"));
  }

  /** Paragraphs with a picture, a link and words in bold, as editing systems write them. */
  private static String html(int number, Article article) {
    StringBuilder html =
        new StringBuilder(
            ("<figure class=\"wp-block-image\"><img src=\"https://news.example/%d.jpg\""
                    + " alt=\"A picture\"/><figcaption>A picture</figcaption></figure>\n")
                .formatted(number));
    int count = 0;
    for (String paragraph : paragraphs(article)) {
      String text = escaped(paragraph).replace("'", "&#8217;");
      if (count % 4 == 1) {
        int space = text.indexOf(' ');
        text =
            "<a href=\"https://news.example/topic/%d?a=1&amp;b=2\">%s</a>%s"
                .formatted(
                    count,
                    text.substring(0, Math.max(space, 0)),
                    text.substring(Math.max(space, 0)));
      } else if (count % 4 == 3) {
        text = "<strong>" + text + "</strong>";
      }
      html.append("<p>").append(text).append("</p>\n");
      count++;
    }
    return html.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
