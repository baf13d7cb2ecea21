// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;

/**
 * Who wrote a page: the people that JSON-LD names, else those that the meta elements or the markup
 * name, else the organisation that one of them names. Mail addresses, web addresses, numbers and
 * the site's own name are no names.
 */
final class PageByline {

  private static final Pattern LEAD =
      Pattern.compile("(?i)^(?:by|von|par|por|di|door|av|af|oleh|words by|text)[: ] ?(?=\\p{Lu})");
  private static final Pattern NO_NAME =
      Pattern.compile("(?i)@|https?:|www\\.|^[\\p{N}\\p{P}\\s]*$");
  private static final Pattern HOST = Pattern.compile("(?i)\\.[a-z]{2,3}$");
  private static final List<String> MARKED =
      List.of(
          "[itemprop=author] [itemprop=name]",
          "[itemprop=author]",
          "[rel=author]",
          "a[href*=/author/], a[href*=/authors/], a[href*=/autor/], a[href*=/autoren/]",
          "[class~=(?i)(^|[-_ ])(author|byline)[-_ ]*name]",
          "[class~=(?i)(^|[-_ ])(author|authors|byline)([-_ ]|$)]");
  private static final int MOST_NAMES = 12;
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_MARKED_NAME = 50;

  private PageByline() {}

  /**
   * The byline, names separated by a comma.
   *
   * @param page the page
   * @param article the article in its JSON-LD
   * @param metas what its meta elements say of authors, in order of preference
   * @param site the site's name; empty where it is not known
   */
  static String of(Document page, JsonItem article, List<String> metas, String site) {
    Set<String> people = new LinkedHashSet<>();
    Set<String> organisations = new LinkedHashSet<>();
    for (JsonItem author : article.items("author")) {
      boolean isPerson = !author.text("@type").toLowerCase(Locale.ROOT).contains("organization");
      names(author.text("name"))
          .forEach(name -> (isPerson && !isSite(name, site) ? people : organisations).add(name));
    }
    article.texts("author").stream()
        .flatMap(PageByline::names)
        .forEach(name -> (isSite(name, site) ? organisations : people).add(name));
    if (people.isEmpty()) {
      metas.stream()
          .flatMap(PageByline::names)
          .forEach(name -> (isSite(name, site) ? organisations : people).add(name));
    }
    if (people.isEmpty()) {
      people.addAll(marked(page, site));
    }
    return String.join(", ", people.isEmpty() ? organisations : people);
  }

  private static List<String> marked(Document page, String site) {
    for (String selector : MARKED) {
      List<String> names = new ArrayList<>();
      page.select(selector).stream()
          .limit(MOST_NAMES)
          .map(element -> element.hasAttr("content") ? element.attr("content") : element.text())
          .filter(text -> text.length() <= LONGEST_MARKED_NAME)
          .flatMap(PageByline::names)
          .filter(name -> name.indexOf(' ') > 0 && Character.isUpperCase(name.codePointAt(0)))
          .filter(name -> !isSite(name, site))
          .distinct()
          .forEach(names::add);
      if (!names.isEmpty()) {
        return names;
      }
    }
    return List.of();
  }

  private static Stream<String> names(String text) {
    String name = LEAD.matcher(PlainText.line(BodyText.lineOfHtml(text))).replaceFirst("").strip();
    boolean isName =
        !name.isEmpty() && name.length() <= LONGEST_NAME && !NO_NAME.matcher(name).find();
    return isName ? Stream.of(name) : Stream.empty();
  }

  private static boolean isSite(String name, String site) {
    String plain = name.toLowerCase(Locale.ROOT);
    String known = site.toLowerCase(Locale.ROOT);
    return HOST.matcher(name).find()
        || (!known.isEmpty() && (plain.equals(known) || known.equals(plain + ".com")));
  }
}
