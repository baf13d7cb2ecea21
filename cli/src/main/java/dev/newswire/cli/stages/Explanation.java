// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.schemas.AnnotatorFailure;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.TextField;
import dev.newswire.schemas.Topic;
import dev.newswire.schemas.TopicOrigin;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the enricher found in an article, and why.
 *
 * @param article the article as the enricher would publish it
 * @param reasons why each of its entities is linked to what it is, in their order
 */
record Explanation(EnrichedArticle article, List<String> reasons) {

  /** Prints it for people: the marked text, then the entities, the topics and the stamp. */
  void print(PrintWriter out, Terminal terminal) {
    Terminal uncut = terminal.uncut();
    if (!article.getArticle().getHeadline().isEmpty()) {
      out.println(MarkedText.of(article, TextField.HEADLINE).print(terminal));
      out.println();
    }
    out.println(MarkedText.of(article, TextField.BODY).print(terminal).stripTrailing());
    out.println();
    out.println(terminal.faint("marks: ") + MarkedText.legend(terminal));
    out.println();
    Table entities =
        new Table("ENTITY", "KIND", "LINKED TO", "PLACE", "-SALIENCE", "NAMED AS", "WHY");
    for (int i = 0; i < article.getEntities().size(); i++) {
      Entity entity = article.getEntities().get(i);
      entities.row(
          entity.getName(),
          kind(entity),
          entity.getWikidataId() == null ? "-" : entity.getWikidataId(),
          place(entity),
          String.format(Locale.ROOT, "%.2f", entity.getSalience()),
          texts(entity.getMentions()),
          Table.printable(reasons.get(i)));
    }
    print(out, uncut, entities, "no entities");
    Table topics = new Table("TOPIC", "MEDIA TOPICS", "-STRENGTH", "WHY");
    for (Topic topic : article.getTopics()) {
      topics.row(
          topic.getId(),
          String.join(" ", topic.getMediaTopics()),
          String.format(Locale.ROOT, "%.2f", topic.getStrength()),
          why(topic));
    }
    print(out, uncut, topics, "no topics");
    EnrichmentStamp stamp = article.getStamp();
    out.println(
        "language "
            + (article.getLanguage() == null ? "unknown" : article.getLanguage())
            + ", enricher "
            + stamp.getEnricher()
            + ", model "
            + stamp.getModel());
    for (AnnotatorFailure failure : stamp.getFailures()) {
      out.println(
          terminal.alarming("missing: ")
              + Table.printable(failure.getAnnotator() + ": " + failure.getReason()));
    }
  }

  private static void print(PrintWriter out, Terminal terminal, Table table, String none) {
    if (table.isEmpty()) {
      out.println(none);
    } else {
      table.print(out, terminal);
    }
    out.println();
  }

  private static String kind(Entity entity) {
    return entity.getKind().name().toLowerCase(Locale.ROOT);
  }

  private static String place(Entity entity) {
    String country = entity.getCountry() == null ? "" : entity.getCountry();
    String point =
        entity.getLatitude() == null
            ? ""
            : String.format(Locale.ROOT, " %.2f,%.2f", entity.getLatitude(), entity.getLongitude());
    String place = (country + point).strip();
    return place.isEmpty() ? "-" : place;
  }

  private static String texts(List<Mention> mentions) {
    return mentions.stream()
        .collect(
            Collectors.groupingBy(
                mention -> Table.printable(mention.getText()),
                java.util.LinkedHashMap::new,
                Collectors.counting()))
        .entrySet()
        .stream()
        .map(named -> named.getKey() + (named.getValue() == 1 ? "" : " ×" + named.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String why(Topic topic) {
    if (topic.getOrigin() == TopicOrigin.PROVIDER) {
      return "the provider sent it";
    }
    return topic.getEvidence().isEmpty()
        ? "its provider, subjects or entities"
        : texts(topic.getEvidence());
  }

  /** Writes the fields of the JSON object that says the same. */
  void write(JsonGenerator generator) throws IOException {
    generator.writeStringField("id", article.getArticle().getId());
    generator.writeStringField("headline", article.getArticle().getHeadline());
    generator.writeStringField("body", article.getArticle().getBody());
    generator.writeStringField("language", article.getLanguage());
    generator.writeArrayFieldStart("entities");
    for (int i = 0; i < article.getEntities().size(); i++) {
      Entity entity = article.getEntities().get(i);
      generator.writeStartObject();
      generator.writeStringField("kind", kind(entity));
      generator.writeStringField("name", entity.getName());
      generator.writeStringField("wikidataId", entity.getWikidataId());
      generator.writeStringField("country", entity.getCountry());
      generator.writeObjectField("latitude", entity.getLatitude());
      generator.writeObjectField("longitude", entity.getLongitude());
      generator.writeNumberField("salience", entity.getSalience());
      generator.writeStringField("reason", reasons.get(i));
      write(generator, "mentions", entity.getMentions());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("topics");
    for (Topic topic : article.getTopics()) {
      generator.writeStartObject();
      generator.writeStringField("id", topic.getId());
      generator.writeStringField("label", topic.getLabel());
      JsonLines.write(generator, "mediaTopics", topic.getMediaTopics());
      generator.writeStringField("origin", topic.getOrigin().name().toLowerCase(Locale.ROOT));
      generator.writeNumberField("strength", topic.getStrength());
      write(generator, "evidence", topic.getEvidence());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeObjectFieldStart("stamp");
    generator.writeNumberField("enricher", article.getStamp().getEnricher());
    generator.writeStringField("model", article.getStamp().getModel());
    generator.writeObjectFieldStart("failures");
    for (AnnotatorFailure failure : article.getStamp().getFailures()) {
      generator.writeStringField(failure.getAnnotator(), failure.getReason());
    }
    generator.writeEndObject();
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, String field, List<Mention> mentions)
      throws IOException {
    generator.writeArrayFieldStart(field);
    for (Mention mention : mentions) {
      generator.writeStartObject();
      generator.writeStringField("field", mention.getField().name().toLowerCase(Locale.ROOT));
      generator.writeNumberField("start", mention.getStart());
      generator.writeNumberField("end", mention.getEnd());
      generator.writeStringField("text", mention.getText());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }
}
