// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What RSS and Atom have in common: namespaces, identities, teasers, bases, notices. */
final class FeedText {

  static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
  static final String DUBLIN_TERMS = "http://purl.org/dc/terms/";
  static final String CONTENT = "http://purl.org/rss/1.0/modules/content/";
  static final String MEDIA = "http://search.yahoo.com/mrss/";
  static final String ATOM = "http://www.w3.org/2005/Atom";

  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S+");
  private static final int TEASER = 600;
  private static final int LONGEST_MORE = 60;
  private static final Pattern MORE =
      Pattern.compile(
          "(?s).*(…|\\.\\.\\.|\\[…\\]|\\[&hellip;\\]|read more|continue reading)\\W*",
          Pattern.CASE_INSENSITIVE);

  private FeedText() {}

  /**
   * An id within the provider. An id that is a URI names its article wherever it appears; a bare
   * number or word is unique within its feed only.
   */
  static String identity(String id, Delivery delivery) {
    String line = PlainText.line(id);
    if (line.isEmpty() || URI.matcher(line).matches()) {
      return line;
    }
    return delivery.feed() + "#" + line;
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
        || MORE.matcher(text.substring(text.length() - LONGEST_MORE)).matches();
  }

  /** What relative addresses in an element are relative to. */
  static String base(Element element, Delivery delivery) {
    String around =
        element.parent().map(parent -> base(parent, delivery)).orElse(delivery.source());
    Optional<Element.Attribute> base =
        element.attributes().stream()
            .filter(a -> a.name().equals("base") && a.prefix().equals("xml"))
            .findFirst();
    return base.flatMap(own -> Addresses.absolute(own.value(), around)).orElse(around);
  }

  /** An element's content: its text, or its markup written out where it has elements. */
  static String htmlOf(Element element) {
    return element.children().isEmpty() ? element.rawText() : BodyText.html(element);
  }

  /** What Media RSS says about the item, in a group or not. */
  static Element mediaDescription(Element item) {
    Element own = item.child(MEDIA, "description");
    return own.exists() ? own : item.child(MEDIA, "group").child(MEDIA, "description");
  }

  /** Names of several elements as one byline. */
  static String names(Element parent, String namespace, String localName) {
    return parent.all(localName).stream()
        .filter(element -> element.namespace().equals(namespace))
        .map(Element::text)
        .filter(name -> !name.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
