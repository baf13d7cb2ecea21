// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Finds the article's text on a page: what is marked up as such, else the element under which most
 * running text stands. Running text is paragraphs of some length in which few words are links.
 */
final class PageText {

  private static final String NEVER_TEXT =
      "script, style, noscript, template, iframe, svg, form, button, nav, aside, footer, figure,"
          + " [hidden], [aria-hidden=true], [role=navigation], [role=complementary], [role=search],"
          + " [class~=(?i)(^|[-_ ])(share|sharing|related|newsletter|promo|comments?|advert|ads?|"
          + "cookie|breadcrumbs?|social|subscribe)([-_ ]|$)]";
  private static final String MARKED = "[itemprop=articleBody], [property=articleBody]";

  /** Characters of a paragraph that runs: less is a heading, a date, a section's name. */
  static final int SHORTEST_PARAGRAPH = 40;

  private static final int LONG_ENOUGH = 250;

  private PageText() {}

  /** The element that holds the text, with what is no text taken out; empty where there is none. */
  static Optional<Element> find(Document page) {
    Document copy = page.clone();
    copy.select(NEVER_TEXT).remove();
    return longest(copy, MARKED)
        .or(() -> mostRunningText(copy))
        .or(() -> longest(copy, "article"))
        .or(() -> longest(copy, "main"));
  }

  private static Optional<Element> longest(Document page, String selector) {
    return page.select(selector).stream()
        .filter(element -> element.text().length() >= LONG_ENOUGH)
        .max(java.util.Comparator.comparing(element -> element.text().length()));
  }

  private static Optional<Element> mostRunningText(Document page) {
    Map<Element, Double> scores = new LinkedHashMap<>();
    for (Element paragraph : page.select("p, pre, blockquote, div:has(> br)")) {
      int length = paragraph.ownText().length() + paragraph.select("> *:not(a)").text().length();
      double running = length * (1 - linked(paragraph));
      Element parent = paragraph.parent();
      if (length >= SHORTEST_PARAGRAPH && parent != null) {
        scores.merge(parent, running, Double::sum);
        if (parent.parent() != null) {
          scores.merge(parent.parent(), running / 2, Double::sum);
        }
      }
    }
    return scores.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(best -> best.getValue() >= LONG_ENOUGH)
        .map(Map.Entry::getKey);
  }

  /** The part of an element's text that is links, 0 to 1. */
  private static double linked(Element element) {
    int all = element.text().length();
    return all == 0 ? 0 : Math.min(1, (double) element.select("a").text().length() / all);
  }
}
