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
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;

/**
 * A document's text, and where in it items are written, so that each item's own bytes are those of
 * the document wherever that can be.
 */
final class Written {

  /** No text: items are written anew. */
  static final Written NOTHING = new Written("");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String text;
  private final IdentityHashMap<JsonNode, Place> places = new IdentityHashMap<>();

  private record Place(int begin, int end) {}

  private Written(String text) {
    this.text = text;
  }

  /** The text that the elements of an XML document were read from. */
  static Written xml(String text) {
    return new Written(text);
  }

  /** The text of a JSON document, whose items will be noted as it is read. */
  static Written json(String text) {
    return new Written(text);
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
          : text.substring(place.begin(), place.end()).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read can be written", e);
    }
  }

  /** Reads the document, and notes where each object is that may be an item. */
  JsonNode read(ObjectMapper mapper) throws JsonProcessingException {
    try (JsonParser parser = mapper.createParser(text)) {
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
      throw e;
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
      int begin = (int) parser.currentTokenLocation().getCharOffset();
      JsonNode item = JSON.readTree(parser);
      array.add(item);
      if (item.isObject()) {
        places.put(item, new Place(begin, (int) parser.currentLocation().getCharOffset()));
      }
    }
    return array;
  }
}
