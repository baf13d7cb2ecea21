// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What RSS and Atom have in common: namespaces, identities, teasers, bases, notices. */
final class FeedText {

  private static final int TEASER = 600;
  private static final int LONGEST_MORE = 60;
  private static final Pattern MORE =
      Pattern.compile(
          "(?:…|\\.\\.\\.|\\[…\\]|\\[&hellip;\\]|read more|continue reading)\\W{0,60}+\\z",
          Pattern.CASE_INSENSITIVE);

  private FeedText() {}

  /**
   * An id within the provider. An id that is a URI names its article wherever it appears; a bare
   * number or word is unique within its feed only.
   */
  static String identity(String id, Delivery delivery) {
    String line = PlainText.line(id);
    return line.isEmpty() || isUri(line) ? line : delivery.feed() + "#" + line;
  }

  private static boolean isUri(String line) {
    int colon = line.indexOf(':');
    return colon > 0 && colon < line.length() - 1 && line.indexOf(' ') < 0 && isScheme(line, colon);
  }

  private static boolean isScheme(String line, int end) {
    for (int i = 0; i < end; i++) {
      char c = line.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean isOther = (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-';
      if (!isLetter && !(isOther && i > 0)) {
        return false;
      }
    }
    return true;
  }

  /** What an item's id is derived from where it has neither an id nor a link. */
  static void derive(Element item, String date, Draft draft) {
    if (!draft.headline().isEmpty()) {
      draft.derivedFrom(draft.headline(), date);
    } else if (!draft.body().isEmpty()) {
      draft.derivedFrom(draft.body());
    } else {
      draft.derivedFrom(new String(XmlText.standalone(item), StandardCharsets.UTF_8));
      if (draft.url().isEmpty()) {
        draft.warn("The item has neither a title nor a text nor a link.");
      }
    }
  }

  /** Whether a text without a full-text element beside it is only a teaser of the article. */
  static boolean isTeaser(String text) {
    return text.length() < TEASER
        || MORE.matcher(text.substring(text.length() - LONGEST_MORE)).find();
  }

  /** What relative addresses in an element are relative to. */
  static String base(Element element, Delivery delivery) {
    String around =
        element.parent().map(parent -> base(parent, delivery)).orElse(delivery.source());
    for (Element.Attribute own : element.attributes()) {
      if (own.name().equals("base") && own.prefix().equals("xml")) {
        return Addresses.absolute(own.value(), around).orElse(around);
      }
    }
    return around;
  }

  /** An element's content: its text, or its markup written out where it has elements. */
  static String htmlOf(Element element) {
    return element.hasChildren() ? BodyText.html(element) : element.rawText();
  }

  /** What Media RSS says about the item, in a group or not. */
  static Element mediaDescription(Element item) {
    return media(item, "description");
  }

  /** A part of what Media RSS says about the item: its own, or its group's or content's. */
  static Element media(Element item, String localName) {
    for (String around : List.of("", "group", "content")) {
      Element parent = around.isEmpty() ? item : item.child(Namespaces.MEDIA, around);
      Element found = parent.child(Namespaces.MEDIA, localName);
      if (found.exists()) {
        return found;
      }
    }
    return Element.NONE;
  }

  /** Media RSS content, thumbnails without one, and enclosures of RSS and Atom. */
  static void renditions(Element item, String base, Draft draft) {
    List<Element> media = new ArrayList<>(item.all("content"));
    media.addAll(item.all("group/content"));
    media.removeIf(element -> !element.namespace().equals(Namespaces.MEDIA));
    if (media.isEmpty()) {
      media.addAll(item.all("thumbnail"));
    }
    media.stream()
        .limit(Draft.MOST_RENDITIONS)
        .forEach(one -> rendition(one, one.attribute("url"), item, base, draft));
    item.all("enclosure").stream()
        .limit(Draft.MOST_RENDITIONS)
        .forEach(one -> rendition(one, one.attribute("url"), item, base, draft));
    item.all("link").stream()
        .filter(link -> link.attribute("rel").equalsIgnoreCase("enclosure"))
        .limit(Draft.MOST_RENDITIONS)
        .forEach(link -> rendition(link, link.attribute("href"), item, base, draft));
  }

  private static void rendition(
      Element one, String address, Element item, String base, Draft draft) {
    boolean isMedia = one.namespace().equals(Namespaces.MEDIA);
    String caption = isMedia ? first(media(one, "description"), media(one, "title")).rawText() : "";
    Element group = item.child(Namespaces.MEDIA, "group");
    String credit =
        isMedia
            ? first(media(one, "credit"), media(group, "credit"), media(item, "credit")).text()
            : "";
    String length = one.firstAttribute("fileSize", "length");
    Addresses.absolute(address, base)
        .map(
            href ->
                Renditions.of(href, one.firstAttribute("type", "medium"), length, caption, credit))
        .map(made -> Renditions.sized(made, one.attribute("width"), one.attribute("height")))
        .ifPresent(draft::rendition);
  }

  /** The address of the HTML page that a link in Atom's manner leads to; else of another kind. */
  static String alternate(Element item) {
    String best = "";
    boolean bestIsTyped = false;
    for (Element link : item.all("link")) {
      String relation = link.attribute("rel");
      String address = link.attribute("href").isEmpty() ? link.text() : link.attribute("href");
      boolean isAlternate = relation.isEmpty() || relation.equalsIgnoreCase("alternate");
      if (isAlternate && !address.isEmpty()) {
        String type = link.attribute("type");
        if (type.contains("html")) {
          return address;
        }
        if (best.isEmpty() || (bestIsTyped && type.isEmpty())) {
          best = address;
          bestIsTyped = !type.isEmpty();
        }
      }
    }
    return best;
  }

  /** The first of these elements that has a text; {@link Element#NONE} where none has. */
  static Element first(Element... elements) {
    for (Element element : elements) {
      if (!element.rawText().isBlank()) {
        return element;
      }
    }
    return Element.NONE;
  }

  /** Names of several elements as one byline. */
  static String names(Element parent, String namespace, String localName) {
    if (!parent.mayHave(localName)) {
      return "";
    }
    Set<String> names = new LinkedHashSet<>(2);
    for (Element element : parent.all(localName)) {
      if (element.namespace().equals(namespace)) {
        names.add(AuthorNames.of(element.text()));
      }
    }
    names.remove("");
    return String.join(", ", names);
  }
}
