// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.entities.KnownEntity.Tier;
import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an article says of the countries, offices and trades of those it names: without that, a name
 * that many bear means nobody. Immutable; for one article.
 */
final class Context {

  /** Most words of a name of a country. */
  private static final int LONGEST_COUNTRY = 4;

  /** So far from a name its office stands, in characters. */
  private static final int BESIDE = 70;

  /** So many people live in a town that needs nothing but its name. */
  private static final long LARGE_TOWN = 100_000;

  private static final Pattern OFFICE =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])(?:president|premier|prime minister|minister|chancellor|senators?|sen\\.|mps?"
              + "|lawmakers?|representative|rep\\.|congress(?:man|woman)|governor|gov\\.|speaker"
              + "|mayor|ambassador|secretary|deputy|opposition|party|leader|king|queen|prince"
              + "|politician|candidate|parliament(?:arian)?|legislator|commissioner|attorney"
              + "|envoy|chief|head of|elected|cabinet|government|ruling|coalition)(?![\\p{L}\\p{N}])");

  private static final Pattern ENTERTAINMENT =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])(?:actors?|actress|films?|movies?|singer|songwriter|album|songs?|musicians?"
              + "|rapper|comedian|director|television|TV|Oscars?|Grammys?|Emmys?|Hollywood|band"
              + "|concert|celebrity|novelist|author|composer|stars?|dies|died)(?![\\p{L}\\p{N}])");

  /** Words of articles about sports. */
  static final Pattern SPORT =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])(?:football(?:er)?|soccer|club|league|match|cup final|goals?|striker|midfielder"
              + "|coach|champions league|defeats?|premier league|la liga|serie a|bundesliga"
              + "|fixture|stadium|fans)(?![\\p{L}\\p{N}])");

  /** What many countries have: the article's own is meant. */
  private static final Pattern GENERIC =
      Pattern.compile(
          "(?i)(?:the )?(?:(?:house of representatives|senate|parliament|national assembly|congress"
              + "|supreme court|constitutional court|supreme federal court|high court"
              + "|court of appeals?|chamber of deputies|house of commons|federal court"
              + "|central bank|election commission|electoral commission|foreign ministry"
              + "|interior ministry|defen[cs]e ministry|health ministry|national police"
              + "|coast guard|state department|civil defen[cs]e)"
              + "|(?:ministry|department) of .*|(?:national|labou?r|democratic|socialist"
              + "|social democratic|conservative|communist|liberal|republican|green|people's"
              + "|progressive|freedom|justice|workers'?|christian democratic) party"
              + "|greens|liberals|social democrats|christian democrats)");

  private final String headline;
  private final String body;
  private final Map<String, Integer> countries = new HashMap<>();
  private final Map<String, Boolean> about = new HashMap<>();

  Context(KnowledgeBase knowledge, String headline, String body, List<RecognizedMention> mentions) {
    this.headline = headline;
    this.body = body;
    count(headline, knowledge.countryWords());
    count(body, knowledge.countryWords());
    for (RecognizedMention mention : mentions) {
      if (mention.kind() == EntityKind.PLACE) {
        onlyCountry(knowledge.named(mention.text()))
            .ifPresent(country -> countries.merge(country, 1, Integer::sum));
      }
    }
  }

  /** The country of all places of a name that are known well. */
  private static Optional<String> onlyCountry(List<KnownEntity> known) {
    List<String> codes =
        known.stream()
            .filter(one -> one.kind() == EntityKind.PLACE && one.tier() != Tier.OTHER)
            .map(one -> one.country().orElse(""))
            .distinct()
            .toList();
    return codes.size() == 1
        ? codes.stream().filter(code -> !code.isEmpty()).findFirst()
        : Optional.empty();
  }

  private void count(String text, Map<String, String> words) {
    List<String> run = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && isOfWord(text.charAt(end))) {
        end++;
      }
      if (end > at) {
        String word = text.substring(at, end);
        run.add(
            word.endsWith(".") && !word.equals("U.S.")
                ? word.substring(0, word.length() - 1)
                : word);
        if (Character.isUpperCase(text.charAt(at))) {
          countFrom(run, words);
        }
      }
      if (end == text.length() || text.charAt(end) != ' ') {
        run.clear();
      }
      at = end + 1;
    }
  }

  private static boolean isOfWord(char c) {
    return Character.isLetter(c) || c == '.' || c == '-';
  }

  /** Counts the names of countries that end with a run of words. */
  private void countFrom(List<String> run, Map<String, String> words) {
    String name = "";
    for (int i = run.size() - 1; i >= Math.max(0, run.size() - LONGEST_COUNTRY); i--) {
      name = name.isEmpty() ? run.get(i) : run.get(i) + " " + name;
      String code = words.get(name);
      if (code != null) {
        countries.merge(code, 1, Integer::sum);
      }
    }
  }

  /** Whether the article speaks of a country. */
  boolean speaksOf(String country) {
    return countries.containsKey(country);
  }

  /** The country that the article names most; empty if none, or two as often. */
  Optional<String> mainCountry() {
    List<Map.Entry<String, Integer>> most = new ArrayList<>(countries.entrySet());
    most.sort(
        Map.Entry.<String, Integer>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    boolean clear =
        !most.isEmpty()
            && (most.size() == 1 || !most.get(0).getValue().equals(most.get(1).getValue()));
    return clear ? Optional.of(most.get(0).getKey()) : Optional.empty();
  }

  /** Whether the article tells enough of what is known for a name of its to mean it. */
  boolean supports(KnownEntity known, RecognizedMention mention) {
    if (known.kind() == EntityKind.ORGANISATION
        && GENERIC.matcher(mention.text()).matches()
        && known.country().isPresent()) {
      return mainCountry().equals(known.country());
    }
    if (known.tier() == Tier.CURATED) {
      return true;
    }
    return switch (known.kind()) {
      case PLACE -> supportsPlace(known, mention);
      case PERSON -> supportsPerson(known, mention);
      case ORGANISATION -> supportsOrganisation(known, mention);
    };
  }

  private boolean supportsPlace(KnownEntity known, RecognizedMention mention) {
    boolean near = known.country().map(this::speaksOf).orElse(false);
    return switch (known.tier()) {
      case CURATED -> true;
      case NATIONAL -> near || mention.kind() == EntityKind.PLACE;
      case KNOWN -> near || (known.size() >= LARGE_TOWN && mention.kind() == EntityKind.PLACE);
      case OTHER -> near && mention.kind() == EntityKind.PLACE;
    };
  }

  private boolean supportsPerson(KnownEntity known, RecognizedMention mention) {
    String role = known.background().role().toLowerCase(Locale.ROOT);
    boolean politician = OFFICE.matcher(role).find() || role.contains("member");
    if (!politician) {
      return isAbout("entertainment", ENTERTAINMENT);
    }
    boolean near = known.country().map(this::speaksOf).orElse(false);
    boolean beside = OFFICE.matcher(around(mention)).find();
    int until = known.background().until().orElse(9999);
    return switch (known.tier()) {
      case CURATED -> true;
      case NATIONAL -> near || (beside && known.country().isEmpty());
      case KNOWN -> beside && (near || known.country().isEmpty());
      case OTHER -> beside && near && until >= 1990;
    };
  }

  private boolean supportsOrganisation(KnownEntity known, RecognizedMention mention) {
    String role = known.background().role();
    boolean several = mention.text().contains(" ") || mention.text().contains("-");
    boolean near = known.country().map(this::speaksOf).orElse(false);
    if (role.startsWith("football")) {
      String country = role.substring(role.indexOf(',') + 1).strip();
      boolean there = !country.isEmpty() && (headline.contains(country) || body.contains(country));
      return isAbout("sport", SPORT) && (several || there);
    }
    if (role.startsWith("political party")) {
      return near;
    }
    if (known.tier() == Tier.OTHER) {
      return several ? near || known.name().equalsIgnoreCase(mention.text()) : near;
    }
    return several || near;
  }

  private boolean isAbout(String what, Pattern words) {
    return about.computeIfAbsent(
        what, key -> words.matcher(headline).find() || words.matcher(body).find());
  }

  private String around(RecognizedMention mention) {
    String text = mention.field() == TextField.HEADLINE ? headline : body;
    return text.substring(
        Math.max(0, mention.start() - BESIDE), Math.min(text.length(), mention.end() + BESIDE));
  }
}
