// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.schemas.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** NewsML 1.0 to 1.2 (IPTC): each NewsItem of a document. */
final class NewsMl12 implements XmlFormat {

  @Override
  public String name() {
    return "newsml-1.2";
  }

  @Override
  public boolean recognises(Element root) {
    return root.name().equals("NewsML");
  }

  @Override
  public void parse(Element root, Reading reading) throws Rejection {
    List<Element> items = root.all("NewsItem");
    if (items.isEmpty()) {
      throw new Rejection("The NewsML document holds no NewsItem.");
    }
    for (Element item : items) {
      reading.item(item, () -> List.of(item(item, root.at("NewsEnvelope"), reading.draft())));
    }
  }

  private static Draft item(Element item, Element envelope, Draft draft) throws Rejection {
    identity(item.at("Identification"), draft);
    management(item.at("NewsManagement"), draft);
    draft.priority(envelope.at("Priority").attribute("FormalName"));
    if (item.child("Update").exists()) {
      throw new Rejection(
          "It is a patch (Update) and not the whole text; ask the provider for whole revisions.");
    }
    components(item, draft);
    String created = item.at("NewsManagement/FirstCreated").text();
    draft.derivedFrom(draft.headline(), created, created.isEmpty() ? draft.body() : "");
    return draft;
  }

  private static void identity(Element identification, Draft draft) throws Rejection {
    Element identifier = identification.at("NewsIdentifier");
    List<String> parts =
        Stream.of("ProviderId", "DateId", "NewsItemId")
            .map(part -> identifier.child(part).text())
            .toList();
    Element revision = identifier.child("RevisionId");
    String identity = identifier.child("PublicIdentifier").text();
    if (parts.stream().noneMatch(String::isEmpty)) {
      draft.itemId("urn:newsml:" + String.join(":", parts));
    } else if (!identity.isEmpty()) {
      String suffix = ":" + revision.text() + revision.attribute("Update").replaceAll("N", "");
      draft.itemId(
          identity.endsWith(suffix)
              ? identity.substring(0, identity.length() - suffix.length())
              : identity);
    } else if (!identifier.exists()) {
      throw new Rejection("The NewsItem has no NewsIdentifier, so nothing tells what it is.");
    }
    draft.version(revision.text());
    draft.slugline(identification.at("NameLabel").text());
  }

  private static void management(Element management, Draft draft) {
    draft
        .firstCreated(management.at("FirstCreated").text())
        .versionCreated(management.at("ThisRevisionCreated").text())
        .status(management.at("Status").attribute("FormalName"))
        .urgency(management.at("Urgency").attribute("FormalName"));
    boolean isEmbargoed =
        management.at("Status").attribute("FormalName").toLowerCase(Locale.ROOT).startsWith("emb");
    Element change = management.at("StatusWillChange");
    String future = change.at("FutureStatus").attribute("FormalName");
    if (isEmbargoed) {
      draft.embargo(change.at("DateAndTime").text());
    } else if (future.equalsIgnoreCase("canceled") || future.equalsIgnoreCase("cancelled")) {
      draft.expires(change.at("DateAndTime").text());
    }
    for (Element instruction : management.all("Instruction")) {
      String name = instruction.attribute("FormalName");
      draft.signal(name.toLowerCase(Locale.ROOT).startsWith("correct") ? Signals.CORRECTION : name);
    }
    for (String relation : List.of("DerivedFrom", "AssociatedWith")) {
      for (Element other : management.all(relation)) {
        draft.related(
            relation.equals("DerivedFrom") ? "derived-from" : "associated-with",
            other.attribute("NewsItem"));
      }
    }
  }

  /** Every component in document order: what is said first, on the outside, holds. */
  private static void components(Element item, Draft draft) {
    List<Element> components = item.descendants("NewsComponent");
    List<Element> lines = children(components, "NewsLines");
    draft
        .headline(first(lines, "HeadLine"))
        .byline(first(lines, "ByLine"))
        .dateline(first(lines, "DateLine"))
        .creditLine(first(lines, "CreditLine"))
        .rightsNotice(first(lines, "CopyrightLine"))
        .slugline(first(lines, "SlugLine"));
    for (Element line : lines) {
      for (Element own : line.all("NewsLine")) {
        if (own.at("NewsLineType").attribute("FormalName").equals("AdvisoryLine")) {
          draft.note(own.at("NewsLineText").text());
        }
      }
      line.all("KeywordLine").forEach(word -> draft.keyword(word.text()));
    }
    for (Element metadata : children(components, "AdministrativeMetadata")) {
      for (String role : List.of("Provider", "Source")) {
        metadata.all(role + "/Party").forEach(of -> draft.source(of.attribute("FormalName")));
      }
      if (first(lines, "ByLine").isEmpty()) {
        draft.byline(metadata.at("Creator/Party").attribute("FormalName"));
      }
    }
    for (Element rights : children(components, "RightsMetadata")) {
      draft
          .rightsHolder(rights.at("Copyright/CopyrightHolder").text())
          .usageTerms(rights.at("UsageRights/UsageType").text());
    }
    children(components, "DescriptiveMetadata").forEach(of -> description(of, draft));
    draft.language(language(components, item));
    content(components, draft);
  }

