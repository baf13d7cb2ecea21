// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.HttpFetcher.Validators;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.ingest.formats.Output;
import dev.newswire.ingest.formats.ParsedArticle;
import dev.newswire.ingest.formats.Reject;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fetches the pages of articles of which the feed carries only a teaser, as far as robots.txt
 * allows it, and takes the articles' texts from them. Thread-safe.
 */
final class Pages {

  private static final String FORMAT = "html";
  private static final HttpFetcher.Limits LIMITS =
      new HttpFetcher.Limits(8 * 1024 * 1024, Duration.ofSeconds(30));

  private final HttpFetcher fetcher;
  private final Robots robots;
  private final Formats formats = new Formats();
  private final Clock clock;

  Pages(HttpFetcher fetcher, Clock clock) {
    this.fetcher = fetcher;
    this.robots = new Robots(fetcher, clock);
    this.clock = clock;
  }

  /**
   * An article after its page was asked for.
   *
   * @param article with the page's text; or as it was, with a warning that says what was wrong
   * @param miss why the text could not be had; empty where it was
   * @param retryAfter how long the host wants to be left alone because it has too much to do
   * @param pause how long it wants to be left alone after any page
   */
  record Page(
      RawArticle article, Optional<String> miss, Optional<Duration> retryAfter, Duration pause) {}

  /** Whether the article may have a text on a page that the feed does not carry. */
  static boolean lacksText(RawArticle raw) {
    Article article = raw.getArticle();
    return article.getPartial()
        && article.getStatus() == Status.USABLE
        && article.getUrl() != null
        && article.getUrl().matches("(?i)https?://.+");
  }

  /** Fetches the page of an article that lacks its text. */
  Page fetch(Delivery delivery, RawArticle teaser) {
    return fetch(delivery, teaser, fetcher);
  }

  /** Fetches the page of an article that lacks its text, as its feed is fetched. */
  Page fetch(Delivery delivery, RawArticle teaser, HttpFetcher by) {
    String address = teaser.getArticle().getUrl();
    Optional<Duration> retryAfter = Optional.empty();
    String miss;
    try {
      Fetched fetched =
          by.withLimits(LIMITS)
              .forPages()
              .fetch(address, Validators.NONE, target -> robots.check(target, by));
      int status = fetched.status();
      if (status == 200) {
        return page(delivery, teaser, fetched);
      }
      miss = "the server answered " + status;
      if (status == 429 || status == 503) {
        retryAfter = PollRules.retryAfter(fetched, clock.instant());
      }
    } catch (IOException e) {
      miss = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
    return new Page(missed(teaser, miss), Optional.of(miss), retryAfter, pause(address));
  }

  private Page page(Delivery delivery, RawArticle teaser, Fetched fetched) {
    String address = teaser.getArticle().getUrl();
    RawArticle kept = RawArticle.newBuilder(teaser).setPage(original(address, fetched)).build();
    Optional<Article> page = parse(delivery, address, fetched);
    int teased = teaser.getArticle().getBody().length();
    Optional<RawArticle> whole =
        page.filter(article -> !article.getPartial() && article.getBody().length() > teased)
            .map(article -> withText(kept, article));
    return whole
        .map(article -> new Page(article, Optional.empty(), Optional.empty(), pause(address)))
        .orElseGet(
            () -> {
              String miss = "no article's text was found on it";
              return new Page(
                  missed(kept, miss), Optional.of(miss), Optional.empty(), pause(address));
            });
  }

  private static Original original(String address, Fetched fetched) {
    return new Original(
        ByteBuffer.wrap(fetched.body()),
        fetched.header("Content-Type").orElse("text/html"),
        FORMAT,
        ContentHash.sha256(fetched.body()),
        address);
  }

  private Optional<Article> parse(Delivery delivery, String address, Fetched fetched) {
    Instant now = clock.instant();
    Delivery page =
        Delivery.of(delivery.provider(), delivery.feed(), address, now).withFormat(FORMAT);
    List<Article> articles = new ArrayList<>();
    formats.parse(
        fetched.header("Content-Type").map(page::withMediaType).orElse(page),
        fetched.body(),
        new Output() {
          @Override
          public void article(ParsedArticle parsed) {
            articles.add(parsed.article());
          }

          @Override
          public void reject(Reject reject) {
            // Without an article there is no text, which is what the caller says then.
          }
        });
    return articles.stream().findFirst();
  }

  private Duration pause(String address) {
    try {
      return robots.crawlDelay(new URI(address));
    } catch (URISyntaxException e) {
      // Nothing was asked, so nobody wants to be left alone.
      return Duration.ZERO;
    }
  }

  /** The article with the page's text; all that the feed says about it stays. */
  private static RawArticle withText(RawArticle teaser, Article page) {
    Article given = teaser.getArticle();
    Article.Builder article =
        Article.newBuilder(given)
            .setBody(page.getBody())
            .setBodyHtml(page.getBodyHtml())
            .setPartial(false);
    if (given.getByline() == null) {
      article.setByline(page.getByline());
    }
    if (given.getLanguage() == null) {
      article.setLanguage(page.getLanguage());
    }
    Article whole = article.build();
    whole.setRevision(
        Revision.newBuilder(given.getRevision()).setContentHash(ContentHash.of(whole)).build());
    return RawArticle.newBuilder(teaser).setArticle(whole).build();
  }

  /** An article whose page was not asked for. */
  static Page without(RawArticle teaser, String miss) {
    return new Page(missed(teaser, miss), Optional.of(miss), Optional.empty(), Duration.ZERO);
  }

  private static RawArticle missed(RawArticle teaser, String miss) {
    List<String> warnings = new ArrayList<>(teaser.getWarnings());
    warnings.add("The text is only a teaser; the page could not be had: " + miss + ".");
    return RawArticle.newBuilder(teaser).setWarnings(warnings).build();
  }
}
