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
 * @param country ISO 3166-1 alpha-2 code; empty where it is in none, or in more than one
 * @param location of a place
 * @param size how well known it is among those of the same name: of a place, its population, with
 *     countries and regions above all cities; 0 where unknown
 * @param isArea whether it is a country, a region, a sea or the like, not a town or a building
 * @param cues words and names that tell of it, and not of another of its name, wherever they stand
 *     in the article
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
    List<String> cues) {

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
        other.cues);
  }

  /**
   * A point on the globe.
   *
   * @param latitude in degrees, -90 to 90
   * @param longitude in degrees, -180 to 180
   */
  public record Location(double latitude, double longitude) {}
}
