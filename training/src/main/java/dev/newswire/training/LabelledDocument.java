// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.enrich.recognition.Document;
import dev.newswire.enrich.recognition.Labels;
import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.enrich.text.Token;
import dev.newswire.enrich.text.TokenizedText;
import dev.newswire.schemas.TextField;
import java.util.List;

/**
 * A document of a corpus as raw text, with the names in it.
 *
 * @param headline empty where the corpus has none
 * @param mentions in reading order, the headline's first; none overlap
 */
record LabelledDocument(
    TokenizedText headline, TokenizedText body, List<RecognizedMention> mentions) {

  LabelledDocument {
    mentions = List.copyOf(mentions);
  }

  Document document() {
    return Document.of(List.of(headline, body));
  }

  /** The labels of the document's tokens. A token that is partly in a name counts as in it. */
  int[] labels() {
    int offset = headline.tokens().size();
    int[] labels = new int[offset + body.tokens().size()];
    for (RecognizedMention mention : mentions) {
      boolean inHeadline = mention.field() == TextField.HEADLINE;
      List<Token> tokens = inHeadline ? headline.tokens() : body.tokens();
      int first = 0;
      while (first < tokens.size() && tokens.get(first).end() <= mention.start()) {
        first++;
      }
      int end = first;
      while (end < tokens.size() && tokens.get(end).start() < mention.end()) {
        end++;
      }
      for (int t = first; t < end; t++) {
        int position =
            end - first == 1
                ? Labels.UNIT
                : t == first ? Labels.BEGIN : t + 1 == end ? Labels.LAST : Labels.INSIDE;
        labels[t + (inHeadline ? 0 : offset)] = Labels.of(mention.kind(), position);
      }
    }
    return labels;
  }
}
