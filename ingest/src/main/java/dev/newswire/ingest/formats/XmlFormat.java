// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

/** A format that is one XML document, read whole. */
non-sealed interface XmlFormat extends Format {

  /** Whether a document with this root is of this format. */
  boolean recognises(Element root);

  /**
   * Whether documents that are not well-formed are mended rather than rejected: right for feeds,
   * which are read again soon, wrong for items that come once.
   */
  default boolean mends() {
    return false;
  }

  /**
   * Reads the document's items.
   *
   * @throws Rejection where nothing of it can be read
   */
  void parse(Element root, Reading reading) throws Rejection;
}
