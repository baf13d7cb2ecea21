// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.newswire.schemas.Subject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * ninjs 1.x, 2.x and 3.x (IPTC, News in JSON): an item, an array of items, or a page of a query's
 * results that holds such an array. Properties that the standard does not have, or has in another
 * form, cost nothing but a warning: agencies add their own.
 */
final class Ninjs implements JsonFormat {

  @Override
  public String name() {
    return "ninjs";
  }

  @Override
  public boolean recognises(JsonNode root) {
    return isItem(items(root).path(0)) || isItem(root);
  }

  private static JsonNode items(JsonNode root) {
    return root.isArray() ? root : root.path("item").isArray() ? root.path("item") : root;
  }

  private static boolean isItem(JsonNode node) {
    return node.path("uri").isTextual() || node.path("guid").isTextual();
  }

  @Override
  public void parse(JsonNode root, Reading reading) {
    JsonNode items = items(root);
    if (items.isArray()) {
      for (JsonNode item : items) {
        reading.item(item, () -> List.of(item(JsonItem.of(item), reading.draft())));
      }
    } else {
      reading.item(() -> List.of(item(JsonItem.of(root), reading.draft())));
    }
  }

  private static Draft item(JsonItem item, Draft draft) throws Rejection {
    String id = item.text("uri", "guid");
    if (id.isEmpty()) {
      throw new Rejection("The ninjs item has no uri, so nothing tells what it is.");
    }
    NinjsShape.check(item, draft);
    draft.itemId(id).url(item.text("url"));
    management(item, draft);
    text(item, draft);
    concepts(item, draft);
    draft
        .rightsHolder(item.text("copyrightholder"))
        .rightsNotice(item.text("copyrightnotice"))
        .usageTerms(String.join(" ", item.texts("usageterms")));
    return draft;
  }

  /** Status, dates, version, signals: the same in the AP's format. */
  static void management(JsonItem item, Draft draft) {
    draft
        .version(item.text("version"))
        .versionCreated(item.text("versioncreated"))
        .firstCreated(item.text("firstcreated"))
        .status(item.text("pubstatus"))
        .expires(item.text("expires"))
        .urgency(item.text("urgency"))
        .language(item.text("language"))
        .note(item.text("ednote"));
    String embargo = item.text("embargoed", "embargoeduntil");
    if (!embargo.isEmpty()) {
      draft.embargo(embargo);
    }
    String type = item.text("type");
    if (!type.isEmpty() && !type.equals("text")) {
      draft.signal(type);
    }
  }

  private static void text(JsonItem item, Draft draft) {
    draft
        .headline(BodyText.lineOfHtml(headline(item)))
        .slugline(item.text("slugline"))
        .byline(item.text("byline", "by"))
        .located(item.text("located"))
        .creditLine(item.text("creditline", "description_creditline"));
    body(item, "body", "bodies", draft);
    if (draft.body().isEmpty() && !draft.isCanceled()) {
      body(item, "description", "descriptions", draft);
      draft.partial();
    }
  }

  private static String headline(JsonItem item) {
    String one = item.text("headline", "headline_main");
    if (!one.isEmpty()) {
      return one;
    }
    List<JsonItem> headlines = item.items("headlines");
    return headlines.stream()
        .filter(headline -> headline.text("role").equals("main"))
        .findFirst()
        .or(() -> headlines.stream().findFirst())
        .map(headline -> headline.text("value"))
        .orElseGet(
            () ->
                item.names().stream()
                    .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("headline_"))
                    .map(name -> item.text(name.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElse(item.text("title", "name")));
  }

  /** Of several forms of a text the marked-up one, for it has paragraphs; else the longest. */
  private static void body(JsonItem item, String one, String many, Draft draft) {
    String best = item.text(one, one + "_xhtml", one + "_html", one + "_richtext");
    for (String name : item.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (best.isEmpty() || (lower.startsWith(one + "_") && !lower.endsWith("_creditline"))) {
        best = better(best, lower.startsWith(one + "_") ? item.text(lower) : "");
      }
    }
    for (JsonItem form : item.items(many)) {
      best = better(best, form.text("value"));
    }
    if (isMarkedUp(best)) {
      draft.bodyHtml(best);
    } else {
      draft.body(PlainText.paragraphs(best));
    }
  }

  private static String better(String best, String text) {
    if (isMarkedUp(best) != isMarkedUp(text)) {
      return isMarkedUp(best) ? best : text;
    }
    return text.length() > best.length() ? text : best;
  }

  private static boolean isMarkedUp(String text) {
    return text.indexOf('<') >= 0 && text.indexOf('>') > text.indexOf('<');
  }

  static void concepts(JsonItem item, Draft draft) {
    item.items("subject", "subjects").forEach(of -> draft.subject(subject("subject", of)));
    item.items("person", "people").forEach(of -> draft.subject(subject("person", of)));
    item.items("organisation", "organisations")
        .forEach(of -> draft.subject(subject("organisation", of)));
    item.items("place", "places").forEach(of -> draft.subject(subject("place", of)));
    item.items("event", "events").forEach(of -> draft.subject(subject("event", of)));
    item.items("object", "objects").forEach(of -> draft.subject(subject("subject", of)));
    item.items("genre", "genres").forEach(of -> draft.subject(subject("genre", of)));
    draft.keywords(item.texts("keywords"));
    item.items("infosource", "infosources").forEach(of -> draft.source(of.text("name")));
    draft.source(item.text("source"));
    if (draft.creditLine().isEmpty()) {
      draft.creditLine(item.text("provider"));
    }
  }

  /** A concept by scheme and code, or by a URI, a QCode or a literal. */
  private static Subject subject(String kind, JsonItem concept) {
    String code = concept.text("code", "uri", "qcode", "literal");
    String scheme = concept.text("scheme");
    int slash = code.lastIndexOf('/');
    if (scheme.isEmpty() && code.startsWith("http") && slash > 8) {
      scheme = code.substring(0, slash + 1);
      code = code.substring(slash + 1);
    } else if (code.startsWith("medtop:") || code.startsWith("subj:")) {
      scheme = Catalog.IPTC.scheme(code.substring(0, code.indexOf(':')));
      code = code.substring(code.indexOf(':') + 1);
    } else if (scheme.isEmpty() && code.length() == 8 && code.matches("(0[1-9]|1[0-7])\\d{6}")) {
      scheme = Subjects.SUBJECT_CODES;
    }
    String how =
        concept.text("creator").isEmpty()
            ? concept.texts("rels").stream().collect(Collectors.joining(" "))
            : concept.text("creator");
    return Subjects.assigned(
        Subjects.of(kind, scheme, code, concept.text("name")), how, concept.text("confidence"));
  }
}
