// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Embargo;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Enriched articles for tests: invented texts. */
final class Wire {

  static final Instant START = Instant.parse("2025-03-03T08:00:00Z");

  static final String FERRY =
      """
      A ferry with 212 passengers ran aground off Marlow Island on Monday morning, the coast guard of
      Westhaven said. Nobody was hurt. Four tugs tried to pull the Lady Ashby free at high tide.

      The captain, Thomas Lindqvist, told reporters that the rudder had failed minutes before the
      ship struck the Brackley sandbank. The operator, Northford Lines, said that divers would look
      at the hull before the ferry was towed to the port of Melton for repairs.
      """;

  static final String MORE_ON_THE_FERRY =
      """
      Tugs freed the ferry Lady Ashby from the Brackley sandbank late on Monday, hours after it ran
      aground off Marlow Island with its rudder out of order. Passengers were brought to Melton by
      lifeboats of the Westhaven coast guard, and Northford Lines cancelled the sailings of the week.

      Captain Thomas Lindqvist will be heard by investigators, who took the ferry's voyage recorder.
      """;

  static final String ELECTION =
      """
      Voters in Dunmore elected a new mayor on Sunday: Maria Alvarez of the Harbour List won 54
      percent in the second round against Peter Okafor, the candidate of the Labour Union. Turnout
      was higher than ever since the war, the electoral commission said when it closed the count.
      """;

  private final String id;
  private final String provider;
  private final Duration after;
  private String headline = "";
  private String body = "";
  private int version = 1;
  private Status status = Status.USABLE;
  private Embargo embargo;
  private int taxonomy = 1;
  private String language = "en";
  private List<String> signals = List.of();

  private Wire(String id, String provider, Duration after) {
    this.id = id;
    this.provider = provider;
    this.after = after;
  }

  /** An article that came so many minutes after the start. */
  static Wire article(String provider, String item, int minutes) {
    return new Wire(provider + "/" + item, provider, Duration.ofMinutes(minutes));
  }

  Wire saying(String otherHeadline, String otherBody) {
    headline = otherHeadline;
    body = otherBody;
    return this;
  }

  Wire version(int number) {
    version = number;
    return this;
  }

  Wire taxonomy(int number) {
    taxonomy = number;
    return this;
  }

  Wire signal(String name) {
    signals = List.of(name);
    return this;
  }

  Wire language(String code) {
    language = code;
    return this;
  }

  Wire status(Status other) {
    status = other;
    return this;
  }

  Wire embargoedFor(Duration time) {
    embargo = new Embargo(START.plus(time), null);
    return this;
  }

  EnrichedArticle enriched() {
    Instant when = START.plus(after);
    Article article =
        Article.newBuilder()
            .setId(id)
            .setProvider(provider)
            .setItemId(id.substring(provider.length() + 1))
            .setFeed(provider)
            .setRevision(
                Revision.newBuilder()
                    .setVersion(Integer.toString(version))
                    .setVersionNumber((long) version)
                    .setReceivedAt(when)
                    .setContentHash("")
                    .build())
            .setPublished(when)
            .setStatus(status)
            .setEmbargo(embargo)
            .setSignals(signals)
            .setHeadline(headline)
            .setBody(body)
            .build();
    article.getRevision().setContentHash(ContentHash.of(article));
    return EnrichedArticle.newBuilder()
        .setArticle(article)
        .setLanguage(language)
        .setEntities(List.of())
        .setTopics(List.of())
        .setStamp(
            EnrichmentStamp.newBuilder()
                .setEnricher(1)
                .setTaxonomy(taxonomy)
                .setModel("test")
                .build())
        .build();
  }
}
