// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The headline of a page: as JSON-LD gives it, else Open Graph, else the first heading, else the
 * title. Publishers put different texts there, and none of them is right more often than the first.
 * The name of the site is not a part of it.
 */
final class PageHeadline {

  private static final Pattern SEPARATOR = Pattern.compile(" [-–—|·«»:/] |[｜：_]|--");
  private static final int MOST_ESCAPES = 2;

  private PageHeadline() {}

  /**
   * Chooses the headline.
   *
   * @param page the page
   * @param declared the headline in the page's JSON-LD; empty where there is none
   * @param openGraph the page's {@code og:title}; empty where there is none
   * @param site the site's name; empty where it is not known
   * @return one line of text; empty where the page has no headline at all
   */
  static String of(Document page, String declared, String openGraph, String site) {
    String heading =
        page.select("h1").stream()
            .map(Element::text)
            .map(PageHeadline::plain)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    List<String> candidates =
        List.of(plain(declared), plain(openGraph), heading, plain(page.title()));
    return candidates.stream()
        .filter(candidate -> !candidate.isEmpty() && !candidate.equalsIgnoreCase(site))
        .findFirst()
        .map(candidate -> withoutSite(candidate, site, candidates))
        .orElse("");
  }

  /** A line of text without markup, decoded as often as it was escaped. */
  private static String plain(String text) {
    String line = text;
    for (int i = 0; i < MOST_ESCAPES && (line.indexOf('&') >= 0 || line.indexOf('<') >= 0); i++) {
      line = Jsoup.parseBodyFragment(line).body().text();
    }
    return PlainText.line(line);
  }

  /** A headline without the site's name after it. */
  private static String withoutSite(String headline, String site, List<String> others) {
    Matcher separator = SEPARATOR.matcher(headline);
    while (separator.find()) {
      String before = headline.substring(0, separator.start()).strip();
      String after = headline.substring(separator.end()).strip();
      if (!before.isEmpty() && (isSite(after, site) || others.contains(before))) {
        return before;
      }
    }
    return headline;
  }

  private static boolean isSite(String text, String site) {
    String name = letters(text);
    String known = letters(site);
    return !name.isEmpty()
        && !known.isEmpty()
        && (name.equals(known) || known.equals(name + "com"));
  }

  private static String letters(String text) {
    return text.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
