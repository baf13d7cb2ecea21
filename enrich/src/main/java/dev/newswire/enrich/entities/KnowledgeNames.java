// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.entities.KnownEntity.Tier;
import dev.newswire.enrich.recognition.EntityRecognizer;
import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.enrich.text.Casing;
import dev.newswire.enrich.text.Sentence;
import dev.newswire.enrich.text.Token;
import dev.newswire.enrich.text.TokenizedText;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds organisations of the knowledge base whose names hardly mean anything else, where the
 * recogniser misses them. Immutable.
 */
final class KnowledgeNames implements EntityRecognizer {

  private final EntityRecognizer recognizer;
  private final KnowledgeBase knowledge;

  KnowledgeNames(EntityRecognizer recognizer, KnowledgeBase knowledge) {
    this.recognizer = recognizer;
    this.knowledge = knowledge;
  }

  @Override
  public String name() {
    return recognizer.name();
  }

  @Override
  public boolean endsInTime() {
    return recognizer.endsInTime();
  }

  @Override
  public List<RecognizedMention> recognize(TokenizedText headline, TokenizedText body) {
    List<RecognizedMention> listed = new ArrayList<>();
    find(headline, TextField.HEADLINE, listed);
    find(body, TextField.BODY, listed);
    return ListedNames.merge(recognizer.recognize(headline, body), listed);
  }

  private void find(TokenizedText text, TextField field, List<RecognizedMention> found) {
    FoldedText folded = FoldedText.of(text.text());
    List<Token> tokens = text.tokens();
    for (Sentence sentence : text.sentences()) {
      int index = sentence.first();
      while (index < sentence.end()) {
        int next = index + 1;
        if (Character.isUpperCase(tokens.get(index).form().charAt(0))) {
          int end = endOfName(text, folded, sentence, index);
          if (end > index) {
            int start = tokens.get(index).start();
            int last = tokens.get(end - 1).end();
            found.add(
                new RecognizedMention(
                    field,
                    start,
                    last,
                    text.text().substring(start, last),
                    EntityKind.ORGANISATION));
            next = end;
          }
        }
        index = next;
      }
    }
  }

  /** The token after the longest such name that begins at a token; that token itself for none. */
  private int endOfName(TokenizedText text, FoldedText folded, Sentence sentence, int index) {
    List<Token> tokens = text.tokens();
    int start = tokens.get(index).start();
    int[] end = {index};
    knowledge
        .file()
        .names()
        .forEachAt(
            folded.bytes(),
            folded.byteAt(start),
            (numbers, after) -> {
              int place = folded.placeOf((int) after, text.text().length());
              Optional<Integer> token = tokenEndingAt(tokens, index, sentence.end(), place);
              if (token.isPresent()
                  && isDistinctive(numbers, text.text().substring(start, place), sentence)) {
                end[0] = token.get();
              }
            });
    return end[0];
  }

  private static Optional<Integer> tokenEndingAt(
      List<Token> tokens, int first, int end, int place) {
    for (int t = first; t < end && tokens.get(t).start() < place; t++) {
      if (tokens.get(t).end() == place) {
        return Optional.of(t + 1);
      }
    }
    return Optional.empty();
  }

  private boolean isDistinctive(int[] numbers, String written, Sentence sentence) {
    for (int number : numbers) {
      KnownEntity entity = knowledge.file().entity(number);
      if (entity.kind() != EntityKind.ORGANISATION) {
        return false;
      }
      boolean lone = entity.loneNames().contains(written);
      boolean several = entity.tier() == Tier.CURATED && isOfSeveralWords(written);
      boolean asWritten = lone || (several && isWritten(entity, written, sentence));
      if (!asWritten) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfSeveralWords(String name) {
    return name.chars().anyMatch(c -> Character.isWhitespace(c) || c == '-');
  }

  private static boolean isWritten(KnownEntity entity, String written, Sentence sentence) {
    String plain = written.replaceAll("\\s+", " ");
    return sentence.casing() == Casing.CAPITALS
        ? entity.names().stream().anyMatch(plain::equalsIgnoreCase)
        : entity.names().contains(plain);
  }
}
