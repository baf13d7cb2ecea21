// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class SitemapTest {

  @Test
  void theNewsOfASitemapAreArticlesAndTheRestAreLinks() {
    Parsed parsed =
        Parsed.of(
            """
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
              <url><loc>https://harbour.example/1?utm_source=map</loc><lastmod>2026-03-02</lastmod>
                <news:news><news:publication><news:name>Harbour</news:name><news:language>en</news:language></news:publication>
                <news:publication_date>2026-03-01T10:00:00Z</news:publication_date><news:title>Bridge reopens</news:title>
                <news:keywords>bridge, ferry</news:keywords></news:news></url>
              <url><news:news><news:title>Nowhere</news:title></news:news></url>
              <url><loc>https://harbour.example/about</loc></url>
            </urlset>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/https://harbour.example/1
            format    sitemap
            url       https://harbour.example/1?utm_source=map
            created   2026-03-02T00:00:00Z
            published 2026-03-01T10:00:00Z
            language  en
            headline  Bridge reopens
            sources   Harbour
            keyword   'bridge'
            keyword   'ferry'
            partial   yes
            REJECT The entry has no loc with a web address, so nothing tells what it is.
            """);
    assertThat(parsed.links).containsExactly(URI.create("https://harbour.example/about"));
  }

  @Test
  void thePartsOfAnIndexAreLinks() {
    Parsed parsed =
        Parsed.of(
            "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                + "<sitemap><loc>https://harbour.example/a.xml</loc></sitemap>"
                + "<sitemap>https://harbour.example/b.xml</sitemap>"
                + "<sitemap><loc>file:///etc/passwd</loc></sitemap></sitemapindex>");
    assertThat(parsed.links)
        .containsExactly(
            URI.create("https://harbour.example/a.xml"),
            URI.create("https://harbour.example/b.xml"));
    assertThat(parsed.rejects).isEmpty();
  }
}
