// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training.knowledge;

import dev.newswire.enrich.entities.KnownEntity.Tier;
import dev.newswire.schemas.EntityKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides which rows of the sources are taken, and how likely the news is to name them. The rules
 * are those of docs/entities.md.
 */
final class Selection {

  static final long SIZE_OF_A_COUNTRY = 100_000_000;
  static final long SIZE_OF_A_REGION = 5_000_000;

  private static final long SIZE_OF_A_COUNTY = 50_000;
  private static final int OFFICE_FROM = 2000;
  private static final int MEMBER_FROM = 2015;
  private static final int LONGEST_ROLE = 120;

  /** What every member of a parliament is called. */
  private static final Pattern MEMBER =
      Pattern.compile(
          "(?i)^(?:substitute |deputy )?(?:member|deputy|mp|senator|representative|legislator"
              + "|parliamentary|councill?or|united states (?:senator|representative)"
              + "|people's deputy)|\\bmember (?:of|in)\\b");

  /** Kinds of brand and operator that the news is about. */
  private static final Pattern BUSINESS =
      Pattern.compile(
          "(?:amenity=bank|amenity=fuel|power=|man made=pipeline|shop=car\\b|telecom|office=tele"
              + "|aeroway|airline|tourism=hotel|shop=supermarket|shop=department|office=company"
              + "|office=insurance|office=energy|shop=mobile|shop=electronics|man made=works)");

  private static final Pattern LATIN = Pattern.compile("[\\p{IsLatin}\\p{IsCommon}\\p{M}]+");
  private static final Pattern CLUB_ENDING =
      Pattern.compile("(?:,? (?:F\\.?C\\.?|A\\.?F\\.?C\\.?|C\\.?F\\.?|S\\.?C\\.?))$");

  private final Set<String> plainWords;
  private final Set<String> countriesOfScrapers;

  /**
   * Rules.
   *
   * @param plainWords words that are written in lower case, too
   * @param countriesOfScrapers countries whose parliaments the better source has
   */
  Selection(Set<String> plainWords, Set<String> countriesOfScrapers) {
    this.plainWords = Set.copyOf(plainWords);
    this.countriesOfScrapers = Set.copyOf(countriesOfScrapers);
  }

  /** What a row becomes; empty if it is left out. */
  Optional<Draft> take(SourceRow row) {
    Optional<Tier> tier =
        switch (row.source()) {
          case "natural-earth-places" -> Optional.of(tierOfTown(row));
          case "rigour-territories" ->
              row.label().contains("(") ? Optional.empty() : Optional.of(Tier.NATIONAL);
          case "every-politician-scrapers" ->
              row.kind() == EntityKind.PERSON ? tierOfPolitician(row) : Optional.of(Tier.KNOWN);
          case "everypolitician-2015" -> tierOfOlderMember(row);
          case "congress-legislators" ->
              Optional.of(row.role().contains("President") ? Tier.NATIONAL : Tier.KNOWN);
          case "wof-places" -> tierOfPlace(row);
          case "partyfacts" ->
              Optional.of(
                  row.until().isEmpty() || row.until().getAsInt() >= OFFICE_FROM
                      ? Tier.KNOWN
                      : Tier.OTHER);
          case "fb15k-wikidata" ->
              row.kind() == EntityKind.PLACE ? Optional.empty() : Optional.of(Tier.OTHER);
          case "reep-football" ->
              row.number() < 4
                  ? Optional.empty()
                  : Optional.of(row.number() < 8 ? Tier.OTHER : Tier.KNOWN);
          case "ror" -> row.label().endsWith(")") ? Optional.empty() : Optional.of(Tier.OTHER);
          case "name-suggestion-index" ->
              BUSINESS.matcher(row.role()).find() ? Optional.of(Tier.OTHER) : Optional.empty();
          default -> throw new IllegalArgumentException("no source of ours: " + row.source());
        };
    return tier.filter(given -> isTelling(row, given)).map(given -> draft(row, given));
  }

  /** Whether its name is none that is a plain word, or somebody's family name. */
  private boolean isTelling(SourceRow row, Tier tier) {
    String label = row.label();
    if (label.contains(" ") || label.contains("-")) {
      return true;
    }
    boolean plain = plainWords.contains(label.toLowerCase(Locale.ROOT));
    return switch (row.kind()) {
      case PERSON -> false;
      case ORGANISATION -> !plain && label.length() > 3;
      case PLACE -> !plain || tier != Tier.OTHER;
    };
  }

