// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import dev.newswire.enrich.text.TokenizedText;
import java.util.List;

/** Recognises the names in an English article. Thread-safe. */
public interface EntityRecognizer extends AutoCloseable {

  /** Name and version of what recognises, for the stamp of a record. */
  String name();

  /** The names in an article, the headline's first, in reading order; none overlap. */
  List<RecognizedMention> recognize(TokenizedText headline, TokenizedText body);

  /**
   * Whether its time is known to be in proportion to the length of the text, so that it need not be
   * done on a thread that can be left behind.
   */
  default boolean endsInTime() {
    return false;
  }

  /** Frees what it holds outside of the heap: nothing, if it isn't said otherwise. */
  @Override
  default void close() {}
}
