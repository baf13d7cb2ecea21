// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.search;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.RelatedArticle;
import dev.newswire.schemas.Rendition;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Subject;
import dev.newswire.schemas.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A stored article as the fields of a JSON object. A field that the article lacks is left out, and
 * so is an empty list, but for {@code entities} and {@code topics}. Of a canceled article nothing
 * is written but who, when and why.
 */
final class ArticleJson {

  private ArticleJson() {}

  static void write(JsonGenerator generator, EnrichedArticle record) throws IOException {
    Article article = record.getArticle();
    head(generator, article);
    if (article.getStatus() == Status.CANCELED) {
      return;
    }
    text(generator, "language", record.getLanguage());
    generator.writeStringField("headline", article.getHeadline());
    text(generator, "slugline", article.getSlugline());
    text(generator, "takeKey", article.getTakeKey());
    text(generator, "byline", article.getByline());
    text(generator, "creditLine", article.getCreditLine());
    text(generator, "dateline", article.getDateline());
    text(generator, "located", article.getLocated());
    number(generator, "urgency", article.getUrgency());
    texts(generator, "sources", article.getSources());
    texts(generator, "signals", article.getSignals());
    generator.writeStringField("body", article.getBody());
    text(generator, "bodyHtml", article.getBodyHtml());
    subjects(generator, article.getSubjects());
    renditions(generator, article.getRenditions());
    related(generator, article.getRelated());
    entities(generator, record.getEntities());
    topics(generator, record.getTopics());
  }

  private static void head(JsonGenerator generator, Article article) throws IOException {
    generator.writeStringField("id", article.getId());
    generator.writeStringField("provider", article.getProvider());
    generator.writeStringField("itemId", article.getItemId());
    generator.writeStringField("feed", article.getFeed());
    text(generator, "url", article.getUrl());
    text(generator, "version", article.getRevision().getVersion());
    moment(generator, "versionCreated", article.getRevision().getVersionCreated());
    moment(generator, "firstCreated", article.getFirstCreated());
    moment(generator, "published", article.getPublished());
    generator.writeStringField("status", article.getStatus().name().toLowerCase(Locale.ROOT));
    text(generator, "statusReason", article.getStatusReason());
    text(generator, "canceledBy", article.getCanceledBy());
  }

  private static void subjects(JsonGenerator generator, List<Subject> subjects) throws IOException {
    if (subjects.isEmpty()) {
      return;
    }
    generator.writeArrayFieldStart("subjects");
    for (Subject subject : subjects) {
      generator.writeStartObject();
      text(generator, "kind", subject.getKind());
      text(generator, "name", subject.getName());
      text(generator, "scheme", subject.getScheme());
      text(generator, "code", subject.getCode());
      text(generator, "mediaTopic", subject.getMediaTopic());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private static void renditions(JsonGenerator generator, List<Rendition> renditions)
      throws IOException {
    if (renditions.isEmpty()) {
      return;
    }
    generator.writeArrayFieldStart("renditions");
    for (Rendition rendition : renditions) {
      generator.writeStartObject();
      generator.writeStringField("href", rendition.getHref());
      text(generator, "mediaType", rendition.getMediaType());
      number(generator, "size", rendition.getSize());
      number(generator, "width", rendition.getWidth());
      number(generator, "height", rendition.getHeight());
      text(generator, "caption", rendition.getCaption());
      text(generator, "credit", rendition.getCredit());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private static void related(JsonGenerator generator, List<RelatedArticle> related)
      throws IOException {
    if (related.isEmpty()) {
      return;
    }
    generator.writeArrayFieldStart("related");
    for (RelatedArticle other : related) {
      generator.writeStartObject();
      generator.writeStringField("relation", other.getRelation());
      generator.writeStringField("id", other.getArticleId());
      text(generator, "url", other.getUrl());
      text(generator, "title", other.getTitle());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private static void entities(JsonGenerator generator, List<Entity> entities) throws IOException {
    generator.writeArrayFieldStart("entities");
    for (Entity entity : entities) {
      generator.writeStartObject();
      generator.writeStringField("kind", entity.getKind().name().toLowerCase(Locale.ROOT));
      generator.writeStringField("name", entity.getName());
      text(generator, "wikidataId", entity.getWikidataId());
      generator.writeNumberField("salience", entity.getSalience());
      generator.writeNumberField("mentions", entity.getMentions().size());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private static void topics(JsonGenerator generator, List<Topic> topics) throws IOException {
    generator.writeArrayFieldStart("topics");
    for (Topic topic : topics) {
      generator.writeStartObject();
      generator.writeStringField("id", topic.getId());
      generator.writeStringField("label", topic.getLabel());
      generator.writeStringField("origin", topic.getOrigin().name().toLowerCase(Locale.ROOT));
      generator.writeArrayFieldStart("evidence");
      for (Mention mention : topic.getEvidence()) {
        generator.writeString(mention.getText());
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private static void texts(JsonGenerator generator, String name, List<String> values)
      throws IOException {
    if (!values.isEmpty()) {
      generator.writeArrayFieldStart(name);
      for (String value : values) {
        generator.writeString(value);
      }
      generator.writeEndArray();
    }
  }

  private static void text(JsonGenerator generator, String name, String value) throws IOException {
    if (value != null) {
      generator.writeStringField(name, value);
    }
  }

  private static void number(JsonGenerator generator, String name, Number value)
      throws IOException {
    if (value != null) {
      generator.writeNumberField(name, value.longValue());
    }
  }

  private static void moment(JsonGenerator generator, String name, Instant value)
      throws IOException {
    if (value != null) {
      generator.writeStringField(name, value.toString());
    }
  }
}