  private static List<Element> children(List<Element> components, String name) {
    return components.stream().flatMap(component -> component.all(name).stream()).toList();
  }

  private static String first(List<Element> parents, String name) {
    return parents.stream()
        .map(parent -> parent.child(name).text())
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String language(List<Element> components, Element item) {
    return children(components, "DescriptiveMetadata").stream()
        .map(metadata -> metadata.at("Language").attribute("FormalName"))
        .filter(tag -> !tag.isEmpty())
        .findFirst()
        .orElse(item.inherited("lang"));
  }

  private static void description(Element metadata, Draft draft) {
    for (Element code : metadata.all("SubjectCode")) {
      for (Element subject : code.children()) {
        if (List.of("Subject", "SubjectMatter", "SubjectDetail").contains(subject.name())) {
          draft.subject(
              Subjects.of("subject", Subjects.SUBJECT_CODES, subject.attribute("FormalName"), ""));
        }
      }
    }
    metadata
        .all("Genre")
        .forEach(of -> draft.subject(Subjects.of("genre", "", "", of.attribute("FormalName"))));
    for (Element property : metadata.all("Property")) {
      if (property.attribute("FormalName").equals("Keyword")) {
        String role = property.attribute("Role");
        draft.subject(
            Subjects.of(
                role.startsWith("Person") ? "person" : "keyword",
                "",
                "",
                property.attribute("Value")));
      }
    }
    for (Element location : metadata.all("Location")) {
      String city = property(location, "City");
      String place = city.isEmpty() ? property(location, "Country") : city;
      if (location.attribute("HowPresent").equals("Origin")) {
        draft.located(place);
      } else {
        draft.subject(Subjects.of("place", "", "", place));
      }
    }
  }

  private static String property(Element location, String name) {
    return location.all("Property").stream()
        .filter(property -> property.attribute("FormalName").equals(name))
        .map(property -> property.attribute("Value"))
        .findFirst()
        .orElse("");
  }

  /** The longest text: components with other roles hold style sheets, captions and contacts. */
  private static void content(List<Element> components, Draft draft) {
    List<Draft> texts = new ArrayList<>();
    for (Element component : components) {
      for (Element content : component.all("ContentItem/DataContent")) {
        text(content, draft).ifPresent(texts::add);
      }
    }
    Optional<Draft> longest =
        texts.stream().max(java.util.Comparator.comparing(text -> text.body().length()));
    longest.ifPresent(draft::bodyOf);
    if (draft.body().lines().anyMatch(NewsMl12::isSeparator)) {
      draft.body(
          PlainText.lines(
              draft
                  .body()
                  .lines()
                  .filter(line -> !isSeparator(line))
                  .collect(Collectors.joining("\n"))));
    }
    components.forEach(component -> renditions(component, draft));
  }

  /** Whether a line only parts paragraphs: {@code ***}. */
  private static boolean isSeparator(String line) {
    return line.chars().filter(c -> c == '*').count() >= 3
        && line.chars().allMatch(c -> c == '*' || c == ' ');
  }

  private static void renditions(Element component, Draft draft) {
    for (Element content : component.all("ContentItem")) {
      String type = content.at("MimeType").attribute("FormalName");
      String media = content.at("MediaType").attribute("FormalName").toLowerCase(Locale.ROOT);
      boolean isMedium = !media.isEmpty() && !media.contains("text");
      if (isMedium || (!type.isEmpty() && !type.startsWith("text") && !type.contains("xml"))) {
        draft.rendition(
            Renditions.of(
                content.attribute("Href"),
                type.isEmpty() ? media : type,
                content.at("Characteristics/SizeInBytes").text(),
                first(component.all("NewsLines"), "HeadLine"),
                first(component.all("NewsLines"), "CreditLine")));
      }
    }
  }

  private static Optional<Draft> text(Element content, Draft draft) {
    Element item = content.parent().orElse(Element.NONE);
    String type =
        (item.at("MimeType").attribute("FormalName") + item.at("Format").attribute("FormalName"))
            .toLowerCase(Locale.ROOT);
    if (type.contains("css") || type.contains("image")) {
      return Optional.empty();
    }
    Draft text = draft.another();
    Element nitf = content.child("nitf");
    Element html = content.child("html");
    if (nitf.exists()) {
      Nitf.text(nitf, text);
    } else if (html.exists()) {
      text.bodyMarkup(html.at("body"));
    } else if (!content.children().isEmpty()) {
      text.bodyMarkup(content);
    } else if (content.rawText().indexOf('<') >= 0) {
      text.bodyHtml(content.rawText());
    } else {
      text.body(PlainText.paragraphs(content.rawText()));
    }
    if (draft.headline().isEmpty()) {
      draft.headline(text.headline());
    }
    return Optional.of(text);
  }
}
