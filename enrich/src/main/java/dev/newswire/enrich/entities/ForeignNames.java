// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.entities.KnownEntity.Tier;
import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.enrich.text.Deadline;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds known names in texts of other languages than English, as they are written in the knowledge
 * base, and without a recogniser: a name that only one entity bears is that entity. Immutable.
 */
public final class ForeignNames {

  /** Languages that are read, ISO 639-1. */
  public static final List<String> LANGUAGES =
      List.of("de", "fr", "es", "pt", "it", "nl", "ru", "uk", "ar", "zh");

  /** The script of most of them, ISO 15924. */
  public static final String LATIN = "Latn";

  private static final String HAN = "Hani";
  private static final String ARABIC = "Arab";

  private static final Map<String, String> SCRIPTS =
      Map.of("ru", "Cyrl", "uk", "Cyrl", "ar", ARABIC, "zh", HAN);

  private final KnowledgeFile file;

  ForeignNames(KnowledgeFile file) {
    this.file = file;
  }

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
          case ARABIC -> ARABIC;
          case HAN -> HAN;
          default -> "";
        };
      }
    }
    return "";
  }

  /** A known name in a text. */
  record Found(RecognizedMention mention, KnownEntity known) {}

  /** The known names of a text, in reading order; none overlap. */
  List<Found> find(String text, TextField field, String language, Deadline deadline) {
    String script = SCRIPTS.getOrDefault(language, LATIN);
    FoldedText folded = FoldedText.of(text);
    List<Found> found = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      deadline.check();
      int next = at + Character.charCount(text.codePointAt(at));
      if (mayBegin(text, at, script)) {
        Optional<Found> name = longest(text, folded, at, field, language, script);
        if (name.isPresent()) {
          found.add(name.get());
          next = name.get().mention().end();
        }
      }
      at = next;
    }
    return found;
  }

  private static boolean mayBegin(String text, int at, String script) {
    int character = text.codePointAt(at);
    if (!Character.isLetter(character)) {
      return false;
    }
    if (script.equals(HAN)) {
      return true;
    }
    boolean starts = at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at));
    return starts && (script.equals(ARABIC) || Character.isUpperCase(character));
  }

  private Optional<Found> longest(
      String text, FoldedText folded, int at, TextField field, String language, String script) {
    int start = folded.byteAt(at);
    Found[] best = new Found[1];
    for (String prefix : List.of(language, script)) {
      file.foreignNames()
          .forEachAt(
              NameIndex.bytes(prefix + ":"),
              folded.bytes(),
              start,
              (numbers, after) -> take(text, folded, at, field, script, numbers, after, best));
    }
    if (script.equals(LATIN)) {
      file.names()
          .forEachAt(
              folded.bytes(),
              start,
              (numbers, after) -> {
                boolean full = isFullName(numbers, text, at, folded, after);
                if (full) {
                  take(text, folded, at, field, script, numbers, after, best);
                }
              });
    }
    return Optional.ofNullable(best[0]);
  }

  /**
   * Whether a name is that of one person or organisation in several words, which few others bear.
   */
  private boolean isFullName(int[] numbers, String text, int at, FoldedText folded, long after) {
    int end = folded.placeOf((int) after, text.length());
    KnownEntity known = file.entity(numbers[0]);
    return known.kind() != EntityKind.PLACE
        && known.tier().compareTo(Tier.NATIONAL) <= 0
        && text.substring(at, end).contains(" ");
  }

  private void take(
      String text,
      FoldedText folded,
      int at,
      TextField field,
      String script,
      int[] numbers,
      long after,
      Found[] best) {
    int end = folded.placeOf((int) after, text.length());
    boolean ends =
        script.equals(HAN)
            || end == text.length()
            || !Character.isLetterOrDigit(text.codePointAt(end));
    boolean longer = best[0] == null || end > best[0].mention().end();
    boolean one = numbers.length == 1 || file.entity(numbers[0]).tier() == Tier.CURATED;
    if (ends && longer && one) {
      KnownEntity known = file.entity(numbers[0]);
      best[0] =
          new Found(
              new RecognizedMention(field, at, end, text.substring(at, end), known.kind()), known);
    }
  }
}
