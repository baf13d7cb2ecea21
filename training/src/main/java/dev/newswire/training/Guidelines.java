// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.schemas.EntityKind;
import dev.newswire.training.LabelledSentence.NameSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Brings the names of all corpora under the same rules: a title is not part of a name, nor is a
 * leading article of a place, nor the rest of an adjective such as London-based; a place and the
 * larger one after its comma are two; and an adjective of nationality names no place.
 */
final class Guidelines {

  private static final Set<String> TITLES =
      Set.of(
          "mr",
          "mrs",
          "ms",
          "miss",
          "dr",
          "prof",
          "professor",
          "sir",
          "lord",
          "lady",
          "dame",
          "president",
          "king",
          "queen",
          "prince",
          "princess",
          "pope",
          "saint",
          "senator",
          "sen",
          "rep",
          "gov",
          "governor",
          "general",
          "gen",
          "colonel",
          "col",
          "captain",
          "capt",
          "major",
          "lieutenant",
          "lt",
          "sgt",
          "judge",
          "justice",
          "rev",
          "reverend",
          "father",
          "fr",
          "minister",
          "chancellor",
          "secretary",
          "mayor",
          "coach",
          "archbishop",
          "bishop",
          "cardinal",
          "sheikh",
          "emperor",
          "admiral",
          "commander",
          "ambassador");

  /** Titles that are most of a name where one other word follows: Pope Francis. */
  private static final Set<String> NAMING =
      Set.of("king", "queen", "prince", "princess", "pope", "saint", "emperor", "sheikh", "lady");

  /** What ends an adjective that is made of a name. */
  private static final Set<String> ENDINGS =
      Set.of("based", "born", "led", "backed", "owned", "linked", "leaning", "style", "run");

  /** What no name of a place ends in. */
  private static final Set<String> NATIONALITIES =
      Set.of(
          "African",
          "American",
          "Americans",
          "Australian",
          "Belgian",
          "Canadian",
          "Chinese",
          "Egyptian",
          "English",
          "European",
          "Guinean",
          "Iberian",
          "Indian",
          "Indians",
          "Korean",
          "Parthian",
          "Prussian",
          "Russian");

  private Guidelines() {}

  static List<LabelledSentence> apply(List<LabelledSentence> document) {
    return document.stream().map(Guidelines::apply).toList();
  }

  private static LabelledSentence apply(LabelledSentence whole) {
    LabelledSentence sentence = withoutEndings(whole);
    List<NameSpan> names = new ArrayList<>();
    for (NameSpan name : sentence.names()) {
      boolean nationality = NATIONALITIES.contains(sentence.tokens().get(name.end() - 1));
      switch (name.kind()) {
        case PERSON -> names.add(withoutTitles(sentence.tokens(), name));
        case PLACE -> {
          if (!nationality) {
            addPlaces(sentence.tokens(), name, names);
          }
        }
        case ORGANISATION -> names.add(name);
      }
    }
    return new LabelledSentence(sentence.tokens(), names);
  }

  /** Splits what ends a name such as York-based from it. */
  private static LabelledSentence withoutEndings(LabelledSentence sentence) {
    List<String> tokens = new ArrayList<>(sentence.tokens());
    List<NameSpan> names = new ArrayList<>();
    int offset = 0;
    for (NameSpan name : sentence.names()) {
      int last = name.end() - 1 + offset;
      String token = tokens.get(last);
      int hyphen = token.lastIndexOf('-');
      names.add(new NameSpan(name.first() + offset, last + 1, name.kind()));
      if (hyphen > 0 && ENDINGS.contains(token.substring(hyphen + 1))) {
        tokens.set(last, token.substring(0, hyphen));
        tokens.addAll(last + 1, List.of("-", token.substring(hyphen + 1)));
        offset += 2;
      }
    }
    return new LabelledSentence(tokens, names);
  }

  private static NameSpan withoutTitles(List<String> tokens, NameSpan name) {
    int first = name.first();
    while (first + 1 < name.end() && isTitle(tokens.get(first), name.end() - first)) {
      first++;
    }
    return new NameSpan(first, name.end(), name.kind());
  }

  private static boolean isTitle(String token, int length) {
    String word = token.replace(".", "").toLowerCase(Locale.ROOT);
    return TITLES.contains(word) && !(length == 2 && NAMING.contains(word));
  }

  private static void addPlaces(List<String> tokens, NameSpan name, List<NameSpan> places) {
    int first = name.first();
    for (int i = name.first(); i <= name.end(); i++) {
      if (i == name.end() || tokens.get(i).equals(",")) {
        boolean article = i - first > 1 && tokens.get(first).equalsIgnoreCase("the");
        int start = article ? first + 1 : first;
        if (i > start) {
          places.add(new NameSpan(start, i, EntityKind.PLACE));
        }
        first = i + 1;
      }
    }
  }
}
