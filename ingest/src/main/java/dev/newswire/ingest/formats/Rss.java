// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** RSS 0.9x, 1.0 and 2.0, with the modules that news feeds use. */
final class Rss implements XmlFormat {

  @Override
  public String name() {
    return "rss";
  }

  @Override
  public boolean recognises(Element root) {
    String name = root.name();
    return name.equalsIgnoreCase("rss")
        || name.equalsIgnoreCase("rdf")
        || (name.equalsIgnoreCase("channel") && !root.namespace().contains("iptc"));
  }

  @Override
  public boolean mends() {
    return true;
  }

  @Override
  public void parse(Element root, Reading reading) throws Rejection {
    Element channel =
        root.name().equalsIgnoreCase("channel")
            ? root
            : root.children().stream()
                .filter(child -> child.name().equalsIgnoreCase("channel"))
                .findFirst()
                .orElse(root);
    reading.notice(notice(channel));
    List<Element> items =
        Stream.concat(channel.children().stream(), root.children().stream())
            .filter(child -> child.name().equalsIgnoreCase("item"))
            .distinct()
            .toList();
    FeedIdentities identities =
        new FeedIdentities(
            items.stream()
                .filter(item -> !item.content().isEmpty())
                .map(item -> identity(item, reading.delivery()))
                .toList(),
            reading);
    for (Element item : items) {
      reading.item(item, () -> List.of(item(item, channel, identities, reading)));
    }
  }

  private static Draft item(
      Element item, Element channel, FeedIdentities identities, Reading reading) throws Rejection {
    Delivery delivery = reading.delivery();
    String base = FeedText.base(item, delivery);
    Draft draft = reading.draft();
    draft.headline(title(item));
    link(item, base, draft);
    body(item, draft);
    FeedText.renditions(item, base, draft);
    if (item.content().isEmpty() && item.attributes().isEmpty()) {
      throw new Rejection("The item is empty.");
    }
    dates(item, draft);
    identities.identify(identity(item, delivery), draft);
    FeedText.derive(
        item,
        first(own(item, "pubDate").text(), item.child(Namespaces.DUBLIN_CORE, "date").text()),
        draft);
    byline(item, draft);
    for (Element category : item.all("category")) {
      draft.subject(Subjects.of("subject", category.attribute("domain"), "", category.text()));
    }
    for (Element subject : item.all("subject")) {
      draft.subject(Subjects.of("subject", "", "", subject.text()));
    }
    Element keywords = item.child(Namespaces.MEDIA, "keywords");
    if (keywords.exists()) {
      draft.keywords(List.of(keywords.text().split(",", -1)));
    }
    draft.creditLine(FeedText.media(item, "credit").text());
    draft.source(own(item, "source").text());
    draft.language(
        first(
            item.child(Namespaces.DUBLIN_CORE, "language").text(),
            item.inherited("lang"),
            own(channel, "language").text(),
            channel.child(Namespaces.DUBLIN_CORE, "language").text()));
    draft.rightsNotice(
        first(
            item.child(Namespaces.DUBLIN_CORE, "rights").text(),
            own(channel, "copyright").text(),
            channel.child(Namespaces.DUBLIN_CORE, "rights").text()));
    switch (item.at("status").text().toLowerCase(Locale.ROOT)) {
      case "draft", "pending", "private" -> draft.status("withheld");
      case "trash" -> draft.status("canceled");
      default -> {}
    }
    return draft;
  }

  private static String title(Element item) {
    return BodyText.lineOfHtml(
        FeedText.htmlOf(
            FeedText.first(
                own(item, "title"),
                item.child(Namespaces.DUBLIN_CORE, "title"),
                FeedText.media(item, "title"),
                item.child(Namespaces.ITUNES, "title"),
                item.child(Namespaces.ATOM, "title"))));
  }

  private static void link(Element item, String base, Draft draft) {
    draft.url(link(item), base);
    if (draft.url().isEmpty()) {
      draft.url(item.attribute("about"), base);
    }
  }

  /** The address that stands for the item, as it is written; empty where there is none. */
  private static String link(Element item) {
    Element guid = own(item, "guid");
    boolean isPermaLink =
        !guid.attribute("isPermaLink").equalsIgnoreCase("false") && Addresses.isWeb(guid.text());
    return first(
        item.child(Namespaces.FEEDBURNER, "origLink").text(),
        item.child(Namespaces.PHEEDO, "origLink").text(),
        own(item, "link").text(),
        FeedText.alternate(item),
        item.attribute("HREF"),
        isPermaLink ? guid.text() : "");
  }

  private static FeedIdentities.Item identity(Element item, Delivery delivery) {
    String base = FeedText.base(item, delivery);
    return new FeedIdentities.Item(
        first(
            own(item, "guid").text(),
            item.child(Namespaces.ATOM, "id").text(),
            item.attribute("about")),
        Addresses.absolute(link(item), base).orElse(""),
        title(item));
  }

