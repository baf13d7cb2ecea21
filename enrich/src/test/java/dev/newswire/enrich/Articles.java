// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.ArticleId;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Raw articles for the tests of this module. */
public final class Articles {

  static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private Articles() {}

  public static RawArticle raw(String itemId, String headline, String body) {
    return raw(article(itemId, headline, body).build());
  }

  static RawArticle raw(Article article) {
    byte[] bytes = article.getBody().getBytes(StandardCharsets.UTF_8);
    return new RawArticle(
        article,
        new Original(
            ByteBuffer.wrap(bytes), "text/plain", "text", ContentHash.sha256(bytes), "feed.txt"),
        List.of(),
        null);
  }

  static Article.Builder article(String itemId, String headline, String body) {
    return Article.newBuilder()
        .setId(ArticleId.of("tidewater", itemId))
        .setProvider("tidewater")
        .setItemId(itemId)
        .setFeed("tidewater-world")
        .setRevision(Revision.newBuilder().setReceivedAt(NOW).setContentHash("").build())
        .setPublished(NOW)
        .setStatus(Status.USABLE)
        .setHeadline(headline)
        .setBody(body);
  }
}
