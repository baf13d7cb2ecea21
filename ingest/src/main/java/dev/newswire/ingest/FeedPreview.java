// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.util.stream.Collectors.toCollection;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.HttpFetcher.Validators;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.ingest.formats.ParsedArticle;
import dev.newswire.ingest.formats.Reject;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.RawArticle;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a feed would give now, without anything being published.
 *
 * @param articles that would be published; of the first few that lack their text, the pages were
 *     fetched where that was asked for
 * @param rejects that would become dead letters
 */
public record FeedPreview(List<RawArticle> articles, List<Reject> rejects) {

  /** Of how many articles the pages are fetched at most. */
  public static final int MOST_PAGES = 3;

  /**
   * Fetches and parses a feed once.
   *
   * @param fetchPages whether the pages of articles that lack their text are fetched
   * @param contact address in the User-Agent
   * @param privateAddresses whether the feed may be on a loopback or private address
   * @param credentials those that there are
   * @param credential the name of the one that the feed is asked for with; empty for none
   * @throws UserError where there is no such credential, or the feed does not answer, or answers
   *     with an error or a web page
   */
  public static FeedPreview of(
      String url,
      boolean fetchPages,
      String contact,
      boolean privateAddresses,
      Credentials credentials,
      Optional<String> credential) {
    try {
      HttpFetcher fetcher =
          new Fetchers(new HttpFetcher(contact, privateAddresses), credentials).of(credential);
      Fetched fetched = fetcher.fetch(url, Validators.NONE);
      if (fetched.status() != 200) {
        throw new UserError(
            fetched.status() == 304
                ? PollRules.UNASKED_304
                : "the server answered " + fetched.status());
      }
      Delivery delivery =
          Delivery.of("preview", "preview", url, Clock.systemUTC().instant()).asFeedOnly();
      Formats.Content content = read(delivery, fetched);
      List<RawArticle> articles =
          content.articles().stream().map(ParsedArticle::raw).collect(toCollection(ArrayList::new));
      if (fetchPages) {
        fetchPages(new Pages(fetcher, Clock.systemUTC()), delivery, articles);
      }
      return new FeedPreview(List.copyOf(articles), content.rejects());
    } catch (UserError | IOException e) {
      throw new UserError("'" + url + "': " + e.getMessage(), e);
    }
  }

  private static Formats.Content read(Delivery delivery, Fetched fetched) {
    Optional<String> type = fetched.header("Content-Type");
    List<String> offers =
        type.filter(value -> value.toLowerCase(Locale.ROOT).contains("html")).isPresent()
            ? FeedDiscovery.offers(fetched.body(), delivery.source()).stream()
                .map(FeedDiscovery.Offer::url)
                .toList()
            : List.of();
    if (!offers.isEmpty()) {
      throw new UserError("it is a web page; its feeds are " + String.join(", ", offers));
    }
    return new Formats().read(type.map(delivery::withMediaType).orElse(delivery), fetched.body());
  }

  private static void fetchPages(Pages pages, Delivery delivery, List<RawArticle> articles) {
    int fetched = 0;
    for (int i = 0; i < articles.size() && fetched < MOST_PAGES; i++) {
      if (Pages.lacksText(articles.get(i))) {
        Pages.Page page = pages.fetch(delivery, articles.get(i));
        articles.set(i, page.article());
        fetched++;
        leaveAlone(page.pause());
      }
    }
  }

  /** The host's crawl delay. */
  private static void leaveAlone(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
