// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.TextField;
import dev.newswire.schemas.Topic;
import dev.newswire.schemas.TopicOrigin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Enriched articles for tests. */
final class Samples {

  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private Samples() {}

  /** Revision {@code version} of an article, made {@code version} minutes after noon. */
  static Article.Builder article(String itemId, int version, String headline) {
    return Article.newBuilder()
        .setId("tidewater/" + itemId)
        .setProvider("tidewater")
        .setItemId(itemId)
        .setFeed("tidewater-world")
        .setRevision(revision(version, headline))
        .setPublished(NOON)
        .setStatus(Status.USABLE)
        .setHeadline(headline)
        .setBody("The delegations met again on Monday, the ministry in Ansel said.");
  }

  static Revision revision(int version, String headline) {
    return Revision.newBuilder()
        .setVersion(Integer.toString(version))
        .setVersionNumber((long) version)
        .setVersionCreated(NOON.plusSeconds(60L * version))
        .setReceivedAt(NOON.plusSeconds(60L * version + 5))
        .setContentHash(ContentHash.sha256((version + headline).getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  static EnrichedArticle enriched(Article.Builder article) {
    return enriched(article, 1);
  }

  static EnrichedArticle enriched(Article.Builder article, long taxonomy) {
    return EnrichedArticle.newBuilder()
        .setArticle(article.build())
        .setLanguage("en")
        .setEntities(List.of(place("Ansel", "Q1000001", 56)))
        .setTopics(List.of(topic("truce-" + taxonomy)))
        .setStamp(
            EnrichmentStamp.newBuilder()
                .setEnricher(1)
                .setTaxonomy(taxonomy)
                .setModel("test")
                .build())
        .build();
  }

  /** A usable article of its own with this headline. */
  static EnrichedArticle usable(String itemId, int version, String headline) {
    return enriched(article(itemId, version, headline));
  }

  /** A kill without a text. */
  static EnrichedArticle kill(String itemId, int version) {
    return enriched(
        article(itemId, version, "")
            .setBody("")
            .setStatus(Status.CANCELED)
            .setStatusReason("legal"));
  }

  static Entity place(String name, String wikidataId, int at) {
    return Entity.newBuilder()
        .setKind(EntityKind.PLACE)
        .setName(name)
        .setWikidataId(wikidataId)
        .setCountry("AN")
        .setLatitude(12.5)
        .setLongitude(-3.25)
        .setSalience(0.5f)
        .setMentions(List.of(new Mention(TextField.BODY, at, at + name.length(), name)))
        .build();
  }

  static Topic topic(String id) {
    return Topic.newBuilder()
        .setId(id)
        .setLabel("Topic " + id)
        .setOrigin(TopicOrigin.RULE)
        .setStrength(0.75f)
        .setEvidence(List.of(new Mention(TextField.BODY, 4, 15, "delegations")))
        .build();
  }
}