  private Draft draft(SourceRow row, Tier tier) {
    String label = row.label().replaceFirst(" \\([^)]*\\)$", "");
    Draft draft = new Draft(row.kind(), row.id(), label, tier);
    draft.country = row.country();
    draft.location = row.location();
    draft.role = role(row);
    draft.until = row.until().stream().boxed().findFirst();
    draft.otherNames.addAll(row.aliases());
    englishNames(row).forEach(draft.names::add);
    switch (row.kind()) {
      case PLACE -> describePlace(row, draft);
      case PERSON -> draft.size = 0;
      case ORGANISATION -> {
        if (row.source().equals("reep-football")) {
          String bare = CLUB_ENDING.matcher(label).replaceFirst("");
          draft.names.add(bare);
          draft.names.add(bare + " FC");
        }
      }
    }
    return draft;
  }

  private static String role(SourceRow row) {
    String role = row.role();
    return role.length() <= LONGEST_ROLE ? role : role.substring(0, LONGEST_ROLE);
  }

  private static Stream<String> englishNames(SourceRow row) {
    Stream<String> latin = row.aliases().stream().filter(name -> LATIN.matcher(name).matches());
    return switch (row.source()) {
      case "congress-legislators" -> latin;
      case "rigour-territories" -> latin.filter(name -> !name.contains("(") && name.length() > 3);
      case "partyfacts", "ror", "fb15k-wikidata" ->
          latin.filter(name -> name.contains(" ") && !name.contains("("));
      default -> Stream.of();
    };
  }

  private static void describePlace(SourceRow row, Draft draft) {
    String role = row.role();
    boolean country = role.startsWith("country") || role.startsWith("dependent");
    boolean region = role.contains("first-level region") || role.startsWith("region");
    boolean sea = role.startsWith("sea") || role.startsWith("ocean");
    boolean county = role.startsWith("county");
    draft.isArea = country || region || sea || county || role.startsWith("continent");
    draft.size = row.number();
    if (row.source().equals("rigour-territories") || country) {
      draft.size = SIZE_OF_A_COUNTRY;
    } else if (region || sea || role.startsWith("continent")) {
      draft.size = SIZE_OF_A_REGION;
    } else if (county) {
      draft.size = Math.min(SIZE_OF_A_COUNTY, Math.max(1000, row.number()));
    } else if (draft.size == 0) {
      draft.size = Math.max(1000, row.articleWords());
    }
    if (row.source().equals("natural-earth-places") && role.contains(", ")) {
      draft.cues.add(role.substring(role.indexOf(", ") + 2));
    }
  }

  private static Tier tierOfTown(SourceRow row) {
    boolean large = row.role().startsWith("capital") || row.number() >= 300_000;
    return large ? Tier.NATIONAL : Tier.KNOWN;
  }

  private static Optional<Tier> tierOfPlace(SourceRow row) {
    if (!row.role().startsWith("city") && !row.role().startsWith("municipality")) {
      boolean small = row.role().startsWith("county") || row.role().startsWith("borough");
      return Optional.of(small ? Tier.KNOWN : Tier.NATIONAL);
    }
    if (row.number() >= 300_000) {
      return Optional.of(Tier.NATIONAL);
    }
    if (row.number() >= 30_000) {
      return Optional.of(Tier.KNOWN);
    }
    boolean taken = row.number() >= 5000 || (row.number() == 0 && row.articleWords() >= 300);
    return taken ? Optional.of(Tier.OTHER) : Optional.empty();
  }

  private static Optional<Tier> tierOfPolitician(SourceRow row) {
    boolean office =
        Stream.of(row.role().split("; ", -1)).anyMatch(role -> !MEMBER.matcher(role).find());
    int until = row.until().orElse(row.since().isPresent() ? Integer.MAX_VALUE : 0);
    if (office) {
      return Optional.of(until >= OFFICE_FROM ? Tier.NATIONAL : Tier.OTHER);
    }
    boolean stillThere = until != Integer.MAX_VALUE || row.since().orElse(0) >= 2005;
    return until >= MEMBER_FROM && stillThere ? Optional.of(Tier.KNOWN) : Optional.empty();
  }

  private Optional<Tier> tierOfOlderMember(SourceRow row) {
    if (countriesOfScrapers.contains(row.country())) {
      return Optional.empty();
    }
    int born = row.since().orElse(0);
    return Optional.of(born == 0 || born >= 1950 ? Tier.KNOWN : Tier.OTHER);
  }
}
