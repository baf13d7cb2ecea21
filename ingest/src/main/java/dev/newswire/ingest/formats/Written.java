// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * A document's text, and where in it items are written, so that each item's own bytes are those of
 * the document wherever that can be.
 */
final class Written {

  /** No text: items are written anew. */
  static final Written NOTHING = xml("");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String text;
  private final byte[] utf8;
  private final IdentityHashMap<JsonNode, Place> places = new IdentityHashMap<>();

  private record Place(int begin, int end) {}

  private Written(String text, byte[] utf8) {
    this.text = text;
    this.utf8 = utf8;
  }

  /** The text that the elements of an XML document were read from. */
  static Written xml(String text) {
    return new Written(text, new byte[0]);
  }

  /**
   * The text of a JSON document, whose items will be noted as it is read.
   *
   * @param utf8 the same text in UTF-8, which is read faster
   */
  static Written json(String text, byte[] utf8) {
    return new Written(text, utf8);
  }

  /** An element on its own, in UTF-8, with all the namespaces that it stood in. */
  byte[] bytes(Element element) {
    return XmlText.standalone(element, text);
  }

  /** A value of a JSON document on its own. */
  byte[] bytes(JsonNode node) {
    Place place = places.get(node);
    try {
      return place == null
          ? JSON.writeValueAsBytes(node)
          : Arrays.copyOfRange(utf8, place.begin(), place.end());
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
        return mapper.readTree(text);
      }
      // What follows is an error, of which the mapper speaks.
      return parser.nextToken() == null ? root : mapper.readTree(text);
    } catch (JsonProcessingException e) {
      // The same error again, with its place in characters.
      return mapper.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("a text can be read", e);
    }
  }

  private ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = JSON.createObjectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      object.set(
          name,
          parser.nextToken() == JsonToken.START_ARRAY ? array(parser) : JSON.readTree(parser));
    }
    return object;
  }

  private ArrayNode array(JsonParser parser) throws IOException {
    ArrayNode array = JSON.createArrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int begin = (int) parser.currentTokenLocation().getByteOffset();
      JsonNode item = JSON.readTree(parser);
      array.add(item);
      if (item.isObject()) {
        places.put(item, new Place(begin, (int) parser.currentLocation().getByteOffset()));
      }
    }
    return array;
  }
}
