// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JSON object, looked at without regard to the case of its names: ninjs changed from {@code
 * pubstatus} to {@code pubStatus} between its versions. What is not there, or is of another kind
 * than asked for, is empty.
 */
final class JsonItem {

  private static final JsonItem NOTHING = new JsonItem(JsonNodeFactory.instance.objectNode());

  private final JsonNode node;

  private JsonItem(JsonNode node) {
    this.node = node;
  }

  static JsonItem of(JsonNode node) {
    return new JsonItem(node);
  }

  /** A property's value: of the very name, else of the first that differs in case only. */
  private JsonNode value(String lowerCaseName) {
    JsonNode exact = node.get(lowerCaseName);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (property.getKey().equalsIgnoreCase(lowerCaseName)) {
        return property.getValue();
      }
    }
    return MissingNode.getInstance();
  }

  /** Whether it is no object, or one without properties. */
  boolean isEmpty() {
    return node.properties().isEmpty();
  }

  /** Names of the object's properties, in order and as written. */
  List<String> names() {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** Value of the first of these properties that is a text or a number and not blank. */
  String text(String... lowerCaseNames) {
    for (String name : lowerCaseNames) {
      String text = text(value(name));
      if (!text.isBlank()) {
        return text;
      }
    }
    return "";
  }

  private static String text(JsonNode value) {
    if (value instanceof TextNode text) {
      return text.textValue();
    }
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }

  /** All texts of a property that is one text or an array of them. */
  List<String> texts(String lowerCaseName) {
    List<String> texts = new ArrayList<>();
    JsonNode value = value(lowerCaseName);
    if (value.isArray()) {
      for (JsonNode element : value) {
        if (element.isTextual()) {
          texts.add(element.asText());
        }
      }
    } else if (!text(lowerCaseName).isEmpty()) {
      texts.add(text(lowerCaseName));
    }
    return texts;
  }

  /** The objects in the first of these properties that holds any: an array of them, or one. */
  List<JsonItem> items(String... lowerCaseNames) {
    for (String name : lowerCaseNames) {
      JsonNode value = value(name);
      List<JsonItem> items = new ArrayList<>();
      if (value.isArray()) {
        for (JsonNode element : value) {
          if (element.isObject()) {
            items.add(of(element));
          }
        }
      } else if (value.isObject()) {
        items.add(of(value));
      }
      if (!items.isEmpty()) {
        return items;
      }
    }
    return List.of();
  }

  /** The object in a property; one without properties where there is none. */
  JsonItem item(String lowerCaseName) {
    JsonNode value = value(lowerCaseName);
    return value.isObject() ? of(value) : NOTHING;
  }

  boolean has(String lowerCaseName) {
    JsonNode value = value(lowerCaseName);
    return !value.isMissingNode() && !value.isNull();
  }

  /** The objects that are the values of a property's object, or the elements of its array. */
  List<JsonItem> members(String lowerCaseName) {
    List<JsonItem> members = new ArrayList<>();
    value(lowerCaseName).forEach(member -> members.add(of(member)));
    return members;
  }

  /** Whether a property is there and is a text. */
  boolean isText(String lowerCaseName) {
    return value(lowerCaseName).isTextual();
  }

  /** Whether a property is there and is an object or an array. */
  boolean isContainer(String lowerCaseName) {
    return value(lowerCaseName).isContainerNode();
  }

  /** Whether a property is there and is an array. */
  boolean isArray(String lowerCaseName) {
    return value(lowerCaseName).isArray();
  }

  /** Whether a property is there and is a number. */
  boolean isNumber(String lowerCaseName) {
    return value(lowerCaseName).isNumber();
  }
}
