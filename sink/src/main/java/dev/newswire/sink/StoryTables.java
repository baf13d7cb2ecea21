// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static dev.newswire.sink.Table.column;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import dev.newswire.schemas.StoryHour;
import dev.newswire.schemas.StoryTag;
import dev.newswire.sink.Table.ColumnType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables that hold stories and copies, and their rows. No headline is among them: whoever reads
 * a story takes it from an article that may be shown at that moment.
 */
final class StoryTables {

  static final Table STORIES =
      new Table(
          "stories",
          List.of(
              column("story_id", ColumnType.TEXT),
              column("merged_into", ColumnType.TEXT),
              column("language", ColumnType.TEXT),
              column("first_published", ColumnType.MOMENT),
              column("last_published", ColumnType.MOMENT),
              column("articles", ColumnType.NUMBER),
              column("originals", ColumnType.NUMBER),
              column("providers", ColumnType.JSON),
              column("entities", ColumnType.JSON),
              column("topics", ColumnType.JSON),
              column("hours", ColumnType.JSON)));

  static final Table ASSIGNMENTS =
      new Table(
          "story_articles",
          List.of(
              column("article_id", ColumnType.TEXT),
              column("story_id", ColumnType.TEXT),
              column("copy_group", ColumnType.TEXT),
              column("copy_of", ColumnType.TEXT),
              column("score", ColumnType.REAL),
              column("published", ColumnType.MOMENT),
              column("generation", ColumnType.NUMBER)));

  private static final JsonFactory JSON = new JsonFactory();

  private StoryTables() {}

  /** What is done where a row is there already: every column of it is replaced. */
  static String replacing(Table table) {
    String key = table.columns().get(0).name();
    return table.columns().stream()
        .skip(1)
        .map(column -> column.name() + " = excluded." + column.name())
        .collect(Collectors.joining(", ", " ON CONFLICT (" + key + ") DO UPDATE SET ", ""));
  }

  static List<Object> row(Story story) {
    return Arrays.asList(
        Words.storable(story.getId()),
        Words.storable(story.getMergedInto()),
        Words.storable(story.getLanguage()),
        story.getFirst(),
        story.getLast(),
        (long) story.getArticles(),
        (long) story.getOriginals(),
        json(story.getProviders(), JsonGenerator::writeString),
        json(story.getEntities(), StoryTables::write),
        json(story.getTopics(), StoryTables::write),
        json(story.getHours(), StoryTables::write));
  }

  static List<Object> row(String articleId, StoryAssignment assignment) {
    return Arrays.asList(
        Words.storable(articleId),
        Words.storable(assignment.getStory()),
        Words.storable(assignment.getCopyGroup()),
        Words.storable(assignment.getCopyOf()),
        assignment.getScore(),
        assignment.getPublished(),
        (long) assignment.getGeneration());
  }

  private static void write(JsonGenerator generator, StoryTag tag) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("key", Words.storable(tag.getKey()));
    generator.writeStringField("name", Words.storable(tag.getName()));
    generator.writeNumberField("articles", tag.getArticles());
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, StoryHour hour) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("start", hour.getStart().toString());
    generator.writeNumberField("articles", hour.getArticles());
    generator.writeEndObject();
  }

  private interface Writing<T> {
    void write(JsonGenerator generator, T value) throws IOException;
  }

  private static <T> String json(List<T> values, Writing<T> writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartArray();
      for (T value : values) {
        writing.write(generator, value);
      }
      generator.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
