// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

/** A format that is one readable text. */
sealed interface TextFormat extends Format permits MarkdownArticle, PlainArticle {

  /** Whether a text is of this format. */
  boolean recognises(String text);

  /** Reads the text as one article. */
  void parse(String text, Reading reading);
}
