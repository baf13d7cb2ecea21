// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.schemas.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Atom 0.3 and 1.0 (RFC 4287) feeds and entries, with tombstones (RFC 6721). */
final class Atom implements XmlFormat {

  @Override
  public String name() {
    return "atom";
  }

  @Override
  public boolean recognises(Element root) {
    return root.name().equals("feed") || (root.name().equals("entry") && isAtom(root));
  }

  private static boolean isAtom(Element root) {
    return root.namespace().isEmpty() || root.namespace().toLowerCase(Locale.ROOT).contains("atom");
  }

  @Override
  public boolean mends() {
    return true;
  }

  @Override
  public void parse(Element root, Reading reading) throws Rejection {
    if (root.name().equals("entry")) {
      FeedIdentities one = new FeedIdentities(List.of(), reading);
      reading.item(root, () -> List.of(entry(root, Element.NONE, one, reading)));
      return;
    }
    FeedIdentities identities =
        new FeedIdentities(
            root.children().stream()
                .filter(child -> child.name().equals("entry") && !child.content().isEmpty())
                .map(entry -> identity(entry, reading.delivery()))
                .toList(),
            reading);
    reading.notice(
        new FeedNotice(
            Optional.empty(),
            Set.of(),
            EnumSet.noneOf(java.time.DayOfWeek.class),
            Rss.atomLink(root, "hub"),
            Rss.atomLink(root, "self")));
    for (Element child : root.children()) {
      if (child.name().equals("entry")) {
        reading.item(child, () -> List.of(entry(child, root, identities, reading)));
      } else if (child.name().equals("deleted-entry")) {
        reading.item(child, () -> List.of(tombstone(child, reading)));
      }
    }
  }

  private static FeedIdentities.Item identity(Element entry, Delivery delivery) {
    return new FeedIdentities.Item(
        own(entry, "id").text(),
        Addresses.absolute(link(entry), FeedText.base(entry, delivery)).orElse(""),
        title(entry));
  }

  private static String title(Element entry) {
    return BodyText.lineOfHtml(
        html(
            FeedText.first(
                own(entry, "title"),
                entry.child(Namespaces.DUBLIN_CORE, "title"),
                FeedText.media(entry, "title"))));
  }

  private static String link(Element entry) {
    return first(entry.child(Namespaces.FEEDBURNER, "origLink").text(), FeedText.alternate(entry));
  }

  private static Draft entry(
      Element entry, Element feed, FeedIdentities identities, Reading reading) throws Rejection {
    Delivery delivery = reading.delivery();
    String base = FeedText.base(entry, delivery);
    Draft draft = reading.draft();
    draft.headline(title(entry));
    draft.url(link(entry), base);
    body(entry, draft);
    FeedText.renditions(entry, base, draft);
    if (draft.url().isEmpty()) {
      draft.url(own(entry, "content").attribute("src"), base);
    }
    String id = own(entry, "id").text();
    if (entry.content().isEmpty()) {
      throw new Rejection("The entry is empty.");
    }
    String updated = first(own(entry, "updated").text(), own(entry, "modified").text());
    String published =
        first(
            own(entry, "published").text(),
            own(entry, "issued").text(),
            own(entry, "created").text());
    draft
        .versionCreated(updated)
        .firstCreated(own(entry, "created").text())
        .published(first(published, updated, entry.child(Namespaces.DUBLIN_CORE, "date").text()));
    identities.identify(new FeedIdentities.Item(id, draft.url(), draft.headline()), draft);
    FeedText.derive(entry, published, draft);
    draft.byline(
        first(
            people(entry, "author"),
            FeedText.names(entry, Namespaces.DUBLIN_CORE, "creator"),
            people(own(entry, "source"), "author"),
            people(feed, "author")));
    for (Element category : entry.all("category")) {
      draft.subject(
          Subjects.of(
              "subject",
              category.attribute("scheme"),
              category.attribute("term"),
              first(category.attribute("label"), category.text())));
    }
    draft.creditLine(FeedText.media(entry, "credit").text());
    draft.source(own(entry, "source").child("title").text());
    draft.language(first(entry.inherited("lang"), own(feed, "language").text()));
    draft.rightsNotice(
        BodyText.lineOfHtml(
            html(
                Stream.of(
                        own(entry, "rights"),
                        own(entry, "copyright"),
                        own(feed, "rights"),
                        own(feed, "copyright"))
                    .filter(Element::exists)
                    .findFirst()
                    .orElse(Element.NONE))));
    return draft;
  }

  private static Draft tombstone(Element deleted, Reading reading) throws Rejection {
    String reference = deleted.attribute("ref");
    if (reference.isEmpty()) {
      throw new Rejection("The deleted-entry has no ref, so nothing tells what was deleted.");
    }
    return reading
        .draft()
        .itemId(
            Addresses.identity(
                FeedText.identity(reference, reading.delivery()), reading.tracking()))
        .status(Status.CANCELED)
        .statusReason(deleted.child("comment").text())
        .versionCreated(deleted.attribute("when"));
  }

  private static void body(Element entry, Draft draft) {
    Element content = own(entry, "content");
    put(content, draft);
    if (draft.body().isEmpty()) {
      put(own(entry, "summary"), draft);
      put(
          draft.body().isEmpty() ? entry.child(Namespaces.CONTENT, "encoded") : Element.NONE,
          draft);
      put(draft.body().isEmpty() ? FeedText.mediaDescription(entry) : Element.NONE, draft);
      if (FeedText.isTeaser(draft.body())) {
        draft.partial();
      }
    }
  }

  private static void put(Element text, Draft draft) {
    if (!text.exists()) {
      return;
    }
    if (text.hasChildren()) {
      draft.bodyMarkup(text);
    } else if (isPlain(text)) {
      draft.body(PlainText.paragraphs(text.rawText()));
    } else {
      draft.bodyHtml(html(text));
    }
  }

  /** A text construct as HTML, whatever its type and, in Atom 0.3, its mode. */
  private static String html(Element text) {
    if (text.hasChildren()) {
      return BodyText.html(text);
    }
    String raw = decoded(text);
    return isPlain(text) ? raw.replace("&", "&amp;").replace("<", "&lt;") : raw;
  }

  private static String decoded(Element text) {
    String type = text.attribute("type").toLowerCase(Locale.ROOT);
    boolean isEncoded =
        text.attribute("mode").equals("base64")
            || (type.contains("/") && !type.startsWith("text/") && !type.contains("xml"));
    if (!isEncoded) {
      return text.rawText();
    }
    try {
      return new String(
          Base64.getMimeDecoder().decode(text.rawText().strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text.rawText();
    }
  }

  private static boolean isPlain(Element text) {
    String type = text.attribute("type").toLowerCase(Locale.ROOT);
    boolean isEscaped = List.of("escaped", "base64").contains(text.attribute("mode"));
    return (type.isEmpty() && !isEscaped) || type.equals("text") || type.equals("text/plain");
  }

  private static String people(Element parent, String role) {
    return parent.all(role).stream()
        .filter(author -> author.namespace().equals(parent.namespace()))
        .map(
            author ->
                AuthorNames.of(
                    first(author.child("name").text(), author.hasChildren() ? "" : author.text())))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static Element own(Element parent, String localName) {
    return parent.child(parent.namespace(), localName);
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (!text.isBlank()) {
        return text;
      }
    }
    return "";
  }
}
