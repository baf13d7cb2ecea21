// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

  private final Delivery delivery;
  private final Format format;
  private final Output output;
  private final Limits limits;
  private final byte[] document;
  private final Written written;
  private final String mediaType;
  private final List<String> warnings;
  private final TrackingParameters tracking;
  private int cutItems;

  /**
   * @param document the document's bytes; empty for a stream
   * @param written the document's text, where items are parts of it
   * @param mediaType the document's media type
   * @param warnings what was mended in the whole document
   * @param tracking the parameters that are no part of an article's address
   */
  Reading(
      Delivery delivery,
      Format format,
      Output output,
      Limits limits,
      byte[] document,
      Written written,
      String mediaType,
      List<String> warnings,
      TrackingParameters tracking) {
    this.delivery = delivery;
    this.format = format;
    this.output = output;
    this.limits = limits;
    this.document = document;
    this.written = written;
    this.mediaType = mediaType;
    this.warnings = warnings;
    this.tracking = tracking;
  }

  Delivery delivery() {
    return delivery;
  }

  TrackingParameters tracking() {
    return tracking;
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

  /** A draft of an article of another provider than the feed's own. */
  Draft draft(String provider) {
    return new Draft(delivery.inTheNameOf(provider));
  }

  /** Reads an item that is the whole document. */
  void item(Item item) {
    item(ByteBuffer.wrap(document), mediaType, item);
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
    if (element.parent().isEmpty()) {
      item(item);
    } else {
      item(written.bytes(element), "application/xml;charset=UTF-8", item);
    }
  }

  /** Reads an item that is one value of a JSON document. */
  void item(JsonNode node, Item item) {
    item(written.bytes(node), "application/json", item);
  }

  /** Reads an item of its own bytes. */
  void item(ByteBuffer bytes, String itemType, Item item) {
    if (bytes.remaining() > limits.item()) {
      reject(bytes, itemType, "The item is larger than %d bytes.".formatted(limits.item()));
      return;
    }
    List<ParsedArticle> articles = new ArrayList<>(1);
    try {
      for (Draft draft : item.read()) {
        articles.add(draft.warn(warnings).finish(bytes, itemType, format.name()));
      }
    } catch (Rejection e) {
      reject(bytes, itemType, e.getMessage());
      return;
    }
    articles.forEach(output::article);
  }

  void reject(ByteBuffer bytes, String itemType, String reason) {
    byte[] kept = new byte[Math.min(bytes.remaining(), limits.item())];
    bytes.duplicate().get(kept);
    output.reject(new Reject(kept, itemType, reason));
  }

  void link(URI address) {
    output.link(address);
  }

  void notice(FeedNotice notice) {
    output.notice(notice);
  }
}
