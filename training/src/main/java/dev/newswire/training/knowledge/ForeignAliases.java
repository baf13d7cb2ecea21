// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training.knowledge;

import dev.newswire.enrich.entities.ForeignNames;
import dev.newswire.enrich.entities.KnownEntity.Tier;
import dev.newswire.schemas.EntityKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names of entities in other languages: those of countries as the Unicode CLDR has them, which
 * every JDK brings, and those that the sources give, by their script.
 */
final class ForeignAliases {

  private final SortedMap<String, List<Integer>> names = new TreeMap<>();

  private ForeignAliases() {}

  /** Numbers of drafts, in their order, by the keys of names. */
  static SortedMap<String, List<Integer>> of(List<Draft> drafts) {
    ForeignAliases aliases = new ForeignAliases();
    Map<String, Integer> countries = new HashMap<>();
    for (int number = 0; number < drafts.size(); number++) {
      Draft draft = drafts.get(number);
      boolean country = draft.isPlace() && draft.size == Selection.SIZE_OF_A_COUNTRY;
      if (country && draft.isCurated() && !draft.country.isEmpty()) {
        countries.putIfAbsent(draft.country, number);
      }
      boolean known =
          draft.tier.compareTo(draft.isPlace() ? Tier.NATIONAL : Tier.KNOWN) <= 0
              && !draft.id.isEmpty();
      if (known) {
        aliases.addOthers(draft, number);
      }
    }
    countries.forEach(aliases::addCountry);
    return aliases.names;
  }

  private void addCountry(String code, int number) {
    Locale country = new Locale.Builder().setRegion(code).build();
    for (String language : ForeignNames.LANGUAGES) {
      String name = country.getDisplayCountry(Locale.forLanguageTag(language));
      if (!name.equals(code)) {
        add(name, language, number);
      }
    }
  }

  private void addOthers(Draft draft, int number) {
    for (String name : draft.otherNames) {
      String script = ForeignNames.scriptOf(name);
      boolean several = name.contains(" ") || draft.isPlace();
      boolean latin = script.equals(ForeignNames.LATIN);
      boolean takenIfLatin = draft.isPlace() && draft.role.startsWith("capital");
      boolean organisation = draft.kind == EntityKind.ORGANISATION && several;
      if (!script.isEmpty() && (!latin || takenIfLatin || organisation)) {
        add(name, script, number);
      }
    }
  }

  private void add(String name, String languageOrScript, int number) {
    if (name.codePointCount(0, name.length()) < 2) {
      return;
    }
    List<Integer> numbers =
        names.computeIfAbsent(ForeignNames.key(languageOrScript, name), key -> new ArrayList<>(1));
    if (!numbers.contains(number)) {
      numbers.add(number);
    }
  }
}
