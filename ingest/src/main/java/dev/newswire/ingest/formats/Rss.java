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
    for (Element item : items) {
      reading.item(item, () -> List.of(item(item, channel, reading)));
    }
  }

  private static Draft item(Element item, Element channel, Reading reading) throws Rejection {
    Delivery delivery = reading.delivery();
    String base = FeedText.base(item, delivery);
    Draft draft = reading.draft();
    draft.headline(BodyText.lineOfHtml(FeedText.htmlOf(own(item, "title"))));
    link(item, base, draft);
    body(item, draft);
    if (item.content().isEmpty() && item.attributes().isEmpty()) {
      throw new Rejection("The item is empty.");
    }
    dates(item, draft);
    identity(item, delivery, draft);
    byline(item, draft);
    for (Element category : item.all("category")) {
      draft.subject(Subjects.of("subject", category.attribute("domain"), "", category.text()));
    }
    for (Element subject : item.all("subject")) {
      draft.subject(Subjects.of("subject", "", "", subject.text()));
    }
    Element keywords = item.child(FeedText.MEDIA, "keywords");
    if (keywords.exists()) {
      draft.keywords(List.of(keywords.text().split(",", -1)));
    }
    draft.creditLine(item.child(FeedText.MEDIA, "credit").text());
    draft.source(own(item, "source").text());
    draft.language(
        first(
            item.child(FeedText.DUBLIN_CORE, "language").text(),
            item.inherited("lang"),
            own(channel, "language").text(),
            channel.child(FeedText.DUBLIN_CORE, "language").text()));
    draft.rightsNotice(
        first(
            item.child(FeedText.DUBLIN_CORE, "rights").text(),
            own(channel, "copyright").text(),
            channel.child(FeedText.DUBLIN_CORE, "rights").text()));
    switch (item.at("status").text().toLowerCase(Locale.ROOT)) {
      case "draft", "pending", "private" -> draft.status("withheld");
      case "trash" -> draft.status("canceled");
      default -> {}
    }
    return draft;
  }

  private static void link(Element item, String base, Draft draft) {
    String link = own(item, "link").text();
    draft.url(link.isBlank() ? first(alternate(item), item.attribute("HREF")) : link, base);
    Element guid = own(item, "guid");
    if (draft.url().isEmpty() && !guid.attribute("isPermaLink").equalsIgnoreCase("false")) {
      draft.url(Addresses.isWeb(guid.text()) ? guid.text() : "", base);
    }
    if (draft.url().isEmpty()) {
      draft.url(item.attribute("about"), base);
    }
  }

  private static String alternate(Element item) {
    for (Element link : item.all("link")) {
      String relation = link.attribute("rel");
      String address = link.attribute("href");
      if ((relation.isEmpty() || relation.equals("alternate")) && !address.isEmpty()) {
        return address;
      }
    }
    return "";
  }

  private static void identity(Element item, Delivery delivery, Draft draft) {
    String guid = own(item, "guid").text();
    String about = item.attribute("about");
    draft.itemId(
        first(
            FeedText.identity(guid, delivery),
            FeedText.identity(item.child(FeedText.ATOM, "id").text(), delivery),
            FeedText.identity(about, delivery),
            Addresses.identity(draft.url())));
    String date =
        first(own(item, "pubDate").text(), item.child(FeedText.DUBLIN_CORE, "date").text());
    FeedText.derive(item, date, draft);
  }

  private static void dates(Element item, Draft draft) {
    draft.published(
        first(
            own(item, "pubDate").text(),
            item.child(FeedText.DUBLIN_CORE, "date").text(),
            item.child(FeedText.DUBLIN_TERMS, "issued").text(),
            item.child(FeedText.DUBLIN_TERMS, "created").text(),
            item.child(FeedText.ATOM, "published").text(),
            item.child(FeedText.ATOM, "updated").text()));
    draft.versionCreated(
        first(
            item.child(FeedText.DUBLIN_TERMS, "modified").text(),
            item.child(FeedText.ATOM, "updated").text()));
    draft.firstCreated(item.child(FeedText.DUBLIN_TERMS, "created").text());
  }

  private static void body(Element item, Draft draft) {
    Element encoded = item.child(FeedText.CONTENT, "encoded");
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
                    item.child(FeedText.DUBLIN_CORE, "description"),
                    item.child(FeedText.ATOM, "content"),
                    item.child(FeedText.ATOM, "summary"),
                    FeedText.mediaDescription(item),
                    item.child("http://www.itunes.com/dtds/podcast-1.0.dtd", "summary"))
                .filter(element -> !element.rawText().isBlank())
                .findFirst()
                .orElse(Element.NONE)));
    if (FeedText.isTeaser(draft.body())) {
      draft.partial();
    }
  }

  private static void byline(Element item, Draft draft) {
    Element atomAuthor = item.child(FeedText.ATOM, "author");
    draft.byline(
        first(
            FeedText.names(item, FeedText.DUBLIN_CORE, "creator"),
            FeedText.names(item, FeedText.DUBLIN_CORE, "author"),
            atomAuthor.child("name").text(),
            person(own(item, "author").text()),
            item.child("http://www.itunes.com/dtds/podcast-1.0.dtd", "author").text()));
  }

  /** RSS 2.0 wants {@code address (name)} as an author; the name is what a byline shows. */
  private static String person(String author) {
    int open = author.indexOf('(');
    return author.contains("@") && open > 0 && author.endsWith(")")
        ? author.substring(open + 1, author.length() - 1)
        : author;
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
