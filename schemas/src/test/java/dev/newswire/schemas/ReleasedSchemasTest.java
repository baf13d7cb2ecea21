// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasedSchemasTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        RawArticle.class,
        EnrichedArticle.class,
        Rules.class,
        Feed.class,
        FeedState.class,
        StoryAssignment.class,
        Story.class
      })
  void theCurrentSchemaReadsAllReleasedOnesAndIsTheLastOfThem(Class<?> record) throws IOException {
    AvroSchema current = current(record);
    Path written = write(current);
    List<AvroSchema> released =
        new ArrayList<>(InProcessRegistry.released(record.getSimpleName()).values());

    assertThat(released.get(released.size() - 1).rawSchema())
        .as("a changed schema has to be released: copy %s to src/main/avro/released", written)
        .isEqualTo(current.rawSchema());
    List<ParsedSchemaHolder> holders = new ArrayList<>();
    released.forEach(schema -> holders.add(new SimpleParsedSchemaHolder(schema)));
    assertThat(current.isCompatible(CompatibilityLevel.FULL_TRANSITIVE, holders)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        RawArticle.class,
        EnrichedArticle.class,
        Rules.class,
        Feed.class,
        FeedState.class,
        StoryAssignment.class,
        Story.class
      })
  void everyFieldOfEverySchemaHasADoc(Class<?> record) {
    assertThat(undocumented(current(record).rawSchema(), new ArrayList<>())).isEmpty();
  }

  private static List<String> undocumented(Schema schema, List<Schema> seen) {
    List<String> missing = new ArrayList<>();
    if (seen.contains(schema)) {
      return missing;
    }
    seen.add(schema);
    switch (schema.getType()) {
      case RECORD -> {
        if (schema.getDoc() == null) {
          missing.add(schema.getFullName());
        }
        for (Schema.Field field : schema.getFields()) {
          if (field.doc() == null || field.doc().isBlank()) {
            missing.add(schema.getFullName() + "." + field.name());
          }
          missing.addAll(undocumented(field.schema(), seen));
        }
      }
      case ENUM -> {
        if (schema.getDoc() == null) {
          missing.add(schema.getFullName());
        }
      }
      case ARRAY -> missing.addAll(undocumented(schema.getElementType(), seen));
      case UNION -> schema.getTypes().forEach(type -> missing.addAll(undocumented(type, seen)));
      case MAP, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
    }
    return missing;
  }

  /** As it goes to a registry: without the properties that only the Java generator reads. */
  private static AvroSchema current(Class<?> record) {
    String json =
        SpecificData.get()
            .getSchema(record)
            .toString()
            .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"");
    assertThat(json).doesNotContain("avro.java.string");
    return new AvroSchema(json);
  }

  private static Path write(AvroSchema schema) throws IOException {
    Path file = Path.of("target", schema.rawSchema().getName() + ".avsc");
    return Files.writeString(
        file, SchemaFormatter.format("json/pretty", schema.rawSchema()) + "\n");
  }
}
