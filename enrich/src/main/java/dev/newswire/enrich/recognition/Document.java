// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import dev.newswire.enrich.text.Sentence;
import dev.newswire.enrich.text.Token;
import dev.newswire.enrich.text.TokenizedText;
import java.util.ArrayList;
import java.util.List;

/**
 * Several texts that are about the same, such as a headline and its body, as one row of tokens.
 * Immutable.
 *
 * @param tokens of all texts
 * @param sentences of all texts; their indices count in {@code tokens}
 */
public record Document(List<Token> tokens, List<Sentence> sentences) {

  /** The document of these texts, in their order. */
  public static Document of(List<TokenizedText> texts) {
    List<Token> tokens = new ArrayList<>();
    List<Sentence> sentences = new ArrayList<>();
    for (TokenizedText text : texts) {
      int offset = tokens.size();
      tokens.addAll(text.tokens());
      for (Sentence s : text.sentences()) {
        sentences.add(new Sentence(s.first() + offset, s.end() + offset, s.casing()));
      }
    }
    return new Document(tokens, sentences);
  }
}
