// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the names of known entities: of all that begin at a word, the longest. It knows no other
 * names, and takes a city's name inside of a longer name for part of that.
 */
public final class GazetteerRecognizer {

  /** Words of the longest name that is looked for. */
  private static final int LONGEST = 7;

  /** Cities below it bear too many common words as names. */
  private static final long LEAST_CITY = 500_000;

  private static final Pattern WORD =
      Pattern.compile(
          "\\p{L}\\.(?:\\p{L}\\.)+|[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*(?:[-.&](?=\\p{L})[\\p{L}\\p{M}\\p{N}]+)*");

  private final KnowledgeBase knowledge;

  /** Finds the names of these entities. */
  public GazetteerRecognizer(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
  }

  /** The names in a text, in reading order. */
  public List<Name> recognize(TextField field, String text) {
    List<MatchResult> words = WORD.matcher(text).results().toList();
    List<Name> names = new ArrayList<>();
    int word = 0;
    while (word < words.size()) {
      int length = longestAt(field, text, words, word, names);
      word += Math.max(1, length);
    }
    return names;
  }

  private int longestAt(
      TextField field, String text, List<MatchResult> words, int first, List<Name> names) {
    if (!isCapitalised(words.get(first))) {
      return 0;
    }
    for (int length = Math.min(LONGEST, words.size() - first); length > 0; length--) {
      MatchResult last = words.get(first + length - 1);
      String span = text.substring(words.get(first).start(), last.end());
      List<KnownEntity> known = knowledge.named(span);
      if (!known.isEmpty() && isCapitalised(last) && fits(text, words, first, length, known)) {
        names.add(new Name(field, words.get(first).start(), last.end(), span, known.get(0).kind()));
        return length;
      }
    }
    return 0;
  }

  private static boolean fits(
      String text, List<MatchResult> words, int first, int length, List<KnownEntity> known) {
    String span = text.substring(words.get(first).start(), words.get(first + length - 1).end());
    boolean acronym = span.length() <= 4 && known.stream().noneMatch(k -> k.name().equals(span));
    if (acronym && !span.equals(span.toUpperCase(java.util.Locale.ROOT))) {
      return known.stream().anyMatch(entity -> entity.loneNames().contains(span));
    }
    boolean city =
        known.stream().allMatch(k -> k.kind() == EntityKind.PLACE && k.size() < 100_000_000);
    if (!city || length > 1) {
      return true;
    }
    boolean large =
        known.stream().anyMatch(k -> k.wikidataId().isPresent() || k.size() >= LEAST_CITY);
    return large && !partOfLongerName(text, words, first);
  }

  private static boolean partOfLongerName(String text, List<MatchResult> words, int word) {
    if (word + 1 < words.size()) {
      String between = text.substring(words.get(word).end(), words.get(word + 1).start());
      if (between.equals(" ") && isCapitalised(words.get(word + 1))) {
        return true;
      }
    }
    return word > 1
        && text.substring(words.get(word - 1).end(), words.get(word).start()).equals(" ")
        && isCapitalised(words.get(word - 1))
        && text.substring(words.get(word - 2).end(), words.get(word - 1).start()).equals(" ");
  }

  private static boolean isCapitalised(MatchResult word) {
    return Character.isUpperCase(word.group().codePointAt(0));
  }
}
