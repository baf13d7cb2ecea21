// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;

/**
 * An article's page: what it says about itself in JSON-LD (schema.org), in meta elements (Open
 * Graph) and in its markup, in this order; the text as {@link PageText} finds it.
 */
final class HtmlPage implements Format {

  /** Publishers' scripts are not as strict as JSON: line breaks in texts are common. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private static final Set<String> FIRST_ELEMENTS = Set.of("html", "head", "body");
  private static final int MOST_OBJECTS = 10_000;
  private static final int SHORTEST_TEXT = 140;

  @Override
  public String name() {
    return "html";
  }

  /** Whether the document's first element, after comments and DOCTYPE, is one of a page. */
  boolean recognises(String text) {
    int at = 0;
    while (true) {
      at = Documents.firstMark(text, at);
      if (at + 1 >= text.length() || text.charAt(at) != '<') {
        return false;
      }
      char next = text.charAt(at + 1);
      if (next != '!' && next != '?') {
        break;
      }
      String end = text.startsWith("<!--", at) ? "-->" : ">";
      int close = text.indexOf(end, at);
      if (close < 0) {
        return false;
      }
      at = close + end.length();
    }
    int end = at + 1;
    while (end < text.length() && end < at + 10 && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return FIRST_ELEMENTS.contains(text.substring(at + 1, end).toLowerCase(Locale.ROOT));
  }

  void parse(String text, Reading reading) {
    reading.item(() -> List.of(page(text, reading)));
  }

  private static Draft page(String text, Reading reading) throws Rejection {
    Document page = Markup.page(text, reading.delivery().source());
    JsonItem linked = linkedArticle(page);
    Draft draft = reading.draft();
    String site = first(linked.item("publisher").text("name"), meta(page, "og:site_name"));
    draft
        .headline(PageHeadline.of(page, linked.text("headline"), meta(page, "og:title"), site))
        .published(
            first(
                linked.text("datepublished"),
                meta(page, "article:published_time"),
                meta(page, "date"),
                page.select("time[datetime]").attr("datetime")))
        .versionCreated(first(linked.text("datemodified"), meta(page, "article:modified_time")))
        .language(first(linked.text("inlanguage"), page.select("html").attr("lang")))
        .byline(
            PageByline.of(
                page, linked, List.of(meta(page, "author"), meta(page, "article:author")), site))
        .source(site);
    identity(page, draft, reading);
    draft.keywords(linked.texts("keywords"));
    draft.keywords(List.of(meta(page, "news_keywords").split(",", -1)));
    draft.subject(
        Subjects.of(
            "subject",
            "",
            "",
            first(linked.text("articlesection"), meta(page, "article:section"))));
    body(page, linked, draft);
    if (draft.headline().isEmpty() && draft.body().isEmpty()) {
      throw new Rejection("The page has neither a headline nor an article's text.");
    }
    return draft;
  }

  private static void body(Document page, JsonItem linked, Draft draft) {
    Set<String> headlines = new HashSet<>(List.of(draft.headline()));
    page.select("h1").stream()
        .limit(1)
        .map(h1 -> PlainText.line(h1.text()))
        .forEach(headlines::add);
    String text = withoutHeadline(PageText.find(page).map(BodyText::of).orElse(""), headlines);
    String declared = withoutHeadline(PlainText.lines(linked.text("articlebody")), headlines);
    if (declared.length() > text.length() * 2) {
      draft.body(declared);
    } else if (!text.isEmpty()) {
      draft.body(text);
    } else {
      draft.body(PlainText.line(first(meta(page, "og:description"), meta(page, "description"))));
      draft.partial();
    }
    if (draft.body().length() < SHORTEST_TEXT) {
      draft.partial();
    }
  }

  /** The text without the headlines that stand before its first running paragraph. */
  private static String withoutHeadline(String text, Set<String> headlines) {
    List<String> paragraphs = new ArrayList<>();
    boolean running = false;
    for (String paragraph : text.split("\n\n", -1)) {
      if (running || !headlines.contains(paragraph.replace('\n', ' '))) {
        paragraphs.add(paragraph);
        running |= paragraph.length() >= PageText.SHORTEST_PARAGRAPH;
      }
    }
    return String.join("\n\n", paragraphs);
  }

  /** The page's own idea of its address, where that is on the host that it came from. */
  private static void identity(Document page, Draft draft, Reading reading) {
    Delivery delivery = reading.delivery();
    String canonical =
        first(page.select("link[rel=canonical]").attr("abs:href"), meta(page, "og:url"));
    boolean isWeb = Addresses.isWeb(delivery.source());
    draft.url(
        isWeb && !host(canonical).equals(host(delivery.source())) ? delivery.source() : canonical);
    draft
        .itemId(Addresses.identity(draft.url(), reading.tracking()))
        .derivedFrom(draft.headline(), page.select("time[datetime]").attr("datetime"));
  }

  private static String host(String address) {
    return Addresses.uri(address)
        .map(URI::getHost)
        .map(host -> host.startsWith("www.") ? host.substring(4) : host)
        .orElse("");
  }

  /** The first object in the page's JSON-LD that is some kind of article. */
  private static JsonItem linkedArticle(Document page) {
    for (org.jsoup.nodes.Element script : page.select("script[type=application/ld+json]")) {
      Deque<JsonNode> nodes = new ArrayDeque<>();
      try {
        nodes.add(JSON.readTree(script.data()));
      } catch (JsonProcessingException e) {
        // Pages often carry several, and what one says wrongly the markup says again.
        continue;
      }
      for (int i = 0; i < MOST_OBJECTS && !nodes.isEmpty(); i++) {
        JsonNode node = nodes.remove();
        if (isArticle(node)) {
          return JsonItem.of(node);
        }
        node.elements().forEachRemaining(nodes::add);
      }
    }
    return JsonItem.of(JSON.createObjectNode());
  }

  private static boolean isArticle(JsonNode node) {
    List<String> types = new ArrayList<>();
    JsonNode type = node.path("@type");
    types.add(type.asText());
    type.forEach(one -> types.add(one.asText()));
    return types.stream()
        .anyMatch(name -> name.endsWith("Article") || name.matches("(Blog|LiveBlog)Post(ing)?"));
  }

  private static String meta(Document page, String name) {
    return page.select("meta[property=" + name + "], meta[name=" + name + "]").stream()
        .map(meta -> meta.attr("content").strip())
        .filter(content -> !content.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String first(String... texts) {
    return Stream.of(texts).filter(text -> !text.isBlank()).findFirst().orElse("");
  }
}
