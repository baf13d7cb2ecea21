// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static dev.newswire.sink.Table.column;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.RelatedArticle;
import dev.newswire.schemas.Rendition;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Topic;
import dev.newswire.sink.Table.ColumnType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tables that hold articles, and the rows that an article makes in them. What is killed keeps
 * its row in {@link #ARTICLES} alone.
 */
final class ArticleTables {

  static final Table ARTICLES =
      new Table(
          "articles",
          List.of(
              column("number", ColumnType.NUMBER),
              column("article_id", ColumnType.TEXT),
              column("provider", ColumnType.TEXT),
              column("item_id", ColumnType.TEXT),
              column("feed", ColumnType.TEXT),
              column("url", ColumnType.TEXT),
              column("version", ColumnType.TEXT),
              column("version_created", ColumnType.MOMENT),
              column("received_at", ColumnType.MOMENT),
              column("first_created", ColumnType.MOMENT),
              column("published", ColumnType.MOMENT),
              column("status", ColumnType.TEXT),
              column("status_reason", ColumnType.TEXT),
              column("canceled_by", ColumnType.TEXT),
              column("embargoed", ColumnType.FLAG),
              column("embargo_until", ColumnType.MOMENT),
              column("expires", ColumnType.MOMENT),
              column("urgency", ColumnType.NUMBER),
              column("language", ColumnType.TEXT),
              column("headline", ColumnType.TEXT),
              column("slugline", ColumnType.TEXT),
              column("byline", ColumnType.TEXT),
              column("dateline", ColumnType.TEXT),
              column("body", ColumnType.TEXT),
              column("enricher", ColumnType.NUMBER),
              column("taxonomy", ColumnType.NUMBER),
              column("entity_list", ColumnType.NUMBER),
              column("model", ColumnType.TEXT),
              column("current_record", ColumnType.BYTES),
              column("content_record", ColumnType.BYTES)));

  static final Table ENTITIES =
      new Table(
          "article_entities",
          List.of(
              column("article_number", ColumnType.NUMBER),
              column("kind", ColumnType.TEXT),
              column("name", ColumnType.TEXT),
              column("name_words", ColumnType.TEXT),
              column("wikidata_id", ColumnType.TEXT),
              column("country", ColumnType.TEXT),
              column("latitude", ColumnType.REAL),
              column("longitude", ColumnType.REAL),
              column("salience", ColumnType.REAL),
              column("mention_count", ColumnType.NUMBER),
              column("mentions", ColumnType.JSON)));

  static final Table TOPICS =
      new Table(
          "article_topics",
          List.of(
              column("article_number", ColumnType.NUMBER),
              column("topic", ColumnType.TEXT),
              column("label", ColumnType.TEXT),
              column("origin", ColumnType.TEXT),
              column("strength", ColumnType.REAL),
              column("evidence", ColumnType.JSON)));

  static final Table RENDITIONS =
      new Table(
          "article_renditions",
          List.of(
              column("article_number", ColumnType.NUMBER),
              column("place", ColumnType.NUMBER),
              column("href", ColumnType.TEXT),
              column("media_type", ColumnType.TEXT),
              column("size", ColumnType.NUMBER),
              column("width", ColumnType.NUMBER),
              column("height", ColumnType.NUMBER),
              column("caption", ColumnType.TEXT),
              column("credit", ColumnType.TEXT)));

  static final Table RELATED =
      new Table(
          "article_related",
          List.of(
              column("article_number", ColumnType.NUMBER),
              column("place", ColumnType.NUMBER),
              column("relation", ColumnType.TEXT),
              column("related_article_id", ColumnType.TEXT),
              column("url", ColumnType.TEXT),
              column("title", ColumnType.TEXT)));

  static final Table REVISIONS =
      new Table(
          "revisions",
          List.of(
              column("article_id", ColumnType.TEXT),
              column("version", ColumnType.TEXT),
              column("version_created", ColumnType.MOMENT),
              column("received_at", ColumnType.MOMENT),
              column("content_hash", ColumnType.TEXT),
              column("status", ColumnType.TEXT),
              column("status_reason", ColumnType.TEXT),
              column("canceled_by", ColumnType.TEXT),
              column("headline", ColumnType.TEXT),
              column("body", ColumnType.TEXT),
              column("enricher", ColumnType.NUMBER),
              column("taxonomy", ColumnType.NUMBER),
              column("entity_list", ColumnType.NUMBER),
              column("failures", ColumnType.NUMBER),
              column("record", ColumnType.BYTES)));

  /** What is done where a revision is there already: kept, unless it was enriched better since. */
  static final String REVISIONS_ON_CONFLICT =
      " ON CONFLICT (article_id, received_at, content_hash, version) DO UPDATE SET"
          + " enricher = excluded.enricher, taxonomy = excluded.taxonomy,"
          + " entity_list = excluded.entity_list, failures = excluded.failures,"
          + " record = excluded.record"
          + " WHERE (revisions.enricher, revisions.taxonomy, revisions.entity_list,"
          + " -revisions.failures) < (excluded.enricher, excluded.taxonomy, excluded.entity_list,"
          + " -excluded.failures)";

  private static final JsonFactory JSON = new JsonFactory();

  private ArticleTables() {}

  /** The rows of one article in all tables but the index of words. */
  record Rows(List<Object> article, Map<Table, List<List<Object>>> parts) {

    List<List<Object>> of(Table part) {
      return parts.getOrDefault(part, List.of());
    }
  }

  /** The tables whose rows are parts of an article. */
  static final List<Table> PARTS = List.of(ENTITIES, TOPICS, RENDITIONS, RELATED);

  /** The rows of these articles, by their numbers; made on all processors, for encoding is dear. */
  static List<Rows> rows(Map<Long, ArticleState> articles) {
    return articles.entrySet().parallelStream()
        .map(
            entry ->
                new Rows(
                    article(entry.getKey(), entry.getValue()),
                    parts(entry.getKey(), entry.getValue())))
        .toList();
  }

  private static List<Object> article(long number, ArticleState state) {
    EnrichedArticle current = state.current();
    Article article = current.getArticle();
    Article content = state.content().getArticle();
    Revision revision = article.getRevision();
    EnrichmentStamp stamp = current.getStamp();
    return Arrays.asList(
        number,
        Words.storable(article.getId()),
        Words.storable(article.getProvider()),
        Words.storable(article.getItemId()),
        Words.storable(article.getFeed()),
        Words.storable(content.getUrl()),
        Words.storable(revision.getVersion()),
        revision.getVersionCreated(),
        revision.getReceivedAt(),
        content.getFirstCreated(),
        content.getPublished(),
        word(article.getStatus()),
        Words.storable(article.getStatusReason()),
        Words.storable(article.getCanceledBy()),
        article.getEmbargo() != null,
        article.getEmbargo() == null ? null : article.getEmbargo().getUntil(),
        article.getExpires(),
        content.getUrgency() == null ? null : content.getUrgency().longValue(),
        Words.storable(state.content().getLanguage()),
        Words.storable(content.getHeadline()),
        Words.storable(content.getSlugline()),
        Words.storable(content.getByline()),
        Words.storable(content.getDateline()),
        Words.storable(content.getBody()),
        (long) stamp.getEnricher(),
        stamp.getTaxonomy(),
        stamp.getEntityList(),
        Words.storable(stamp.getModel()),
        RecordBytes.of(current),
        state.content().equals(current) ? null : RecordBytes.of(state.content()));
  }

  /** What is found of an article beside itself; nothing of one that was killed. */
  private static Map<Table, List<List<Object>>> parts(long number, ArticleState state) {
    if (!visible(state)) {
      return Map.of();
    }
    EnrichedArticle content = state.content();
    return Map.of(
        ENTITIES, entities(number, content),
        TOPICS, topics(number, content),
        RENDITIONS, renditions(number, content.getArticle()),
        RELATED, related(number, content.getArticle()));
  }

  private static List<List<Object>> renditions(long number, Article content) {
    List<List<Object>> rows = new ArrayList<>();
    for (Rendition rendition : content.getRenditions()) {
      rows.add(
          Arrays.asList(
              number,
              rows.size() + 1L,
              Words.storable(rendition.getHref()),
              Words.storable(rendition.getMediaType()),
              rendition.getSize(),
              rendition.getWidth() == null ? null : rendition.getWidth().longValue(),
              rendition.getHeight() == null ? null : rendition.getHeight().longValue(),
              Words.storable(rendition.getCaption()),
              Words.storable(rendition.getCredit())));
    }
    return rows;
  }

  private static List<List<Object>> related(long number, Article content) {
    List<List<Object>> rows = new ArrayList<>();
    for (RelatedArticle related : content.getRelated()) {
      rows.add(
          Arrays.asList(
              number,
              rows.size() + 1L,
              Words.storable(related.getRelation()),
              Words.storable(related.getArticleId()),
              Words.storable(related.getUrl()),
              Words.storable(related.getTitle())));
    }
    return rows;
  }

  private static List<List<Object>> entities(long number, EnrichedArticle content) {
    List<List<Object>> rows = new ArrayList<>();
    for (Entity entity : content.getEntities()) {
      rows.add(
          Arrays.asList(
              number,
              word(entity.getKind()),
              Words.storable(entity.getName()),
              " " + Words.folded(entity.getName()) + " ",
              Words.storable(entity.getWikidataId()),
              Words.storable(entity.getCountry()),
              entity.getLatitude(),
              entity.getLongitude(),
              real(entity.getSalience()),
              (long) entity.getMentions().size(),
              json(entity.getMentions())));
    }
    return rows;
  }

  private static List<List<Object>> topics(long number, EnrichedArticle content) {
    List<List<Object>> rows = new ArrayList<>();
    for (Topic topic : content.getTopics()) {
      rows.add(
          Arrays.asList(
              number,
              Words.storable(topic.getId()),
              Words.storable(topic.getLabel()),
              word(topic.getOrigin()),
              real(topic.getStrength()),
              json(topic.getEvidence())));
    }
    return rows;
  }

  static List<Object> revision(EnrichedArticle record) {
    Article article = record.getArticle();
    Revision revision = article.getRevision();
    return Arrays.asList(
        Words.storable(article.getId()),
        revision.getVersion() == null ? "" : Words.storable(revision.getVersion()),
        revision.getVersionCreated(),
        revision.getReceivedAt(),
        Words.storable(revision.getContentHash()),
        word(article.getStatus()),
        Words.storable(article.getStatusReason()),
        Words.storable(article.getCanceledBy()),
        Words.storable(article.getHeadline()),
        Words.storable(article.getBody()),
        (long) record.getStamp().getEnricher(),
        record.getStamp().getTaxonomy(),
        record.getStamp().getEntityList(),
        (long) record.getStamp().getFailures().size(),
        RecordBytes.of(record));
  }

  /** Whether the article is found by its text, entities and topics: not where it was killed. */
  static boolean visible(ArticleState state) {
    return state.current().getArticle().getStatus() != Status.CANCELED;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The number as it is written, rather than the double nearest to its float. */
  private static double real(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  private static String json(List<Mention> mentions) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartArray();
      for (Mention mention : mentions) {
        generator.writeStartObject();
        generator.writeStringField("field", word(mention.getField()));
        generator.writeNumberField("start", mention.getStart());
        generator.writeNumberField("end", mention.getEnd());
        generator.writeStringField("text", Words.storable(mention.getText()));
        generator.writeEndObject();
      }
      generator.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
