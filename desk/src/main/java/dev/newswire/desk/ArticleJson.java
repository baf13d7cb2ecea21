// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.schemas.AnnotatorFailure;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Topic;
import dev.newswire.sink.Hit;
import dev.newswire.sink.Search.Withdrawal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Published articles as the API gives them. */
final class ArticleJson {

  /** The only addresses that a page may make a link of. */
  private static final Pattern WEB = Pattern.compile("(?i)https?://[^\\s\"<>]{1,2000}");

  private static final int ENTITIES_OF_A_ROW = 6;

  /** Code points, as many as a search gives. */
  private static final int EXCERPT = 240;

  private ArticleJson() {}

  /** An article that nobody searched for. */
  static Hit unmarked(EnrichedArticle record) {
    String body = record.getArticle().getBody();
    int end = body.offsetByCodePoints(0, Math.min(EXCERPT, body.codePointCount(0, body.length())));
    return new Hit(record, record.getArticle().getHeadline(), body.substring(0, end));
  }

  /** A row of a list, without the text. */
  static void row(JsonGenerator json, Hit hit) throws IOException {
    head(json, hit.record());
    marked(json, "headlineMarks", hit.headline());
    marked(json, "excerpt", hit.excerpt());
    json.writeArrayFieldStart("entities");
    for (Entity entity : hit.record().getEntities().stream().limit(ENTITIES_OF_A_ROW).toList()) {
      json.writeString(entity.getName());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("topics");
    for (Topic topic : hit.record().getTopics()) {
      json.writeStartObject();
      json.writeStringField("id", topic.getId());
      json.writeStringField("label", topic.getLabel());
      json.writeStringField("origin", lower(topic.getOrigin()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void head(JsonGenerator json, EnrichedArticle record) throws IOException {
    Article article = record.getArticle();
    json.writeStringField("id", article.getId());
    json.writeStringField("provider", article.getProvider());
    json.writeStringField("feed", article.getFeed());
    json.writeStringField("headline", article.getHeadline());
    Json.moment(json, "published", article.getPublished());
    Json.text(json, "language", record.getLanguage());
    Json.text(json, "url", url(article));
    Json.text(json, "slugline", article.getSlugline());
    if (article.getUrgency() != null) {
      json.writeNumberField("urgency", article.getUrgency());
    }
    strings(json, "signals", article.getSignals());
  }

  /** The article's address if it is one of the web, else null. */
  static String url(Article article) {
    return article.getUrl() != null && WEB.matcher(article.getUrl()).matches()
        ? article.getUrl()
        : null;
  }

  /** A text in pieces, of which every second was found: the first, which may be empty, was not. */
  private static void marked(JsonGenerator json, String name, String text) throws IOException {
    json.writeArrayFieldStart(name);
    int from = 0;
    for (int at = text.indexOf(Hit.START); at >= 0; at = text.indexOf(Hit.START, from)) {
      int end = text.indexOf(Hit.END, at);
      if (end < 0) {
        break;
      }
      json.writeString(text.substring(from, at));
      json.writeString(text.substring(at + 1, end));
      from = end + 1;
    }
    json.writeString(text.substring(from));
    json.writeEndArray();
  }

  static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** An article with all that is known of it. */
  static void whole(JsonGenerator json, EnrichedArticle record) throws IOException {
    head(json, record);
    Article article = record.getArticle();
    Json.text(json, "byline", article.getByline());
    Json.text(json, "dateline", article.getDateline());
    Json.text(json, "creditLine", article.getCreditLine());
    Json.text(json, "takeKey", article.getTakeKey());
    strings(json, "editorNotes", article.getEditorNotes());
    json.writeStringField("body", article.getBody());
    json.writeBooleanField("partial", article.getPartial());
    json.writeObjectFieldStart("revision");
    Json.text(json, "version", article.getRevision().getVersion());
    Json.moment(json, "created", article.getRevision().getVersionCreated());
    Json.moment(json, "received", article.getRevision().getReceivedAt());
    json.writeEndObject();
    entities(json, record.getEntities());
    topics(json, record.getTopics());
    json.writeObjectFieldStart("enrichment");
    json.writeNumberField("enricher", record.getStamp().getEnricher());
    json.writeNumberField("taxonomy", record.getStamp().getTaxonomy());
    json.writeStringField("model", record.getStamp().getModel());
    json.writeArrayFieldStart("failures");
    for (AnnotatorFailure failure : record.getStamp().getFailures()) {
      json.writeString(failure.getAnnotator() + ": " + failure.getReason());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void entities(JsonGenerator json, List<Entity> entities) throws IOException {
    json.writeArrayFieldStart("entities");
    for (Entity entity : entities) {
      json.writeStartObject();
      json.writeStringField("kind", lower(entity.getKind()));
      json.writeStringField("name", entity.getName());
      Json.text(json, "wikidataId", entity.getWikidataId());
      Json.text(json, "country", entity.getCountry());
      if (entity.getLatitude() != null && entity.getLongitude() != null) {
        json.writeNumberField("latitude", entity.getLatitude());
        json.writeNumberField("longitude", entity.getLongitude());
      }
      json.writeNumberField("salience", entity.getSalience());
      mentions(json, "mentions", entity.getMentions());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void topics(JsonGenerator json, List<Topic> topics) throws IOException {
    json.writeArrayFieldStart("topics");
    for (Topic topic : topics) {
      json.writeStartObject();
      json.writeStringField("id", topic.getId());
      json.writeStringField("label", topic.getLabel());
      json.writeStringField("origin", lower(topic.getOrigin()));
      json.writeNumberField("strength", topic.getStrength());
      strings(json, "mediaTopics", topic.getMediaTopics());
      mentions(json, "evidence", topic.getEvidence());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void mentions(JsonGenerator json, String name, List<Mention> mentions)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Mention mention : mentions) {
      json.writeStartObject();
      json.writeStringField("field", lower(mention.getField()));
      json.writeNumberField("start", mention.getStart());
      json.writeNumberField("end", mention.getEnd());
      json.writeStringField("text", mention.getText());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** That an article was taken from view, without a word of its text. */
  static void withdrawal(JsonGenerator json, Withdrawal withdrawal) throws IOException {
    json.writeStringField("id", withdrawal.articleId());
    json.writeStringField("provider", withdrawal.provider());
    json.writeStringField("status", lower(withdrawal.status()));
    Json.moment(json, "published", withdrawal.published());
    Json.moment(json, "at", withdrawal.at());
    Json.text(json, "reason", withdrawal.reason());
    Json.text(json, "canceledBy", withdrawal.canceledBy());
  }
}
