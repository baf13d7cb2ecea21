// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A document's text, and where in it items are written, so that each item's own bytes are those of
 * the document wherever that can be.
 */
final class Written {

  /** No text: items are written anew. */
  static final Written NOTHING = of(Decoder.Decoded.of(""));

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Decoder.Decoded decoded;
  private final byte[] utf8;

  private Optional<Element> around = Optional.empty();
  private byte[] inherited = {};
  private int characters;
  private int position;
  private int searchedFrom;
  private int reference = -1;

  /** An element of an array, which may be an item, and where it is written. */
  // Unchecked is how Jackson's own node overrides a method.
  @SuppressWarnings("unchecked")
  private static final class Placed extends ObjectNode {

    private static final long serialVersionUID = 1L;

    private final int begin;
    private int end;

    Placed(int begin) {
      super(NODES);
      this.begin = begin;
    }
  }

  private Written(Decoder.Decoded decoded) {
    this.decoded = decoded;
    utf8 = decoded.utf8();
  }

  /**
   * The text of an XML document whose elements were read, or of a JSON document whose items will be
   * noted as it is read.
   */
  static Written of(Decoder.Decoded decoded) {
    return new Written(decoded);
  }

  /** An element on its own, in UTF-8, with all the namespaces that it stood in. */
  ByteBuffer bytes(Element element) {
    if (!XmlText.isWhole(element, decoded.text()) || hasReferences(element)) {
      return ByteBuffer.wrap(XmlText.standalone(element));
    }
    int begin = position(element.begin());
    int nameEnd = position(element.begin() + 1 + XmlText.qualified(element).length());
    int end = position(element.end());
    byte[] inherited = inherited(element);
    if (inherited.length == 0) {
      return ByteBuffer.wrap(utf8, begin, end - begin);
    }
    byte[] bytes = Arrays.copyOfRange(utf8, begin, end + inherited.length);
    System.arraycopy(inherited, 0, bytes, nameEnd - begin, inherited.length);
    System.arraycopy(utf8, nameEnd, bytes, nameEnd - begin + inherited.length, end - nameEnd);
    return ByteBuffer.wrap(bytes);
  }

  /** Whether a reference in an element is understood with the document's DOCTYPE only. */
  private boolean hasReferences(Element element) {
    if (element.begin() < searchedFrom || reference < element.begin()) {
      searchedFrom = element.begin();
      reference = XmlText.unknownReference(decoded.text(), searchedFrom);
    }
    return reference < element.end();
  }

  /**
   * What an element inherits; its neighbours that declare nothing of their own inherit the same.
   */
  private byte[] inherited(Element element) {
    boolean isPlain = element.declarations().isEmpty() && element.attributes().isEmpty();
    if (isPlain && element.parent().equals(around)) {
      return inherited;
    }
    byte[] own = XmlText.inherited(element).getBytes(StandardCharsets.UTF_8);
    if (isPlain) {
      around = element.parent();
      inherited = own;
    }
    return own;
  }

  /** Which byte a character of the text is written at; counted on from the last one asked for. */
  private int position(int character) {
    if (utf8.length == decoded.text().length()) {
      return character;
    }
    if (character < characters) {
      characters = 0;
      position = 0;
    }
    while (characters < character) {
      int ascii = Utf8.endOfAscii(utf8, position, position + character - characters) - position;
      position += ascii;
      characters += ascii;
      if (characters < character) {
        // The first byte says how long a character is; one of four bytes is two in the text.
        int first = utf8[position] & 0xff;
        position += first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        characters += first < 0xf0 ? 1 : 2;
      }
    }
    return position;
  }

  /** A value of a JSON document on its own. */
  ByteBuffer bytes(JsonNode node) {
    try {
      return node instanceof Placed placed
          ? ByteBuffer.wrap(utf8, placed.begin, placed.end - placed.begin)
          : ByteBuffer.wrap(JSON.writeValueAsBytes(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read can be written", e);
    }
  }

  /** Reads the document, and notes where each object is that may be an item. */
  JsonNode read(ObjectMapper mapper) throws JsonProcessingException {
    try (JsonParser parser = mapper.createParser(utf8)) {
      JsonToken first = parser.nextToken();
      JsonNode root;
      if (first == JsonToken.START_OBJECT) {
        root = object(parser);
      } else if (first == JsonToken.START_ARRAY) {
        root = array(parser);
      } else {
        return mapper.readTree(decoded.text());
      }
      // What follows is an error, of which the mapper speaks.
      return parser.nextToken() == null ? root : mapper.readTree(decoded.text());
    } catch (JsonProcessingException e) {
      // The same error again, with its place in characters.
      return mapper.readTree(decoded.text());
    } catch (IOException e) {
      throw new UncheckedIOException("a text can be read", e);
    }
  }

  private JsonNode value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      default -> JSON.readTree(parser);
    };
  }

  private ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    read(parser, object);
    return object;
  }

  private void read(JsonParser parser, ObjectNode object) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      String text = parser.nextTextValue();
      object.set(name, text == null ? value(parser) : NODES.textNode(text));
    }
  }

  private ArrayNode array(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        Placed item = new Placed((int) parser.currentTokenLocation().getByteOffset());
        read(parser, item);
        item.end = (int) parser.currentLocation().getByteOffset();
        array.add(item);
      } else {
        array.add(value(parser));
      }
    }
    return array;
  }
}
