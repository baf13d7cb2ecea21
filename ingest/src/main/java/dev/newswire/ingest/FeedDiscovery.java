// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.HttpFetcher.Limits;
import dev.newswire.ingest.HttpFetcher.Validators;
import dev.newswire.ingest.formats.Addresses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The feeds that a web page offers to feed readers, by links of the kind {@code alternate}. */
public final class FeedDiscovery {

  private static final Limits LIMITS = new Limits(8 * 1024 * 1024, Duration.ofSeconds(15));

  /** Feeds are offered in a page's head, so its beginning is enough. */
  private static final int MOST_BYTES = 512 * 1024;

  private static final int MOST_FEEDS = 50;
  private static final Set<String> TYPES =
      Set.of(
          "application/rss+xml",
          "application/atom+xml",
          "application/rdf+xml",
          "application/feed+json",
          "application/json",
          "application/xml",
          "text/xml");

  private FeedDiscovery() {}

  /**
   * A feed that a page offers.
   *
   * @param title empty where it has none
   */
  public record Offer(String url, String title) {}

  /**
   * What an address offers where it is that of a web page. The address is taken as given by whoever
   * may give any, so it may be a private one.
   *
   * @param contact address in the User-Agent
   * @return empty where it is no page, or does not answer now
   */
  public static List<Offer> of(String url, String contact) {
    try {
      Fetched fetched = new HttpFetcher(contact, true, LIMITS).fetch(url, Validators.NONE);
      String type = fetched.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
      return fetched.status() == 200 && type.contains("html")
          ? offers(fetched.body(), url)
          : List.of();
    } catch (IOException e) {
      // It can be added all the same: the ingest that polls it says what is wrong then.
      return List.of();
    }
  }

  /** The feeds that a page offers, in its order. */
  static List<Offer> offers(byte[] page, String url) {
    Document document = parse(page, url);
    String base =
        Optional.ofNullable(document.selectFirst("base[href]"))
            .flatMap(element -> Addresses.absolute(element.attr("href"), url))
            .orElse(url);
    Map<String, Offer> offers = new LinkedHashMap<>();
    for (Element link : document.select("link[rel~=(?i)\\balternate\\b][href]")) {
      String type = link.attr("type").toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
      if (TYPES.contains(type) && offers.size() < MOST_FEEDS) {
        Addresses.absolute(link.attr("href"), base)
            .ifPresent(
                address ->
                    offers.putIfAbsent(address, new Offer(address, link.attr("title").strip())));
      }
    }
    return List.copyOf(offers.values());
  }

  private static Document parse(byte[] page, String url) {
    try {
      int length = Math.min(page.length, MOST_BYTES);
      return Jsoup.parse(new ByteArrayInputStream(page, 0, length), null, url);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be read", e);
    }
  }
}
