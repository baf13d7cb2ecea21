// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.ingest.moments.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** NITF 3.x, with and without its namespace (IPTC, NITF 3.6). */
final class Nitf implements XmlFormat {

  private static final List<String> HEADLINES =
      List.of("hedline/hl1", "headline/hl1", "hedline/hl2");

  @Override
  public String name() {
    return "nitf";
  }

  @Override
  public boolean recognises(Element root) {
    return root.name().equals("nitf");
  }

  @Override
  public void parse(Element root, Reading reading) {
    reading.item(root, () -> item(root, reading));
  }

  private static List<Draft> item(Element root, Reading reading) throws Rejection {
    Element head = root.at("head");
    Element docdata = head.at("docdata");
    Element body = root.at("body");
    if (!body.exists() && !docdata.exists()) {
      throw new Rejection("The NITF document has neither docdata nor a body.");
    }
    Draft draft = reading.draft();
    text(root, draft);
    identity(docdata, draft);
    docdata(head, docdata, draft);
    head(head, draft);
    List<Draft> drafts = new ArrayList<>();
    drafts.add(draft);
    String other = docdata.attribute("management-doc-idref");
    String status = docdata.attribute("management-idref-status");
    if (!other.isEmpty() && !status.isEmpty()) {
      draft.related(verb(status), other);
      if (!other.equals(docdata.at("doc-id").attribute("id-string"))) {
        drafts.add(draft.noticeAbout(other, status));
      }
    } else {
      draft.related("updates", other);
    }
    return drafts;
  }

  /** Headline, byline, dateline and text of a NITF body, also of one inside another format. */
  static void text(Element root, Draft draft) {
    Element head = root.at("body/body.head");
    draft.headline(headline(root, head));
    StringJoiner bylines = new StringJoiner("; ");
    for (Element byline : head.all("byline")) {
      bylines.add(PlainText.line(BodyText.of(byline)));
    }
    draft.byline(bylines.toString());
    Element dateline = head.at("dateline");
    draft.dateline(
        dateline.children().stream()
            .filter(child -> !child.name().equals("story.date") || isProse(child.text()))
            .map(child -> place(child))
            .filter(part -> !part.isEmpty())
            .collect(
                Collectors.collectingAndThen(
                    Collectors.joining(", "), parts -> parts.isEmpty() ? dateline.text() : parts)));
    Element location = dateline.at("location");
    draft.located(location.at("city").exists() ? location.at("city").text() : location.text());
    draft.creditLine(head.at("distributor").text());
    root.descendants("note").forEach(note -> draft.note(BodyText.of(note)));
    draft.bodyMarkup(root.at("body/body.content"));
    root.descendants("media").forEach(media -> renditions(media, draft));
    if (draft.body().isEmpty() && head.at("abstract").exists()) {
      draft.bodyMarkup(head.at("abstract")).partial();
    }
  }

  private static void renditions(Element media, Draft draft) {
    for (Element reference : media.all("media-reference")) {
      draft.rendition(
          Renditions.sized(
              Renditions.of(
                  reference.firstAttribute("source", "id"),
                  reference.attribute("mime-type").isEmpty()
                      ? media.attribute("media-type")
                      : reference.attribute("mime-type"),
                  "",
                  media.at("media-caption").text(),
                  media.at("media-producer").text()),
              reference.attribute("width"),
              reference.attribute("height")));
    }
  }

  private static String headline(Element root, Element head) {
    for (String path : HEADLINES) {
      String line = head.at(path).text();
      if (!line.isEmpty()) {
        return line;
      }
    }
    return root.at("head/title").text();
  }

  private static boolean isProse(String text) {
    return text.chars().anyMatch(c -> Character.isLetter(c) && c != 'T' && c != 'Z');
  }

  private static String place(Element element) {
    return !element.hasChildren()
        ? element.text()
        : element.children().stream()
            .map(Element::text)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
  }

