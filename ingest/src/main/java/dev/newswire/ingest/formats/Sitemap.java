// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.List;
import java.util.Optional;

/**
 * Sitemaps (sitemaps.org): the entries of a news sitemap are articles without their text; entries
 * without news, and the parts of an index, are links to other documents of the feed.
 */
final class Sitemap implements XmlFormat {

  @Override
  public String name() {
    return "sitemap";
  }

  @Override
  public boolean recognises(Element root) {
    return root.name().equals("urlset") || root.name().equals("sitemapindex");
  }

  @Override
  public boolean mends() {
    return true;
  }

  @Override
  public void parse(Element root, Reading reading) {
    for (Element entry : root.children()) {
      if (entry.name().equals("sitemap")) {
        link(entry.child("loc").exists() ? entry.child("loc") : entry, reading);
      } else if (entry.name().equals("url") && entry.child("news").exists()) {
        reading.item(entry, () -> List.of(item(entry, reading)));
      } else if (entry.name().equals("url")) {
        link(entry.child("loc"), reading);
      }
    }
  }

  private static void link(Element address, Reading reading) {
    Optional.of(address.text())
        .filter(text -> !address.isCut() && Addresses.isWeb(text))
        .flatMap(Addresses::uri)
        .ifPresent(reading::link);
  }

  private static Draft item(Element entry, Reading reading) throws Rejection {
    Element news = entry.child("news");
    Draft draft = reading.draft().url(entry.child("loc").text());
    if (draft.url().isEmpty()) {
      throw new Rejection("The entry has no loc with a web address, so nothing tells what it is.");
    }
    draft
        .itemId(Addresses.identity(draft.url(), reading.tracking()))
        .headline(news.child("title").text())
        .published(news.child("publication_date").text())
        .versionCreated(entry.child("lastmod").text())
        .language(news.at("publication/language").text())
        .source(news.at("publication/name").text())
        .partial();
    for (String genre : news.child("genres").text().split(",", -1)) {
      draft.subject(Subjects.of("genre", "", "", genre));
    }
    return draft.keywords(List.of(news.child("keywords").text().split(",", -1)));
  }
}
