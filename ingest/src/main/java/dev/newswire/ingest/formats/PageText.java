// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;

/**
 * Finds the article's text on a page.
 *
 * <p>Running text decides: blocks of some length in which few words are links. Parts that by their
 * name hold no article are removed, unless they hold more than a third of the page's running text.
 * What is left is the element marked up as the article's text, or the smallest element that holds
 * four fifths of the running text. Lists of links, teasers and captions within it are removed last.
 *
 * <p>Each step visits each element once, so that the work grows with the size of the page.
 */
final class PageText {

  /** Characters of a block that runs: a shorter one is a heading, a date, a section's name. */
  static final int SHORTEST_PARAGRAPH = RunningText.SHORTEST_BLOCK;

  private static final int LONG_ENOUGH = 250;

  private static final Evaluator NO_TEXT =
      QueryParser.parse("script, style, noscript, template, iframe, svg, object, select, dialog");
  private static final Evaluator MARKED =
      QueryParser.parse(
          "[itemprop~=(?i)^articleBody$], [property~=(?i)articleBody$],"
              + " [data-testid=article-body], [data-component=text-block]");
  private static final Evaluator BESIDE =
      QueryParser.parse(
          "form, button, nav, aside, footer, figure, figcaption, time, address, menu,"
              + " [hidden], [aria-hidden=true], [role=navigation], [role=complementary],"
              + " [role=search], [role=dialog], [role=alert], [role=button], [role=contentinfo],"
              + " [style~=(?i)display\\s?:\\s?none]");
  private static final Pattern BESIDE_NAME =
      Pattern.compile(
          "(?i)(?:^|[-_ ])(?:share|sharing|shares|sharebar|related|recommended|recommendations?|"
              + "newsletter|promo|promos?|comments?|advert|advertisement|advertising|ads?|adslot|"
              + "breadcrumbs?|social|subscribe|subscription|paywall|caption|captions|mediainfo|"
              + "credit|copyright|byline|author|authors|authorbox|bio|infobox|factbox|tags?|taglist|"
              + "teaser|teasers|outbrain|taboola|toolbar|popup|modal|overlay|hidden|visually-hidden|"
              + "visuallyhidden|sr-only|screen-reader-text|screenreader|print-only|skip-link|"
              + "most-read|mostread|read-more|readmore|more-on|morelike|disclaimer|signup|sign-up|"
              + "login|register|audio-player|audioplayer|video-player|gallery|slideshow|poll|"
              + "sidebar|side-bar|widget|footer|masthead|menu|pagination|pager|trending|popular|"
              + "dateline|timestamp|publish-date|kicker|topics|keywords)(?:[-_ ]|$)");
  private static final Pattern CONSENT_NAME =
      Pattern.compile(
          "(?i)cookie|consent|gdpr|onetrust|didomi|usercentrics|sp_message|cmpbox|cmp-|truste");
  private static final Set<String> WHOLE = Set.of("html", "body", "main", "article");
  private static final int LONGEST_NAME = 500;

  private PageText() {}

  /** The element that holds the text, with what is no text taken out; empty where there is none. */
  static Optional<Element> find(Document page) {
    Document copy = page.clone();
    copy.select(NO_TEXT).remove();
    removeBeside(copy);
    RunningText running = RunningText.of(copy);
    return marked(copy, running)
        .or(() -> densest(copy, running))
        .filter(text -> running.under(text) >= LONG_ENOUGH)
        .or(() -> longest(copy, running))
        .map(text -> cleaned(text, running));
  }

  /** Where nothing runs, the article that says most, in however short paragraphs. */
  private static Optional<Element> longest(Document page, RunningText running) {
    return page.select("article, main").stream()
        .filter(element -> running.characters(element) >= LONG_ENOUGH)
        .max(Comparator.comparingInt(running::characters));
  }

  private static void removeBeside(Document page) {
    RunningText running = RunningText.of(page);
    int most = running.under(page.body()) / 3;
    List<Element> beside = new ArrayList<>();
    for (Element element : page.getAllElements()) {
      if (WHOLE.contains(element.normalName())) {
        continue;
      }
      String name = name(element);
      boolean consent = CONSENT_NAME.matcher(name).find();
      if (consent && isConsent(element)) {
        beside.add(element);
      } else if ((consent || BESIDE_NAME.matcher(name).find() || BESIDE.matches(page, element))
          && running.under(element) <= most) {
        beside.add(element);
      }
    }
    beside.forEach(Element::remove);
  }

  private static String name(Element element) {
    String name = element.className() + ' ' + element.id();
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  /** Whether an element named so asks for consent, rather than wraps a page that does. */
  private static boolean isConsent(Element element) {
    return element.selectFirst("h1, article, main") == null;
  }

  /** The element that is marked up as the text, or that holds all parts that are. */
  private static Optional<Element> marked(Document page, RunningText running) {
    List<Element> outermost = new ArrayList<>();
    for (Element element : page.select(MARKED)) {
      if (running.under(element) > 0
          && (outermost.isEmpty() || !isWithin(element, outermost.get(outermost.size() - 1)))) {
        outermost.add(element);
      }
    }
    int all = outermost.stream().mapToInt(running::under).sum();
    if (all < LONG_ENOUGH || all * 2 < running.under(page.body())) {
      return Optional.empty();
    }
    Element longest = outermost.stream().max(Comparator.comparingInt(running::under)).orElseThrow();
    Element holder = longest;
    while (running.under(holder) * 5 < all * 4 && holder.parent() != null) {
      holder = holder.parent();
    }
    return Optional.of(holder);
  }

  private static boolean isWithin(Element element, Element other) {
    for (Element at = element; at != null; at = at.parent()) {
      if (at.equals(other)) {
        return true;
      }
    }
    return false;
  }

  /** The smallest element that holds four fifths of the article's running text. */
  private static Optional<Element> densest(Document page, RunningText running) {
    Element at =
        headed(page, running)
            .or(
                () ->
                    page.select("article, main, [role=main]").stream()
                        .filter(element -> running.under(element) * 2 >= running.under(page.body()))
                        .min(Comparator.comparingInt(running::under)))
            .orElse(page.body());
    int enough = running.under(at) / 5 * 4;
    while (true) {
      Optional<Element> child =
          at.children().stream()
              .filter(element -> running.under(element) >= Math.max(enough, 1))
              .findFirst();
      if (child.isEmpty()) {
        return Optional.of(at);
      }
      at = child.get();
    }
  }

  /** The article under the first heading: pages that scroll on without end hold others below it. */
  private static Optional<Element> headed(Document page, RunningText running) {
    int least = Math.max(LONG_ENOUGH, running.under(page.body()) / 5);
    for (Element at = page.selectFirst("h1"); at != null; at = at.parent()) {
      if (at.normalName().equals("article") && running.under(at) >= least) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static Element cleaned(Element text, RunningText running) {
    List<Element> superfluous = new ArrayList<>();
    int most = running.under(text) / 5;
    for (Element element : text.getAllElements()) {
      if (element.equals(text)) {
        continue;
      }
      boolean isTeaser = element.normalName().equals("article") && running.under(element) <= most;
      if (isTeaser || running.isLinks(element)) {
        superfluous.add(element);
      }
    }
    superfluous.forEach(Element::remove);
    return text;
  }
}
