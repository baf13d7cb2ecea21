// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;

/** A format that is one JSON document, read whole, or one on each line. */
non-sealed interface JsonFormat extends Format {

  /** Whether a document with this root is of this format. */
  boolean recognises(JsonNode root);

  /**
   * Reads the document's items.
   *
   * @throws Rejection where nothing of it can be read
   */
  void parse(JsonNode root, Reading reading) throws Rejection;
}
