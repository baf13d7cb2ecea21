// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.RawArticle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What came out of a delivery, kept for a test to look at. */
final class Parsed implements Output {

  /** When the deliveries of the tests are received. */
  static final Instant RECEIVED = Instant.parse("2026-03-04T12:00:00Z");

  final List<RawArticle> raws = new ArrayList<>();
  final List<Reject> rejects = new ArrayList<>();
  final List<URI> links = new ArrayList<>();
  final List<FeedNotice> notices = new ArrayList<>();

  static Delivery delivery() {
    return Delivery.of("wire", "wire-news", "https://wire.example/news", RECEIVED);
  }

  static Parsed of(String document) {
    return of(document.getBytes(StandardCharsets.UTF_8));
  }

  static Parsed of(byte[] document) {
    return of(delivery(), document);
  }

  /** A delivery in memory; out of a stream, the same is read. */
  static Parsed of(Delivery delivery, byte[] document) {
    Parsed parsed = new Parsed();
    new Formats().parse(delivery, document, parsed);
    Parsed streamed = of(delivery, new ByteArrayInputStream(document));
    assertThat(streamed.raws).isEqualTo(parsed.raws);
    assertThat(streamed.reasons()).isEqualTo(parsed.reasons());
    return parsed;
  }

  static Parsed of(Delivery delivery, InputStream document) {
    Parsed parsed = new Parsed();
    try {
      new Formats().parse(delivery, document, parsed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parsed;
  }

  @Override
  public void article(ParsedArticle article) {
    raws.add(article.raw());
  }

  @Override
  public void reject(Reject reject) {
    rejects.add(reject);
  }

  @Override
  public void link(URI address) {
    links.add(address);
  }

  @Override
  public void notice(FeedNotice notice) {
    notices.add(notice);
  }

  List<Article> articles() {
    return raws.stream().map(RawArticle::getArticle).toList();
  }

  List<String> headlines() {
    return articles().stream().map(Article::getHeadline).toList();
  }

  boolean isNothing() {
    return raws.isEmpty() && rejects.isEmpty();
  }

  List<String> reasons() {
    return rejects.stream().map(Reject::reason).toList();
  }

  /** The one article of a delivery in which all was read. */
  Article article() {
    if (raws.size() != 1 || !rejects.isEmpty()) {
      throw new AssertionError(raws.size() + " articles; rejected: " + reasons());
    }
    return raws.get(0).getArticle();
  }

  /** All of them as sheets, one under the other. */
  String sheets() {
    StringBuilder sheets = new StringBuilder();
    raws.forEach(raw -> sheets.append(Sheet.of(raw)));
    rejects.forEach(reject -> sheets.append("REJECT ").append(reject.reason()).append('\n'));
    return sheets.toString();
  }
}
