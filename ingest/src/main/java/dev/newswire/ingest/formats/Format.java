// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

/** A wire format: one class each, without state, safe for use by many threads. */
sealed interface Format permits XmlFormat, JsonFormat, StreamFormat, TextFormat, HtmlPage {

  /** The format's name, as feeds are pinned to it and as it stands in docs/formats.md. */
  String name();
}
