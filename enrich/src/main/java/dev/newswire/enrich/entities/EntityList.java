// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.entities.KnownEntity.Background;
import dev.newswire.enrich.entities.KnownEntity.Location;
import dev.newswire.enrich.rules.Fault;
import dev.newswire.enrich.rules.Fields;
import dev.newswire.enrich.rules.RulesDocument;
import dev.newswire.enrich.rules.Unusable;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.EntityKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A user's own entities, as a YAML document states them (docs/rules.md). Immutable.
 *
 * @param entities those that can be used, in the document's order
 * @param faults what can't
 */
public record EntityList(List<KnownEntity> entities, List<Fault> faults) {

  /** The list of nobody. */
  public static final EntityList EMPTY = new EntityList(List.of(), List.of());

  private static final RulesDocument DOCUMENT = new RulesDocument("entities", "entity", "name");
  private static final Set<String> FIELDS =
      Set.of("name", "aliases", "id", "kind", "latitude", "longitude", "country");
  private static final int LONGEST_NAME = 200;

  /** Whether it can be used: if all that it holds is faulty, the list before it stays in use. */
  public boolean isUsable() {
    return !entities.isEmpty() || faults.isEmpty();
  }

  /** Reads a document; whatever it holds, this gives a list, maybe one of faults alone. */
  public static EntityList of(String yaml) {
    List<KnownEntity> entities = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> ids = new HashSet<>();
    List<Fault> faults =
        DOCUMENT.read(
            yaml,
            (name, fields) -> {
              KnownEntity entity = entity(name, fields);
              if (!names.add(name)) {
                throw new Unusable("another entity has the same name");
              }
              if (entity.wikidataId().isPresent() && !ids.add(entity.wikidataId().get())) {
                throw new Unusable("another entity has the same id");
              }
              entities.add(entity);
            });
    return new EntityList(List.copyOf(entities), faults);
  }

  /**
   * Reads a file, as a user gave it.
   *
   * @param option the option that named it
   * @throws UserError where it can't be read or has any fault; names the first
   */
  public static EntityList ofFile(String option, Path file) {
    EntityList list;
    try {
      list = of(Files.readString(file));
    } catch (IOException e) {
      throw new UserError(option + ": can't read the entities '" + file + "'", e);
    }
    if (!list.faults.isEmpty()) {
      int more = list.faults.size() - 1;
      throw new UserError(
          option
              + ": the entities '"
              + file
              + "' can't be used: "
              + list.faults.get(0)
              + (more == 0 ? "" : " (and " + more + " more)"));
    }
    return list;
  }

  private static KnownEntity entity(String name, Fields fields) throws Unusable {
    fields.requireOnly(FIELDS);
    EntityKind kind = kind(fields.text("kind"));
    List<String> aliases = fields.texts("aliases");
    checkName(name);
    for (String alias : aliases) {
      checkName(alias);
    }
    Optional<String> id = fields.text("id");
    if (id.isPresent() && !id.get().matches("Q[1-9]\\d{0,11}")) {
      throw new Unusable("the id '" + id.get() + "' is no Wikidata id, such as Q7747");
    }
    Optional<String> country = fields.text("country");
    if (country.isPresent()
        && !Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(country.get())) {
      throw new Unusable(
          "the country '" + country.get() + "' is no code of ISO 3166-1 alpha-2, such as UA");
    }
    Optional<Location> location = location(fields);
    if (kind != EntityKind.PLACE && (country.isPresent() || location.isPresent())) {
      throw new Unusable("latitude, longitude and country are for places alone");
    }
    return new KnownEntity(
        kind,
        name,
        id,
        aliases,
        List.of(),
        country,
        location,
        0,
        false,
        List.of(),
        Background.LISTED);
  }

  private static EntityKind kind(Optional<String> given) throws Unusable {
    return switch (given.orElseThrow(() -> new Unusable("it has no kind"))) {
      case "person" -> EntityKind.PERSON;
      case "organisation" -> EntityKind.ORGANISATION;
      case "place" -> EntityKind.PLACE;
      default ->
          throw new Unusable(
              "the kind '" + given.get() + "' is none of person, organisation, place");
    };
  }

  private static void checkName(String name) throws Unusable {
    if (name.length() > LONGEST_NAME) {
      throw new Unusable("a name is longer than " + LONGEST_NAME + " characters");
    }
    if (name.codePoints().filter(Character::isLetterOrDigit).limit(2).count() < 2) {
      throw new Unusable("the name '" + name + "' has less than two letters");
    }
  }

  private static Optional<Location> location(Fields fields) throws Unusable {
    OptionalDouble latitude = fields.number("latitude", -90, 90);
    OptionalDouble longitude = fields.number("longitude", -180, 180);
    if (latitude.isPresent() != longitude.isPresent()) {
      throw new Unusable("latitude and longitude go together");
    }
    return latitude.isPresent()
        ? Optional.of(new Location(latitude.getAsDouble(), longitude.getAsDouble()))
        : Optional.empty();
  }
}
