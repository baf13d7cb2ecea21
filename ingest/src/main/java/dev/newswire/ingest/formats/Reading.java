// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newswire.schemas.RawArticle;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * One document of a delivery while a format reads it: gives out drafts, and takes the items that
 * became articles and those that did not.
 */
final class Reading {

  /** Reads one item; the articles it makes are of that item alone. */
  interface Item {
    List<Draft> read() throws Rejection;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Delivery delivery;
  private final Format format;
  private final Output output;
  private final Limits limits;
  private final byte[] document;
  private final String mediaType;
  private final List<String> warnings;
  private int cutItems;

  /**
   * @param document the document's bytes; empty for a stream
   * @param mediaType the document's media type
   * @param warnings what was mended in the whole document
   */
  Reading(
      Delivery delivery,
      Format format,
      Output output,
      Limits limits,
      byte[] document,
      String mediaType,
      List<String> warnings) {
    this.delivery = delivery;
    this.format = format;
    this.output = output;
    this.limits = limits;
    this.document = document;
    this.mediaType = mediaType;
    this.warnings = warnings;
  }

  Delivery delivery() {
    return delivery;
  }

  Output output() {
    return output;
  }

  Limits limits() {
    return limits;
  }

  Draft draft() {
    return new Draft(delivery);
  }

  /** Reads an item that is the whole document. */
  void item(Item item) {
    item(document, mediaType, item);
  }

  /** How many items were passed over because the document ends within them. */
  int cutItems() {
    return cutItems;
  }

  /** Reads an item that is one element of the document, unless it is cut. */
  void item(Element element, Item item) {
    if (element.isCut()) {
      cutItems++;
      return;
    }
    byte[] bytes = element.parent().isEmpty() ? document : XmlText.standalone(element);
    item(bytes, element.parent().isEmpty() ? mediaType : "application/xml;charset=UTF-8", item);
  }

  /** Reads an item that is one value of a JSON document. */
  void item(JsonNode node, Item item) {
    try {
      item(JSON.writeValueAsBytes(node), "application/json", item);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read can be written", e);
    }
  }

  /** Reads an item of its own bytes. */
  void item(byte[] bytes, String itemType, Item item) {
    if (bytes.length > limits.item()) {
      reject(bytes, itemType, "The item is larger than %d bytes.".formatted(limits.item()));
      return;
    }
    List<RawArticle> articles;
    try {
      articles =
          item.read().stream()
              .map(draft -> draft.warn(warnings).finish(bytes, itemType, format.name()))
              .toList();
    } catch (Rejection e) {
      reject(bytes, itemType, e.getMessage());
      return;
    }
    articles.forEach(output::article);
  }

  void reject(byte[] bytes, String itemType, String reason) {
    output.reject(
        new Reject(
            bytes.length > limits.item() ? Arrays.copyOf(bytes, limits.item()) : bytes,
            itemType,
            reason));
  }

  void link(URI address) {
    output.link(address);
  }

  void notice(FeedNotice notice) {
    output.notice(notice);
  }
}