  private static void dates(Element item, Draft draft) {
    draft.published(
        first(
            own(item, "pubDate").text(),
            item.child(Namespaces.DUBLIN_CORE, "date").text(),
            item.child(Namespaces.DUBLIN_TERMS, "issued").text(),
            item.child(Namespaces.DUBLIN_TERMS, "created").text(),
            item.child(Namespaces.ATOM, "published").text(),
            item.child(Namespaces.ATOM, "updated").text()));
    draft.versionCreated(
        first(
            item.child(Namespaces.DUBLIN_TERMS, "modified").text(),
            item.child(Namespaces.ATOM, "updated").text()));
    draft.firstCreated(item.child(Namespaces.DUBLIN_TERMS, "created").text());
    draft.revisedWhenPublished();
  }

  private static void body(Element item, Draft draft) {
    Element encoded = item.child(Namespaces.CONTENT, "encoded");
    if (!encoded.rawText().isBlank()) {
      draft.bodyHtml(FeedText.htmlOf(encoded));
    } else {
      item.children().stream()
          .filter(child -> child.name().equals("body") || child.name().equals("div"))
          .findFirst()
          .ifPresent(draft::bodyMarkup);
    }
    if (!draft.body().isEmpty()) {
      return;
    }
    draft.bodyHtml(
        FeedText.htmlOf(
            Stream.of(
                    own(item, "description"),
                    own(item, "abstract"),
                    own(item, "fullitem"),
                    item.child(Namespaces.DUBLIN_CORE, "description"),
                    item.child(Namespaces.ATOM, "content"),
                    item.child(Namespaces.ATOM, "summary"),
                    FeedText.mediaDescription(item),
                    item.child(Namespaces.ITUNES, "summary"))
                .filter(element -> !element.rawText().isBlank())
                .findFirst()
                .orElse(Element.NONE)));
    if (FeedText.isTeaser(draft.body())) {
      draft.partial();
    }
  }

  private static void byline(Element item, Draft draft) {
    Element atomAuthor = item.child(Namespaces.ATOM, "author");
    draft.byline(
        first(
            FeedText.names(item, Namespaces.DUBLIN_CORE, "creator"),
            FeedText.names(item, Namespaces.DUBLIN_CORE, "author"),
            AuthorNames.of(atomAuthor.child("name").text()),
            AuthorNames.of(own(item, "author").text()),
            AuthorNames.of(item.child(Namespaces.ITUNES, "author").text())));
  }

  /** A child in the vocabulary of RSS itself, whichever namespace its version has. */
  private static Element own(Element parent, String localName) {
    Element plain = Element.NONE;
    Element alike = Element.NONE;
    if (!parent.mayHave(localName)) {
      return Element.NONE;
    }
    for (Object node : parent.content()) {
      if (node instanceof Element child && child.name().equalsIgnoreCase(localName)) {
        boolean isExact = child.name().equals(localName);
        if (isExact && child.namespace().equals(parent.namespace())) {
          return child;
        }
        if (isExact && child.namespace().isEmpty() && !plain.exists()) {
          plain = child;
        }
        if (child.prefix().isEmpty() && !alike.exists()) {
          alike = child;
        }
      }
    }
    return plain.exists() ? plain : alike;
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (!text.isBlank()) {
        return text;
      }
    }
    return "";
  }

  private static FeedNotice notice(Element channel) {
    Set<Integer> hours = new HashSet<>();
    for (Element hour : channel.all("skipHours/hour")) {
      if (hour.text().matches("\\d{1,2}")) {
        // RSS 0.91 counts to 24.
        hours.add(Integer.parseInt(hour.text()) % 24);
      }
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (Element day : channel.all("skipDays/day")) {
      Stream.of(DayOfWeek.values())
          .filter(known -> known.name().equalsIgnoreCase(day.text()))
          .forEach(days::add);
    }
    return new FeedNotice(
        interval(channel), hours, days, atomLink(channel, "hub"), atomLink(channel, "self"));
  }

  private static Optional<Duration> interval(Element channel) {
    String ttl = own(channel, "ttl").text();
    if (ttl.matches("\\d{1,6}")) {
      return Optional.of(Duration.ofMinutes(Integer.parseInt(ttl)));
    }
    Duration period =
        switch (channel.at("updatePeriod").text()) {
          case "hourly" -> Duration.ofHours(1);
          case "daily" -> Duration.ofDays(1);
          case "weekly" -> Duration.ofDays(7);
          case "monthly" -> Duration.ofDays(30);
          case "yearly" -> Duration.ofDays(365);
          default -> Duration.ZERO;
        };
    String frequency = channel.at("updateFrequency").text();
    int times = frequency.matches("[1-9]\\d{0,3}") ? Integer.parseInt(frequency) : 1;
    return period.isZero() ? Optional.empty() : Optional.of(period.dividedBy(times));
  }

  static Optional<URI> atomLink(Element channel, String relation) {
    return channel.all("link").stream()
        .filter(link -> link.attribute("rel").equalsIgnoreCase(relation))
        .map(link -> link.attribute("href"))
        .filter(Addresses::isWeb)
        .findFirst()
        .flatMap(Addresses::uri);
  }
}
