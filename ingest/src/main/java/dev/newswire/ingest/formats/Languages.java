// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.ibm.icu.util.ULocale;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Languages as feeds name them: tags of BCP 47, locales such as {@code en_US}, codes of three
 * letters, and names in English or in the language itself. What names none is none: {@code us} is a
 * country.
 */
final class Languages {

  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}");
  private static final Set<String> OWN = Set.of("und", "mul", "zxx", "mis");

  private Languages() {}

  /** Made once, when the first language is given by its name. Immutable. */
  private static final class Names {
    private static final Map<String, String> BY_NAME = names();
    private static final Set<String> CODES = Set.of(ULocale.getISOLanguages());
  }

  private static Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    for (String code : ULocale.getISOLanguages()) {
      ULocale language = new ULocale(code);
      for (ULocale in : new ULocale[] {ULocale.ENGLISH, language}) {
        String name = language.getDisplayLanguage(in).toLowerCase(Locale.ROOT);
        if (!name.equals(code)) {
          names.putIfAbsent(name, code);
        }
      }
    }
    return Map.copyOf(names);
  }

  /** The tag that a text means; empty where it means none. */
  static Optional<String> tag(String text) {
    String plain = text.strip().replace('_', '-').replaceFirst("[.@;].*", "");
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    if (!TAG.matcher(plain).matches() || plain.length() > 35) {
      return Optional.ofNullable(Names.BY_NAME.get(PlainText.line(text).toLowerCase(Locale.ROOT)))
          .map(code -> ULocale.forLanguageTag(code).toLanguageTag());
    }
    ULocale locale = ULocale.forLanguageTag(plain);
    String language = locale.getLanguage();
    boolean isKnown =
        !language.isEmpty() && Names.CODES.contains(language) && !OWN.contains(language);
    return isKnown ? Optional.of(locale.toLanguageTag()) : byName(plain);
  }

  private static Optional<String> byName(String name) {
    return Optional.ofNullable(Names.BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }
}
