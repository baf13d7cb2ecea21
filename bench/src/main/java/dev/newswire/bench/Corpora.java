// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.TextField;
import dev.newswire.schemas.Topic;
import dev.newswire.schemas.TopicOrigin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Real newswire texts: JSON lines with a title and a body or text, gzipped. */
final class Corpora {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant FIRST_PUBLISHED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Pattern NAME = Pattern.compile("[A-Z][a-z]+(?: [A-Z][a-z]+)+");

  private Corpora() {}

  /** Texts of the Reuters and the BBC corpus, in turns, at most so many. */
  static List<RawArticle> articles(Path folder, int most) throws IOException {
    List<RawArticle> articles = new ArrayList<>();
    for (String file : List.of("reuters21578.jsonl.gz", "bbc-news.jsonl.gz")) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(folder.resolve(file))), UTF_8))) {
        for (int number = 0; number < most / 2; ) {
          String line = lines.readLine();
          if (line == null) {
            break;
          }
          JsonNode json = JSON.readTree(line);
          String body = json.path("body").asText(json.path("text").asText(""));
          if (body.length() > 80) {
            articles.add(article(file + "-" + number, json.path("title").asText(""), body));
            number++;
          }
        }
      }
    }
    return articles;
  }

  /**
   * As many articles as wanted, with ids and moments of their own: the texts again and again, with
   * the names in them as entities and two of forty topics. Number 0 is of the first of 2026, and
   * each next one five minutes later.
   */
  static EnrichedArticle enriched(List<RawArticle> texts, int number) {
    Article text = texts.get(number % texts.size()).getArticle();
    String id = Integer.toString(number);
    Instant published = FIRST_PUBLISHED.plusSeconds(300L * number);
    return EnrichedArticle.newBuilder()
        .setArticle(
            Article.newBuilder(text)
                .setId("bench/" + id)
                .setItemId(id)
                .setRevision(
                    Revision.newBuilder()
                        .setReceivedAt(published)
                        .setContentHash(ContentHash.sha256(id.getBytes(UTF_8)))
                        .build())
                .setPublished(published)
                .build())
        .setLanguage("en")
        .setEntities(entities(text.getBody()))
        .setTopics(List.of(topic("topic-" + number % 40), topic("topic-" + (number * 7 + 1) % 40)))
        .setStamp(
            EnrichmentStamp.newBuilder().setEnricher(1).setTaxonomy(1).setModel("bench").build())
        .build();
  }

  /** Two words or more with capitals, up to eight of them. */
  private static List<Entity> entities(String body) {
    Map<String, Entity> entities = new LinkedHashMap<>();
    Matcher names = NAME.matcher(body);
    while (names.find() && entities.size() < 8) {
      String name = names.group();
      entities.putIfAbsent(
          name,
          Entity.newBuilder()
              .setKind(EntityKind.PERSON)
              .setName(name)
              .setWikidataId("Q" + Math.floorMod(name.hashCode(), 1_000_000))
              .setSalience(0.5f)
              .setMentions(List.of(new Mention(TextField.BODY, names.start(), names.end(), name)))
              .build());
    }
    return List.copyOf(entities.values());
  }

  private static Topic topic(String id) {
    return Topic.newBuilder()
        .setId(id)
        .setLabel("Topic " + id)
        .setOrigin(TopicOrigin.RULE)
        .setStrength(0.75f)
        .setEvidence(List.of(new Mention(TextField.BODY, 0, 3, "the")))
        .build();
  }

  /** An article of this text. */
  static RawArticle article(String id, String headline, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    Article article =
        Article.newBuilder()
            .setId("bench/" + id)
            .setProvider("bench")
            .setItemId(id)
            .setFeed("bench")
            .setRevision(
                Revision.newBuilder()
                    .setReceivedAt(Instant.EPOCH)
                    .setContentHash(ContentHash.sha256(bytes))
                    .build())
            .setPublished(Instant.EPOCH)
            .setStatus(Status.USABLE)
            .setHeadline(headline)
            .setBody(body)
            .build();
    return new RawArticle(
        article,
        new Original(ByteBuffer.wrap(bytes), "text/plain", "text", ContentHash.sha256(bytes), "b"),
        List.of(),
        null);
  }
}
