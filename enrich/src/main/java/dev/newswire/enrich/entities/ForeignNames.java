// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import java.util.List;

/** Finds known names in texts of other languages than English. */
public final class ForeignNames {

  /** Languages that are read, ISO 639-1. */
  public static final List<String> LANGUAGES =
      List.of("de", "fr", "es", "pt", "it", "nl", "ru", "uk", "ar", "zh");

  /** The script of most of them, ISO 15924. */
  public static final String LATIN = "Latn";

  private ForeignNames() {}

  /** The key of a name: by the language whose name it is, or by its script. */
  public static String key(String languageOrScript, String name) {
    return languageOrScript + ":" + KnowledgeBase.fold(name);
  }

  /** The script of a name, ISO 15924; empty if it is none of those that are read. */
  public static String scriptOf(String name) {
    for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
      int character = name.codePointAt(at);
      if (Character.isLetter(character)) {
        return switch (Character.UnicodeScript.of(character)) {
          case LATIN -> LATIN;
          case CYRILLIC -> "Cyrl";
          case ARABIC -> "Arab";
          case HAN -> "Hani";
          default -> "";
        };
      }
    }
    return "";
  }
}
