// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** A made-up article that uses what an ordinary one uses. */
final class WarmUp {

  /** How often it is enriched: the last rounds take a few milliseconds each. */
  static final int ROUNDS = 5;

  private static final String HEADLINE = "Leaders meet in Geneva as talks on grain exports resume";

  private static final String PARAGRAPH =
      """
      GENEVA (AP) - The president of the European Central Bank, Maria Lindqvist, said on Tuesday \
      that talks with Ukraine and Turkey on exports of grain would resume next week. "We expect \
      an agreement by March," she told reporters. Mr Lindqvist's office did not comment. Shares \
      of Hartwell Shipping Corp. rose 4.5% in London, and oil fell below $80 a barrel.

      The United Nations and the Red Cross have warned of a shortage in Sudan, Yemen and parts of \
      Asia, where prices have doubled since 2021. John Baker, a professor at the University of \
      Michigan, said that the police had arrested two people after an earthquake in Peru.
      """;

  private WarmUp() {}

  static RawArticle article() {
    Instant moment = Instant.parse("2026-01-01T00:00:00Z");
    Article article =
        Article.newBuilder()
            .setId("newswire/warm-up")
            .setProvider("newswire")
            .setItemId("warm-up")
            .setFeed("newswire")
            .setPublished(moment)
            .setHeadline(HEADLINE)
            .setBody(PARAGRAPH.repeat(4))
            .setStatus(Status.USABLE)
            .setRevision(Revision.newBuilder().setReceivedAt(moment).setContentHash("").build())
            .build();
    Original original =
        Original.newBuilder()
            .setBytes(ByteBuffer.allocate(0))
            .setMediaType("text/plain")
            .setFormat("warm-up")
            .setSha256("")
            .setSource("")
            .build();
    return RawArticle.newBuilder()
        .setArticle(article)
        .setOriginal(original)
        .setWarnings(List.of())
        .build();
  }
}
