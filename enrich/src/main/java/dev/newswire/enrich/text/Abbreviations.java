// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

import java.util.Set;

/** English abbreviations that end with a point. */
final class Abbreviations {

  /** Those that stand before a name: no sentence ends after them. */
  private static final Set<String> BEFORE_NAMES =
      Set.of(
          "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Sen", "Sens", "Rep", "Reps", "Gov", "Govs", "St",
          "Ste", "Lt", "Col", "Sgt", "Cpl", "Pvt", "Capt", "Maj", "Brig", "Adm", "Cmdr", "Rev",
          "Hon", "Pres", "Msgr", "Fr", "Supt", "Det", "Insp", "Mt", "Ft", "Messrs", "Mme", "Mlle",
          "Sr", "vs", "al", "approx", "cf", "Rs", "Fig", "Vol");

  private static final Set<String> OTHERS =
      Set.of(
          "Inc", "Corp", "Co", "Cos", "Ltd", "Jr", "Bros", "Assn", "Dept", "Univ", "Ave", "Blvd",
          "Rd", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "etc", "Ala",
          "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky",
          "La", "Md", "Mich", "Minn", "Miss", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Tenn",
          "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "Ont", "Que", "Ph", "Ltda", "Pte", "Pty", "plc",
          "mln", "bln", "dlrs", "pct", "cts", "shr");

  private Abbreviations() {}

  /** Whether a word, without its point, is one. */
  static boolean isAbbreviation(String word) {
    return BEFORE_NAMES.contains(word) || OTHERS.contains(word);
  }

  /** Whether a token, with its point, can't end a sentence. */
  static boolean standsBeforeName(String token) {
    return token.endsWith(".") && BEFORE_NAMES.contains(token.substring(0, token.length() - 1));
  }
}
