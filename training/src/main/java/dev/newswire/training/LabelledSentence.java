// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.schemas.EntityKind;
import java.util.List;

/**
 * A sentence of a corpus, in the corpus's own tokens.
 *
 * @param tokens at least one
 * @param names in reading order; none overlap
 */
record LabelledSentence(List<String> tokens, List<NameSpan> names) {

  LabelledSentence {
    tokens = List.copyOf(tokens);
    names = List.copyOf(names);
  }

  /**
   * A name.
   *
   * @param first index of its first token
   * @param end index after its last token
   */
  record NameSpan(int first, int end, EntityKind kind) {}
}
