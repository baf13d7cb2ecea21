// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.RawArticle;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An article as a parser read it, with the bytes that it came from. Nothing is hashed yet: hashes
 * tell what is new from what was published before, which is for whoever publishes to ask. Not
 * thread-safe.
 */
public final class ParsedArticle {

  private final Article article;
  private final ByteBuffer original;
  private final String mediaType;
  private final String format;
  private final String source;
  private final List<String> warnings;

  /**
   * @param article all of it but its content hash
   * @param original the item's own bytes, a part of the delivery's; kept, not copied
   * @param source where the bytes came from
   */
  ParsedArticle(
      Article article,
      ByteBuffer original,
      String mediaType,
      String format,
      String source,
      List<String> warnings) {
    this.article = article;
    this.original = original;
    this.mediaType = mediaType;
    this.format = format;
    this.source = source;
    this.warnings = List.copyOf(warnings);
  }

  /** The article; the content hash of its revision is empty until the record is made. */
  public Article article() {
    return article;
  }

  /**
   * Keeps the id under which the article was published before.
   *
   * @param articleId of the same provider
   */
  public void keepId(String articleId) {
    article.setItemId(articleId.substring(article.getProvider().length() + 1));
    article.setId(articleId);
  }

  /** The record to publish, whose article this one is from then on. */
  public RawArticle raw() {
    return raw(ContentHash.of(article));
  }

  /**
   * The same for those who have asked for the hash of its content already.
   *
   * @param contentHash what {@link ContentHash#of} makes of the article
   */
  public RawArticle raw(String contentHash) {
    article.getRevision().setContentHash(contentHash);
    return new RawArticle(
        article,
        new Original(original, mediaType, format, ContentHash.sha256(original), source),
        warnings,
        null);
  }
}
