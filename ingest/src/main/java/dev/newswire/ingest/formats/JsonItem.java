// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A JSON object, looked at without regard to the case of its names: ninjs changed from {@code
 * pubstatus} to {@code pubStatus} between its versions. What is not there, or is of another kind
 * than asked for, is empty.
 */
final class JsonItem {

  private final Map<String, JsonNode> values = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  private JsonItem() {}

  static JsonItem of(JsonNode node) {
    JsonItem item = new JsonItem();
    node.properties()
        .forEach(
            property -> {
              item.names.add(property.getKey());
              item.values.putIfAbsent(
                  property.getKey().toLowerCase(Locale.ROOT), property.getValue());
            });
    return item;
  }

  /** Names of the object's properties, in order and as written. */
  List<String> names() {
    return names;
  }

  /** Value of the first of these properties that is a text or a number and not blank. */
  String text(String... lowerCaseNames) {
    for (String name : lowerCaseNames) {
      JsonNode value = values.get(name);
      if (value != null && value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
        return value.asText();
      }
    }
    return "";
  }

  /** All texts of a property that is one text or an array of them. */
  List<String> texts(String lowerCaseName) {
    List<String> texts = new ArrayList<>();
    JsonNode value = values.get(lowerCaseName);
    if (value != null && value.isArray()) {
      value.forEach(
          element -> {
            if (element.isTextual()) {
              texts.add(element.asText());
            }
          });
    } else if (!text(lowerCaseName).isEmpty()) {
      texts.add(text(lowerCaseName));
    }
    return texts;
  }

  /** The objects in the first of these properties that holds any: an array of them, or one. */
  List<JsonItem> items(String... lowerCaseNames) {
    for (String name : lowerCaseNames) {
      JsonNode value = values.get(name);
      List<JsonItem> items = new ArrayList<>();
      if (value != null && value.isArray()) {
        value.forEach(
            element -> {
              if (element.isObject()) {
                items.add(of(element));
              }
            });
      } else if (value != null && value.isObject()) {
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
    JsonNode value = values.get(lowerCaseName);
    return value != null && value.isObject() ? of(value) : new JsonItem();
  }

  boolean has(String lowerCaseName) {
    JsonNode value = values.get(lowerCaseName);
    return value != null && !value.isNull();
  }

  /** The objects that are the values of a property's object, or the elements of its array. */
  List<JsonItem> members(String lowerCaseName) {
    List<JsonItem> members = new ArrayList<>();
    JsonNode value = values.get(lowerCaseName);
    if (value != null) {
      value.forEach(member -> members.add(of(member)));
    }
    return members;
  }

  /** Whether a property is there and is a text. */
  boolean isText(String lowerCaseName) {
    JsonNode value = values.get(lowerCaseName);
    return value != null && value.isTextual();
  }

  /** Whether a property is there and is an object or an array. */
  boolean isContainer(String lowerCaseName) {
    JsonNode value = values.get(lowerCaseName);
    return value != null && value.isContainerNode();
  }

  /** Whether a property is there and is an array. */
  boolean isArray(String lowerCaseName) {
    JsonNode value = values.get(lowerCaseName);
    return value != null && value.isArray();
  }

  /** Whether a property is there and is a number. */
  boolean isNumber(String lowerCaseName) {
    JsonNode value = values.get(lowerCaseName);
    return value != null && value.isNumber();
  }
}
