// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.schemas.EntityKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the mentions of one article that mean the same: names written alike, a family name with the
 * person named in full before it (or, in a headline, after it), and an acronym with its expansion.
 */
final class Coreference {

  private static final int LONGEST_ACRONYM = 7;

  /** So many people of one family name are told apart; further ones stay by themselves. */
  private static final int LARGEST_FAMILY = 20;

  private final List<RecognizedMention> mentions;

  /** People named in full, by their family names, in the order of their first mentions. */
  private final Map<String, List<FullName>> families = new HashMap<>();

  /** Keys of organisations by their initials. */
  private final Map<String, String> expansions = new HashMap<>();

  /** Keys of organisations of several words by their last; empty where several share it. */
  private final Map<String, String> lastWords = new HashMap<>();

  private Coreference(List<RecognizedMention> mentions) {
    this.mentions = mentions;
    for (int i = 0; i < mentions.size(); i++) {
      RecognizedMention mention = mentions.get(i);
      List<String> words = KnowledgeBase.words(mention.text());
      if (mention.kind() == EntityKind.PERSON && words.size() > 1) {
        addFullName(words, i);
      }
      if (mention.kind() == EntityKind.ORGANISATION && words.size() > 1) {
        String before = lastWords.putIfAbsent(words.get(words.size() - 1), key(mention));
        if (before != null && !before.equals(key(mention))) {
          lastWords.put(words.get(words.size() - 1), "");
        }
      }
      String initials = initials(mention.text());
      if (mention.kind() == EntityKind.ORGANISATION && initials.length() > 1) {
        expansions.putIfAbsent(initials, key(mention));
      }
    }
  }

  /** Groups of mentions of the same, in the order of their first mentions. */
  static List<List<RecognizedMention>> join(List<RecognizedMention> mentions) {
    Coreference coreference = new Coreference(mentions);
    Map<String, List<RecognizedMention>> groups = new LinkedHashMap<>();
    for (int i = 0; i < mentions.size(); i++) {
      groups.computeIfAbsent(coreference.groupOf(i), key -> new ArrayList<>()).add(mentions.get(i));
    }
    return List.copyOf(groups.values());
  }

  private void addFullName(List<String> words, int index) {
    List<FullName> family =
        families.computeIfAbsent(words.get(words.size() - 1), key -> new ArrayList<>());
    boolean known = family.stream().anyMatch(full -> full.isAlso(words));
    if (!known && family.size() < LARGEST_FAMILY) {
      family.add(new FullName(words, index));
    }
  }

  private String groupOf(int index) {
    RecognizedMention mention = mentions.get(index);
    return switch (mention.kind()) {
      case PERSON -> person(mention, index);
      case ORGANISATION -> organisation(mention);
      case PLACE -> key(mention);
    };
  }

  /** Of the people whom a name fits, the last before it, else the first after it. */
  private String person(RecognizedMention mention, int index) {
    List<String> words = KnowledgeBase.words(mention.text());
    FullName nearest = null;
    for (FullName full : families.getOrDefault(words.get(words.size() - 1), List.of())) {
      if ((nearest == null || full.index() <= index) && full.isAlso(words)) {
        nearest = full;
      }
    }
    return nearest == null ? key(mention) : EntityKind.PERSON + " " + nearest.words();
  }

  private String organisation(RecognizedMention mention) {
    String acronym = mention.text().replace(".", "");
    boolean capitals = acronym.chars().allMatch(Character::isUpperCase);
    boolean plausible = capitals && acronym.length() <= LONGEST_ACRONYM;
    if (plausible) {
      return expansions.getOrDefault(acronym, key(mention));
    }
    String whole = lastWords.getOrDefault(KnowledgeBase.fold(mention.text()), "");
    return whole.isEmpty() ? key(mention) : whole;
  }

  private static String initials(String name) {
    StringBuilder initials = new StringBuilder();
    boolean wordStarts = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (wordStarts && Character.isUpperCase(c)) {
        initials.append(c);
      }
      wordStarts = c == ' ' || c == '-' || c == '\n';
    }
    return initials.toString();
  }

  private static String key(RecognizedMention mention) {
    return mention.kind() + " " + KnowledgeBase.words(mention.text());
  }

  /**
   * A person named in full.
   *
   * @param words at least two
   * @param index of the first mention
   */
  private record FullName(List<String> words, int index) {

    /** Whether other words of the same family name may mean the same person. */
    boolean isAlso(List<String> other) {
      if (other.size() == 1) {
        return true;
      }
      String mine = words.get(0);
      String theirs = other.get(0);
      boolean initial =
          Math.min(mine.length(), theirs.length()) <= 2 && mine.charAt(0) == theirs.charAt(0);
      return mine.equals(theirs) || initial;
    }
  }
}
