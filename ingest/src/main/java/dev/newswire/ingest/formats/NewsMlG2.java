// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * NewsML-G2: news items and package items, alone or in a news message (IPTC, NewsML-G2 2.9 to
 * 2.35). Other kinds of item hold no article.
 */
final class NewsMlG2 implements XmlFormat {

  private static final String NAMESPACE = "http://iptc.org/std/nar/2006-10-01/";
  private static final List<String> ITEMS =
      List.of(
          "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem");

  @Override
  public String name() {
    return "newsml-g2";
  }

  @Override
  public boolean recognises(Element root) {
    return root.name().equals("newsMessage")
        || ITEMS.contains(root.name())
        || root.namespace().equals(NAMESPACE);
  }

  @Override
  public void parse(Element root, Reading reading) throws Rejection {
    if (!root.name().equals("newsMessage")) {
      reading.item(root, () -> item(root, Element.NONE, reading));
      return;
    }
    Element header = root.at("header");
    List<Element> items =
        root.all("itemSet").stream().flatMap(set -> set.children().stream()).toList();
    if (items.isEmpty()) {
      throw new Rejection("The news message holds no items.");
    }
    for (Element item : items) {
      reading.item(item, () -> item(item, header, reading));
    }
  }

  private static List<Draft> item(Element item, Element header, Reading reading) throws Rejection {
    boolean isPackage = item.name().equals("packageItem");
    if (!isPackage && !item.name().equals("newsItem")) {
      throw new Rejection(
          "It is a %s, which holds no article; articles come as newsItem or packageItem."
              .formatted(PlainText.line(item.name())));
    }
    if (item.attribute("guid").isEmpty()) {
      throw new Rejection(
          "The %s has no guid, so nothing tells what it is.".formatted(item.name()));
    }
    Catalog catalog = Catalog.IPTC.with(item.all("catalog"));
    Draft draft = reading.draft().itemId(item.attribute("guid"));
    content(item.at("contentSet"), draft);
    itemMeta(item, catalog, draft);
    contentMeta(item, catalog, draft);
    rights(item.all("rightsInfo"), draft);
    renditions(item, draft);
    draft.priority(header.at("priority").text());
    if (catalog.uri(header.at("signal")).endsWith("atomic")) {
      draft.signal("atomic");
    }
    if (isPackage) {
      draft.signal("package");
      for (Element reference : item.descendants("itemRef")) {
        draft.related("contains", reference.attribute("residref"));
      }
    }
    return List.of(draft);
  }

  private static void itemMeta(Element item, Catalog catalog, Draft draft) {
    Element meta = item.at("itemMeta");
    String version = item.attribute("version");
    draft
        .version(version.isEmpty() ? "1" : version)
        .versionCreated(meta.at("versionCreated").text())
        .firstCreated(meta.at("firstCreated").text())
        .status(catalog.uri(meta.at("pubStatus")))
        .expires(meta.at("expires").text());
    if (meta.at("embargoed").exists()) {
      draft.embargo(meta.at("embargoed").text());
    }
    meta.all("edNote").forEach(note -> draft.note(BodyText.of(note)));
    meta.all("signal").stream()
        .filter(signal -> !signal.attribute("qcode").startsWith("prodId:"))
        .filter(signal -> !signal.attribute("qcode").startsWith("pmt:"))
        .forEach(signal -> draft.signal(signal(signal)));
    String itemClass = last(catalog.uri(meta.at("itemClass")));
    if (!itemClass.isEmpty() && !itemClass.equals("text")) {
      draft.signal(itemClass);
    }
    for (Element link : meta.all("link")) {
      String relation = last(catalog.uri(rel(link)));
      if (!relation.equals("previousVersion")) {
        draft.related(
            relation.isEmpty() ? "associated-with" : hyphenated(relation),
            link.attribute("residref"));
      }
    }
    draft.headline(draft.headline().isEmpty() ? line(meta.all("title"), item) : draft.headline());
  }

  /** The relation of a link as if it were a concept: in @rel, a QCode, or in @reluri. */
  private static Element rel(Element link) {
    Element relation = new Element(null, "", "", "rel");
    relation.add(new Element.Attribute("", "", "qcode", link.attribute("rel")));
    relation.add(new Element.Attribute("", "", "uri", link.attribute("reluri")));
    return relation;
  }

  /** The IPTC's signals and those of the largest provider, whose catalog has no public address. */
  private static String signal(Element signal) {
    String code = signal.attribute("qcode");
    return switch (code) {
      case "edStat:C" -> "correction";
      case "edStat:U" -> "update";
      case "edStat:D" -> "kill";
      default -> {
        String uri = signal.attribute("uri");
        String literal = signal.attribute("literal");
        yield last(code.isEmpty() ? (uri.isEmpty() ? literal : uri) : code);
      }
    };
  }

