// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Output for programs: one JSON object a line. */
public final class JsonLines {

  private static final JsonFactory FACTORY = new JsonFactory();

  static {
    FACTORY.setCharacterEscapes(new DirectionEscapes());
  }

  /** Escapes what changes the direction of text: programs get it, and no terminal obeys it. */
  private static final class DirectionEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      return standardAsciiEscapesForJSON();
    }

    @Override
    public SerializableString getEscapeSequence(int letter) {
      return SafeWriter.isBidirectional(letter)
          ? new SerializedString(String.format("\\u%04x", letter))
          : null;
    }
  }

  private JsonLines() {}

  /** Writes the fields of one object. */
  public interface Fields {
    public void write(JsonGenerator generator) throws IOException;
  }

  /** Writes a field that is a list of texts. */
  public static void write(JsonGenerator generator, String field, List<String> texts)
      throws IOException {
    generator.writeArrayFieldStart(field);
    for (String text : texts) {
      generator.writeString(text);
    }
    generator.writeEndArray();
  }

  public static void print(PrintWriter out, Fields fields) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(line)) {
      generator.writeStartObject();
      fields.write(generator);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(line);
  }
}