  private static void identity(Element docdata, Draft draft) {
    String issued = docdata.at("date.issue").attribute("norm");
    draft
        .itemId(docdata.at("doc-id").attribute("id-string"))
        .derivedFrom(draft.headline(), issued, draft.body())
        .versionCreated(given(issued))
        .expires(given(docdata.at("date.expire").attribute("norm")))
        .status(docdata.attribute("management-status"));
    String release = given(docdata.at("date.release").attribute("norm"));
    boolean embargoed = docdata.attribute("management-status").equalsIgnoreCase("embargoed");
    if (embargoed || (!release.isEmpty() && isLater(release, issued, draft))) {
      draft.embargo(release);
    }
  }

  /** Some senders leave the template in: YYYYMMDD000000-HHMM. */
  private static String given(String norm) {
    return norm.startsWith("YYYY") ? "" : norm;
  }

  /** A release that is not after the issue holds nothing back. */
  private static boolean isLater(String release, String issued, Draft draft) {
    var released = Moments.parse(release, draft.timeZone());
    var from = Moments.parse(issued, draft.timeZone()).or(() -> Optional.of(draft.receivedAt()));
    return released.isEmpty() || released.get().isAfter(from.get());
  }

  private static void docdata(Element head, Element docdata, Draft draft) {
    draft.urgency(
        docdata.at("urgency").exists()
            ? docdata.at("urgency").attribute("ed-urg")
            : head.at("urgency").attribute("ed-urg"));
    docdata.all("ed-msg").forEach(message -> draft.note(message.attribute("info")));
    Element correction = docdata.at("correction");
    if (correction.exists()) {
      draft
          .signal("correction")
          .note(correction.attribute("info"))
          .related("corrects", correction.attribute("id-string"));
    }
    Element copyright = docdata.at("doc.copyright");
    draft.rightsHolder(copyright.attribute("holder"));
    if (!copyright.attribute("year").isEmpty()) {
      draft.rightsNotice("© " + copyright.attribute("year") + " " + copyright.attribute("holder"));
    }
    draft.usageTerms(docdata.at("doc.rights").attribute("limitations"));
    docdata.all("del-list/from-src").forEach(from -> draft.source(from.attribute("src-name")));
    for (Element keyword : docdata.all("key-list/keyword")) {
      String key = keyword.attribute("key");
      draft.keyword(key.isEmpty() ? keyword.text() : key);
    }
    Element event = docdata.at("evloc");
    StringJoiner place = new StringJoiner(", ");
    for (String part : List.of("city", "state-prov", "county-dist", "iso-cc")) {
      if (!event.attribute(part).isEmpty()) {
        place.add(event.attribute(part));
      }
    }
    draft.subject(Subjects.of("place", "", "", place.toString()));
    for (Element identified : docdata.at("identified-content").children()) {
      String value = identified.attribute("value");
      draft.subject(
          Subjects.of(
              Subjects.kind(identified.name()),
              identified.attribute("idsrc"),
              value,
              identified.text()));
    }
    String key = docdata.at("key-list/keyword").attribute("key");
    draft.slugline(key.isEmpty() ? docdata.at("du-key").attribute("key") : key);
  }

  private static void head(Element head, Draft draft) {
    for (Element meta : head.all("meta")) {
      String content = meta.attribute("content");
      switch (meta.attribute("name")) {
        case "anpa-keyword" -> draft.slugline(content);
        case "anpa-takekey" -> draft.takeKey(content);
        default -> {}
      }
    }
    for (Element subject : head.all("tobject/tobject.subject")) {
      String registrant = subject.attribute("tobject.subject.ipr");
      String name =
          subject.firstAttribute(
              "tobject.subject.detail",
              "tobject.subject.matter",
              "tobject.subject.type",
              "tobject.subject.name");
      boolean iptc = registrant.isEmpty() || registrant.equalsIgnoreCase("IPTC");
      draft.subject(
          Subjects.of(
              "subject",
              iptc ? Subjects.SUBJECT_CODES : registrant,
              subject.attribute("tobject.subject.refnum"),
              name));
    }
    for (Element property : head.all("tobject/tobject.property")) {
      draft.subject(Subjects.of("genre", "", "", property.attribute("tobject.property.type")));
    }
    String language = head.inherited("lang");
    draft.language(language.isEmpty() ? head.inherited("baselang") : language);
  }

  private static String verb(String status) {
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "canceled", "cancelled" -> "kills";
      case "withheld" -> "withholds";
      default -> "updates";
    };
  }
}
