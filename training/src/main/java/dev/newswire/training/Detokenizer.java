// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.enrich.text.Tokenizer;
import dev.newswire.schemas.TextField;
import dev.newswire.training.LabelledSentence.NameSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes the tokens of a corpus as the raw text that they were, as near as can be told. */
final class Detokenizer {

  private static final Set<String> NO_SPACE_BEFORE =
      Set.of(
          ".", ",", ";", ":", "?", "!", ")", "]", "}", "%", "'s", "'S", "n't", "'re", "'ve", "'ll",
          "'d", "'m", "’s", "n’t", "’re", "’ve", "’ll", "’d", "’m", "...", "''", "”", "'t");

  private static final Set<String> NO_SPACE_AFTER = Set.of("(", "[", "{", "$", "£", "€", "``", "“");

  private static final Set<String> REFERENCES = Set.of("amp", "lt", "gt", "quot");

  private final StringBuilder text = new StringBuilder();
  private final List<RecognizedMention> mentions = new ArrayList<>();
  private final TextField field;

  private Detokenizer(TextField field) {
    this.field = field;
  }

  /** A document of a headline, empty for none, and a body. */
  static LabelledDocument detokenize(List<LabelledSentence> headline, List<LabelledSentence> body) {
    Detokenizer first = new Detokenizer(TextField.HEADLINE);
    headline.forEach(first::add);
    Detokenizer second = new Detokenizer(TextField.BODY);
    body.forEach(second::add);
    List<RecognizedMention> mentions = new ArrayList<>(first.mentions);
    mentions.addAll(second.mentions);
    return new LabelledDocument(
        Tokenizer.tokenize(first.text.toString()),
        Tokenizer.tokenize(second.text.toString()),
        mentions);
  }

  private void add(LabelledSentence sentence) {
    List<String> tokens = sentence.tokens();
    if (text.length() > 0) {
      text.append(".?!".indexOf(text.charAt(text.length() - 1)) >= 0 ? ' ' : '\n');
    }
    int[] starts = new int[tokens.size()];
    int[] ends = new int[tokens.size()];
    boolean quoted = false;
    boolean glue = true;
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      boolean quote = token.equals("\"");
      if (!glue && !NO_SPACE_BEFORE.contains(token) && !(quote && quoted) && !joined(tokens, i)) {
        text.append(' ');
      }
      starts[i] = text.length();
      text.append(token);
      ends[i] = text.length();
      glue = NO_SPACE_AFTER.contains(token) || (quote && !quoted);
      quoted ^= quote;
    }
    for (NameSpan name : sentence.names()) {
      int start = starts[name.first()];
      int end = ends[name.end() - 1];
      mentions.add(
          new RecognizedMention(field, start, end, text.substring(start, end), name.kind()));
    }
  }

  /** Whether a token belongs to the one before: hyphens in words and character references. */
  private static boolean joined(List<String> tokens, int at) {
    String token = tokens.get(at);
    String before = tokens.get(at - 1);
    if (token.equals("-") && at + 1 < tokens.size()) {
      return isLetter(before, before.length() - 1) && isLetter(tokens.get(at + 1), 0);
    }
    if (before.equals("-") && at > 1) {
      String far = tokens.get(at - 2);
      return isLetter(far, far.length() - 1) && isLetter(token, 0);
    }
    boolean reference = at + 1 < tokens.size() && tokens.get(at + 1).equals(";");
    return before.equals("&") && REFERENCES.contains(token) && reference;
  }

  private static boolean isLetter(String token, int index) {
    return Character.isLetter(token.charAt(index));
  }
}
