// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.runtime.http.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Writes JSON. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static HttpAnswer answer(Fields fields) {
    return answer(200, "application/json", fields);
  }

  static HttpAnswer answer(int status, String mediaType, Fields fields) {
    return HttpAnswer.of(status, mediaType, bytes(fields));
  }

  /** An object on one line. */
  static String text(Fields fields) {
    return new String(bytes(fields), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Fields fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A field, unless there is nothing to say. */
  static void text(JsonGenerator json, String name, String value) throws IOException {
    if (value != null && !value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
    text(json, name, value.orElse(null));
  }

  static void moment(JsonGenerator json, String name, Instant moment) throws IOException {
    if (moment != null) {
      json.writeStringField(name, moment.toString());
    }
  }
}
