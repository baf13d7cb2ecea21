// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.recognition.EntityRecognizer;
import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.enrich.text.Casing;
import dev.newswire.enrich.text.Sentence;
import dev.newswire.enrich.text.Token;
import dev.newswire.enrich.text.TokenizedText;
import dev.newswire.enrich.text.Tokenizer;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the names of a user's own entities wherever they stand, whether the recogniser takes them
 * for names or not: word by word as they are written, or in capitals where the sentence is. A
 * longer name that the recogniser sees around one is left as it is. Immutable.
 */
final class ListedNames implements EntityRecognizer {

  private static final Comparator<RecognizedMention> READING_ORDER =
      Comparator.comparing(RecognizedMention::field).thenComparing(RecognizedMention::start);

  private final EntityRecognizer recognizer;

  /** By the first word, folded; the longest first. */
  private final Map<String, List<Name>> names = new HashMap<>();

  /** The first words, as they are written. */
  private final Set<String> firstWords = new HashSet<>();

  /** A name in the words of the tokenizer. */
  private record Name(List<String> words, EntityKind kind) {

    boolean isAt(int index, int end, List<Token> tokens, boolean inCapitals) {
      if (index + words.size() > end) {
        return false;
      }
      for (int i = 0; i < words.size(); i++) {
        String form = tokens.get(index + i).form();
        boolean same = inCapitals ? form.equalsIgnoreCase(words.get(i)) : form.equals(words.get(i));
        if (!same) {
          return false;
        }
      }
      return true;
    }
  }

  /** Adds the names of entities to what a recogniser finds. */
  ListedNames(EntityRecognizer recognizer, List<KnownEntity> entities) {
    this.recognizer = recognizer;
    for (KnownEntity entity : entities) {
      add(entity.name(), entity.kind());
      entity.aliases().forEach(alias -> add(alias, entity.kind()));
    }
    Comparator<Name> byLength = Comparator.comparing(name -> name.words().size());
    names.values().forEach(same -> same.sort(byLength.reversed()));
  }

  private void add(String name, EntityKind kind) {
    List<String> words = Tokenizer.tokenize(name).tokens().stream().map(Token::form).toList();
    firstWords.add(words.get(0));
    names
        .computeIfAbsent(KnowledgeBase.fold(words.get(0)), word -> new ArrayList<>(1))
        .add(new Name(words, kind));
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
    return merge(recognizer.recognize(headline, body), listed);
  }

  /** Both, without what overlaps: a longer name that was recognised stays, a shorter one goes. */
  static List<RecognizedMention> merge(
      List<RecognizedMention> recognized, List<RecognizedMention> found) {
    List<RecognizedMention> listed = new ArrayList<>(found);
    listed.removeIf(
        own -> around(own, recognized).stream().anyMatch(other -> isWithin(own, other)));
    if (listed.isEmpty()) {
      return recognized;
    }
    List<RecognizedMention> all = new ArrayList<>(listed);
    recognized.stream()
        .filter(other -> around(other, listed).stream().noneMatch(own -> overlap(own, other)))
        .forEach(all::add);
    all.sort(READING_ORDER);
    return List.copyOf(all);
  }

  /** Of mentions in reading order, none of which overlap, those that overlap another if any do. */
  private static List<RecognizedMention> around(
      RecognizedMention one, List<RecognizedMention> inOrder) {
    int found = Collections.binarySearch(inOrder, one, READING_ORDER);
    int next = found < 0 ? -found - 1 : found;
    return inOrder.subList(Math.max(0, next - 1), Math.min(inOrder.size(), next + 1));
  }

  private void find(TokenizedText text, TextField field, List<RecognizedMention> found) {
    for (Sentence sentence : text.sentences()) {
      int index = sentence.first();
      while (index < sentence.end()) {
        Optional<Name> name = nameAt(index, sentence, text.tokens());
        if (name.isEmpty()) {
          index++;
        } else {
          int start = text.tokens().get(index).start();
          index += name.get().words().size();
          int end = text.tokens().get(index - 1).end();
          found.add(
              new RecognizedMention(
                  field, start, end, text.text().substring(start, end), name.get().kind()));
        }
      }
    }
  }

  private Optional<Name> nameAt(int index, Sentence sentence, List<Token> tokens) {
    boolean inCapitals = sentence.casing() == Casing.CAPITALS;
    String first = tokens.get(index).form();
    if (!inCapitals && !firstWords.contains(first)) {
      return Optional.empty();
    }
    return names.getOrDefault(KnowledgeBase.fold(first), List.of()).stream()
        .filter(name -> name.isAt(index, sentence.end(), tokens, inCapitals))
        .findFirst();
  }

  private static boolean isWithin(RecognizedMention inner, RecognizedMention outer) {
    return overlap(inner, outer)
        && outer.start() <= inner.start()
        && outer.end() >= inner.end()
        && outer.end() - outer.start() > inner.end() - inner.start();
  }

  private static boolean overlap(RecognizedMention a, RecognizedMention b) {
    return a.field() == b.field() && a.start() < b.end() && b.start() < a.end();
  }
}
