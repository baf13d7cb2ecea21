// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.schemas.EntityKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A person, organisation or place of the knowledge base. Immutable.
 *
 * @param kind what it is
 * @param name canonical name
 * @param wikidataId Wikidata id, such as Q7747; empty where none is known for certain
 * @param aliases its other names, without those in {@link #loneNames}
 * @param loneNames names that it shares with others, such as a family name, but that mean it where
 *     the article names nobody else of that name
 * @param country ISO 3166-1 alpha-2 code of the country that it is in, or works for; empty where
 *     that is none, or more than one
 * @param location of a place
 * @param size how well known it is among those of the same name: of a place, its population, with
 *     countries and regions above all cities; 0 where unknown
 * @param isArea whether it is a country, a region, a sea or the like, not a town or a building
 * @param cues words and names that tell of it, and not of another of its name, wherever they stand
 *     in the article
 * @param background what else is known
 */
public record KnownEntity(
    EntityKind kind,
    String name,
    Optional<String> wikidataId,
    List<String> aliases,
    List<String> loneNames,
    Optional<String> country,
    Optional<Location> location,
    long size,
    boolean isArea,
    List<String> cues,
    Background background) {

  /** Copies the lists. */
  public KnownEntity {
    aliases = List.copyOf(aliases);
    loneNames = List.copyOf(loneNames);
    cues = List.copyOf(cues);
  }

  /** All its names, the canonical one first. */
  List<String> names() {
    return Stream.of(List.of(name), aliases, loneNames).flatMap(List::stream).toList();
  }

  boolean isPerson() {
    return kind == EntityKind.PERSON;
  }

  Tier tier() {
    return background.tier();
  }

  /** This entity, with whatever another record of the same has besides. */
  KnownEntity completedBy(KnownEntity other) {
    List<String> allAliases =
        Stream.of(aliases, List.of(other.name), other.aliases)
            .flatMap(List::stream)
            .distinct()
            .toList();
    return new KnownEntity(
        kind,
        name,
        wikidataId,
        allAliases,
        other.loneNames,
        country.or(other::country),
        location.or(other::location),
        other.size,
        other.isArea,
        other.cues,
        new Background(
            background.tier(),
            other.background.role(),
            other.background.until(),
            other.background.region()));
  }

  /** How likely the news is to name somebody or something. The order is that of likelihood. */
  public enum Tier {
    /** Of the list that is kept by hand. */
    CURATED,
    /** Heads of state and government, ministers, capitals, regions, large cities and companies. */
    NATIONAL,
    /** Members of parliaments since 2015, towns, clubs and parties that many registers know. */
    KNOWN,
    /** The rest. */
    OTHER
  }

  /**
   * What is known of an entity beside its names.
   *
   * @param tier how likely the news is to name it
   * @param role offices, or what it is, in a few words, such as "political party"; may be empty
   * @param until last year of its office, or of its being; empty where it goes on, or isn't known
   * @param region the region that a place lies in
   */
  public record Background(
      Tier tier, String role, Optional<Integer> until, Optional<Region> region) {

    /** Of an entity that somebody listed by hand. */
    public static final Background LISTED =
        new Background(Tier.CURATED, "", Optional.empty(), Optional.empty());
  }

  /**
   * A first-level region of a country.
   *
   * @param wikidataId its id
   * @param name its usual name
   */
  public record Region(String wikidataId, String name) {}

  /**
   * A point on the globe.
   *
   * @param latitude in degrees, -90 to 90
   * @param longitude in degrees, -180 to 180
   */
  public record Location(double latitude, double longitude) {}
}
