// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.schemas.EntityKind;
import dev.newswire.training.LabelledSentence.NameSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes lines that wires send and no corpus has: datelines on a line of their own, slugs before
 * headlines, and tables of sports results. Not thread-safe.
 */
final class WireLines {

  private static final List<String> SLUGS =
      List.of(
          "SOCCER",
          "TENNIS",
          "CRICKET",
          "RUGBY",
          "BASEBALL",
          "CYCLING",
          "GOLF",
          "URGENT",
          "FOCUS",
          "UPDATE 1",
          "WRAPUP 2",
          "FEATURE",
          "Exclusive",
          "Analysis",
          "Factbox");

  private final Random random;
  private final List<List<String>> people;
  private final List<List<String>> places;

  /**
   * Makes them of these names.
   *
   * @param random decides which
   */
  WireLines(Random random, List<List<String>> people, List<List<String>> places) {
    this.random = random;
    this.people = people;
    this.places = places;
  }

  /** The headline with a slug before it, which is no name. */
  LabelledSentence withSlug(LabelledSentence headline) {
    List<String> tokens = new ArrayList<>(List.of(any(SLUGS).split(" ", -1)));
    tokens.add(random.nextBoolean() ? "--" : ":");
    int offset = tokens.size();
    tokens.addAll(headline.tokens());
    List<NameSpan> names =
        headline.names().stream()
            .map(name -> new NameSpan(name.first() + offset, name.end() + offset, name.kind()))
            .toList();
    return new LabelledSentence(tokens, names);
  }

  /** A place and a date. */
  LabelledSentence dateline() {
    boolean capitals = random.nextInt(4) > 0;
    List<String> tokens = new ArrayList<>();
    for (String word : any(places)) {
      tokens.add(capitals ? word.toUpperCase(Locale.ROOT) : word);
    }
    List<NameSpan> names = List.of(new NameSpan(0, tokens.size(), EntityKind.PLACE));
    int day = 1 + random.nextInt(28);
    if (random.nextBoolean()) {
      int year = 1990 + random.nextInt(40);
      int month = 1 + random.nextInt(12);
      tokens.add(String.format(Locale.ROOT, "%d-%02d-%02d", year, month, day));
    } else {
      tokens.addAll(List.of(",", any(Augmentation.MONTHS), Integer.toString(day)));
    }
    return new LabelledSentence(tokens, names);
  }

  /** Some lines of one table of results. */
  List<LabelledSentence> results() {
    List<LabelledSentence> lines = new ArrayList<>();
    int form = random.nextInt(4);
    int length = 1 + random.nextInt(4);
    for (int rank = 1; rank <= length; rank++) {
      lines.add(result(form, rank));
    }
    return lines;
  }

  private LabelledSentence result(int form, int rank) {
    List<String> tokens = new ArrayList<>();
    List<NameSpan> names = new ArrayList<>();
    if (form == 0) {
      tokens.add(rank + ".");
    }
    addPlayer(tokens, names);
    switch (form) {
      case 0 -> tokens.add((1 + random.nextInt(9)) + ":" + (10 + random.nextInt(50)));
      case 1 -> {
        tokens.add("beat");
        addPlayer(tokens, names);
        tokens.addAll(List.of("6-" + random.nextInt(5), random.nextInt(5) + "-6"));
      }
      case 2 -> tokens.addAll(List.of(number(), number(), number()));
      default -> tokens.addAll(List.of(number(), "points"));
    }
    return new LabelledSentence(tokens, names);
  }

  private String number() {
    return Integer.toString(10 + random.nextInt(90));
  }

  private void addPlayer(List<String> tokens, List<NameSpan> names) {
    add(any(people), EntityKind.PERSON, tokens, names);
    tokens.add("(");
    add(any(places), EntityKind.PLACE, tokens, names);
    tokens.add(")");
  }

  private static void add(
      List<String> name, EntityKind kind, List<String> tokens, List<NameSpan> names) {
    names.add(new NameSpan(tokens.size(), tokens.size() + name.size(), kind));
    tokens.addAll(name);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