  private static void contentMeta(Element item, Catalog catalog, Draft draft) {
    Element meta = item.at("contentMeta");
    String headline = line(meta.all("headline"), item);
    if (!headline.isEmpty()) {
      draft.headline(headline);
    }
    draft
        .urgency(meta.at("urgency").text())
        .slugline(line(meta.all("slugline"), item))
        .dateline(line(meta.all("dateline"), item))
        .creditLine(line(meta.all("creditline"), item));
    String by = line(meta.all("by"), item);
    if (!by.isEmpty()) {
      draft.byline(by);
    }
    String language = meta.at("language").attribute("tag");
    draft.language(language.isEmpty() ? item.inherited("lang") : language);
    String located = name(meta.at("located"), item);
    if (!located.isEmpty()) {
      draft.located(located);
    }
    meta.all("infoSource").forEach(source -> draft.source(name(source, item)));
    for (Element description : meta.all("description")) {
      if (draft.body().isEmpty() && !draft.isCanceled()) {
        draft.body(BodyText.of(description)).partial();
      }
    }
    Stream.of("subject", "genre", "keyword")
        .flatMap(kind -> meta.all(kind).stream())
        .forEach(subject -> subject(subject, item, catalog, draft));
  }

  private static void subject(Element subject, Element item, Catalog catalog, Draft draft) {
    String uri = catalog.uri(subject);
    String qcode = subject.attribute("qcode");
    String literal = subject.attribute("literal");
    int colon = qcode.indexOf(':');
    String scheme =
        colon < 0
            ? uri.substring(0, uri.lastIndexOf('/') + 1)
            : catalog.scheme(qcode.substring(0, colon));
    String code = colon < 0 ? uri.substring(uri.lastIndexOf('/') + 1) : qcode.substring(colon + 1);
    String name = name(subject, item);
    String kind =
        subject.name().equals("subject")
            ? Subjects.kind(subject.attribute("type"))
            : subject.name();
    draft.subject(
        Subjects.assigned(
            Subjects.of(
                kind,
                scheme,
                code.isEmpty() ? literal : code,
                name.isEmpty() && subject.name().equals("keyword") ? subject.text() : name),
            subject.attribute("how"),
            subject.attribute("confidence")));
  }

  private static void rights(List<Element> blocks, Draft draft) {
    for (Element rights : blocks) {
      draft
          .rightsHolder(name(rights.at("copyrightHolder"), rights))
          .rightsNotice(rights.at("copyrightNotice").text())
          .usageTerms(
              rights.all("usageTerms").stream()
                  .map(Element::text)
                  .collect(Collectors.joining(" ")));
    }
  }

  private static void renditions(Element item, Draft draft) {
    String credit = item.at("contentMeta/creditline").text();
    String caption = item.at("contentMeta/description").text();
    for (Element remote : item.all("contentSet/remoteContent")) {
      draft.rendition(
          Renditions.sized(
              Renditions.of(
                  remote.firstAttribute("href", "residref"),
                  remote.attribute("contenttype"),
                  remote.attribute("size"),
                  caption,
                  credit),
              remote.attribute("width"),
              remote.attribute("height")));
    }
  }

  private static void content(Element contentSet, Draft draft) {
    for (Element inline : contentSet.all("inlineXML")) {
      for (Element root : inline.children()) {
        if (root.name().equals("nitf")) {
          Nitf.text(root, draft);
        } else if (root.name().equals("html")) {
          draft.headline(root.at("head/title").text()).bodyMarkup(root.at("body"));
        } else {
          draft.bodyMarkup(root);
        }
        if (!draft.body().isEmpty()) {
          return;
        }
      }
    }
    for (Element inline : contentSet.all("inlineData")) {
      String type = inline.attribute("contenttype").toLowerCase(Locale.ROOT);
      if (type.isEmpty() || type.startsWith("text/") || type.contains("html")) {
        data(inline, type, draft);
      }
      if (!draft.body().isEmpty()) {
        return;
      }
    }
  }

  private static void data(Element inline, String type, Draft draft) {
    String text = inline.rawText();
    if (inline.attribute("encoding").contains("base64")) {
      try {
        text = new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        draft.warn("The text is said to be in base64 and is not; it was left out.");
        return;
      }
    }
    if (type.contains("html")) {
      draft.bodyHtml(text);
    } else if (inline.children().isEmpty()) {
      draft.body(PlainText.paragraphs(text));
    } else {
      draft.bodyMarkup(inline);
    }
  }

  /** Name of a concept in the item's language, else its first name, else its literal or code. */
  private static String name(Element concept, Element item) {
    String name = line(concept.all("name"), item);
    if (!name.isEmpty()) {
      return name;
    }
    return concept.name().equals("subject") ? "" : concept.attribute("literal");
  }

  /** Of lines in several languages and ranks: the first in the item's language, else the first. */
  private static String line(List<Element> lines, Element item) {
    String first = "";
    for (Element line : lines) {
      String text = line.text();
      String language = line.attribute("lang");
      if (!text.isEmpty() && (language.isEmpty() || language.equals(item.inherited("lang")))) {
        return text;
      }
      first = first.isEmpty() ? text : first;
    }
    return first;
  }

  private static String last(String uri) {
    int from = Math.max(uri.lastIndexOf('/'), uri.lastIndexOf(':'));
    return uri.substring(from + 1);
  }

  private static String hyphenated(String camelCase) {
    return camelCase.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
