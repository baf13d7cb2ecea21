// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.operations.Csv;
import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Topic;
import dev.newswire.sink.Hit;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A search as other programs read it: RSS 2.0, Atom, JSON Feed 1.1, and CSV without a limit. */
final class Syndication {

  private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter RFC_1123 =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  /** What XML 1.0 can't hold. */
  private static final String NO_XML =
      "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";

  private static final String ATOM = "http://www.w3.org/2005/Atom";

  private static final List<String> HEADINGS =
      List.of("id", "provider", "published", "language", "headline", "topics", "entities", "url");

  private final Stores stores;
  private final String desk;

  /**
   * Outputs of a store.
   *
   * @param desk the desk's address without a token, ends in a slash
   */
  Syndication(Stores stores, String desk) {
    this.stores = stores;
    this.desk = desk;
  }

  void addTo(Api api) {
    api.with("articles.rss", call -> rss(Query.of(call)))
        .with("articles.atom", call -> atom(Query.of(call)))
        .with("articles.json", call -> jsonFeed(Query.of(call)))
        .with("articles.csv", call -> csv(Query.of(call)));
  }

  /** Writes XML. */
  private interface Body {
    void write(XMLStreamWriter out) throws XMLStreamException;
  }

  private static HttpAnswer xml(String mediaType, Body body) {
    return HttpAnswer.written(
        mediaType + "; charset=utf-8",
        out -> {
          try {
            XMLStreamWriter writer = XML.createXMLStreamWriter(out, "UTF-8");
            writer.writeStartDocument("UTF-8", "1.0");
            body.write(writer);
            writer.writeEndDocument();
            writer.flush();
          } catch (XMLStreamException e) {
            throw new IOException(e);
          }
        });
  }

  private static void element(XMLStreamWriter out, String name, String text)
      throws XMLStreamException {
    if (text != null && !text.isEmpty()) {
      out.writeStartElement(name);
      out.writeCharacters(text.replaceAll(NO_XML, ""));
      out.writeEndElement();
    }
  }

  private String title(Query query) {
    return query.search().text().isBlank() ? "Newswire" : "Newswire: " + query.search().text();
  }

  /** The page of an article on the desk. */
  private String page(Article article) {
    return desk + "?id=" + URLEncoder.encode(article.getId(), UTF_8);
  }

  private String link(Article article) {
    return Optional.ofNullable(ArticleJson.url(article)).orElseGet(() -> page(article));
  }

  private List<Article> articles(Query query) {
    return stores.ask(query::page).hits().stream().map(hit -> hit.record().getArticle()).toList();
  }

  private HttpAnswer rss(Query query) {
    List<Hit> hits = stores.ask(query::page).hits();
    return xml(
        "application/rss+xml",
        out -> {
          out.writeStartElement("rss");
          out.writeAttribute("version", "2.0");
          out.writeStartElement("channel");
          element(out, "title", title(query));
          element(out, "link", desk);
          element(out, "description", "Articles of a Newswire store");
          for (Hit hit : hits) {
            Article article = hit.record().getArticle();
            out.writeStartElement("item");
            element(out, "title", article.getHeadline());
            element(out, "link", link(article));
            out.writeStartElement("guid");
            out.writeAttribute("isPermaLink", "false");
            out.writeCharacters(article.getId().replaceAll(NO_XML, ""));
            out.writeEndElement();
            element(out, "pubDate", RFC_1123.format(article.getPublished()));
            for (Topic topic : hit.record().getTopics()) {
              element(out, "category", topic.getLabel());
            }
            element(out, "description", escaped(article.getBody()));
            out.writeEndElement();
          }
          out.writeEndElement();
          out.writeEndElement();
        });
  }

  /** Readers of RSS take the description for HTML. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private HttpAnswer atom(Query query) {
    List<Article> articles = articles(query);
    Instant newest = articles.isEmpty() ? Instant.EPOCH : articles.get(0).getPublished();
    return xml(
        "application/atom+xml",
        out -> {
          out.writeStartElement("feed");
          out.writeDefaultNamespace(ATOM);
          element(out, "title", title(query));
          element(out, "id", desk);
          element(out, "updated", newest.toString());
          for (Article article : articles) {
            out.writeStartElement("entry");
            element(out, "title", article.getHeadline());
            element(out, "id", page(article));
            out.writeEmptyElement("link");
            out.writeAttribute("href", link(article));
            Instant created = article.getRevision().getVersionCreated();
            element(
                out, "updated", (created == null ? article.getPublished() : created).toString());
            element(out, "published", article.getPublished().toString());
            out.writeStartElement("author");
            element(
                out,
                "name",
                article.getByline() == null ? article.getProvider() : article.getByline());
            out.writeEndElement();
            element(out, "content", article.getBody());
            out.writeEndElement();
          }
          out.writeEndElement();
        });
  }

  private HttpAnswer jsonFeed(Query query) {
    List<Hit> hits = stores.ask(query::page).hits();
    return HttpAnswer.written(
        "application/feed+json",
        out -> {
          try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("version", "https://jsonfeed.org/version/1.1");
            json.writeStringField("title", title(query));
            json.writeStringField("home_page_url", desk);
            json.writeArrayFieldStart("items");
            for (Hit hit : hits) {
              item(json, hit.record());
            }
            json.writeEndArray();
            json.writeEndObject();
          }
        });
  }

  private void item(JsonGenerator json, EnrichedArticle record) throws IOException {
    Article article = record.getArticle();
    json.writeStartObject();
    json.writeStringField("id", article.getId());
    json.writeStringField("url", link(article));
    json.writeStringField("title", article.getHeadline());
    json.writeStringField("content_text", article.getBody());
    json.writeStringField("date_published", article.getPublished().toString());
    Json.text(json, "language", record.getLanguage());
    json.writeArrayFieldStart("tags");
    for (Topic topic : record.getTopics()) {
      json.writeString(topic.getLabel());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** All that is found, page by page, so that it may be any number. */
  private HttpAnswer csv(Query first) {
    // What is wrong with the store is said before the answer begins.
    Query.Page begun = stores.ask(first::page);
    return HttpAnswer.written("text/csv; charset=utf-8", out -> csv(first, begun, out));
  }

  private void csv(Query query, Query.Page begun, OutputStream out) throws IOException {
    PrintWriter writer = new PrintWriter(new OutputStreamWriter(out, UTF_8));
    Csv.print(writer, HEADINGS);
    Query.Page page = begun;
    while (true) {
      page.hits().forEach(hit -> Csv.print(writer, row(hit.record())));
      if (writer.checkError()) {
        throw new IOException("the client has gone");
      }
      if (page.next().isEmpty()) {
        return;
      }
      page = stores.ask(query.behind(page.next().get())::page);
    }
  }

  private static List<String> row(EnrichedArticle record) {
    Article article = record.getArticle();
    return List.of(
        article.getId(),
        article.getProvider(),
        article.getPublished().toString(),
        record.getLanguage() == null ? "" : record.getLanguage(),
        article.getHeadline(),
        record.getTopics().stream().map(Topic::getId).collect(Collectors.joining(" ")),
        record.getEntities().stream().map(Entity::getName).collect(Collectors.joining("; ")),
        Optional.ofNullable(ArticleJson.url(article)).orElse(""));
  }
}
