// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What RSS and Atom have in common: namespaces, identities, teasers, bases, notices. */
final class FeedText {

  static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
  static final String DUBLIN_TERMS = "http://purl.org/dc/terms/";
  static final String CONTENT = "http://purl.org/rss/1.0/modules/content/";
  static final String MEDIA = "http://search.yahoo.com/mrss/";
  static final String ATOM = "http://www.w3.org/2005/Atom";

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
    Element own = item.child(MEDIA, "description");
    return own.exists() ? own : item.child(MEDIA, "group").child(MEDIA, "description");
  }

  /** Names of several elements as one byline. */
  static String names(Element parent, String namespace, String localName) {
    if (!parent.mayHave(localName)) {
      return "";
    }
    Set<String> names = new LinkedHashSet<>(2);
    for (Element element : parent.all(localName)) {
      if (element.namespace().equals(namespace)) {
        names.add(element.text());
      }
    }
    names.remove("");
    return String.join(", ", names);
  }
}
