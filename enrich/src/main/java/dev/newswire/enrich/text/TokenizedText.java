// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

import java.util.List;

/**
 * A text with its tokens and sentences, both in reading order. Every token is in one sentence.
 * Immutable.
 */
public record TokenizedText(String text, List<Token> tokens, List<Sentence> sentences) {

  /** Copies the lists. */
  public TokenizedText {
    tokens = List.copyOf(tokens);
    sentences = List.copyOf(sentences);
  }
}
