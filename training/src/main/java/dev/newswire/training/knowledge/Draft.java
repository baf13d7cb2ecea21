// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training.knowledge;

import dev.newswire.enrich.entities.KnownEntity;
import dev.newswire.enrich.entities.KnownEntity.Background;
import dev.newswire.enrich.entities.KnownEntity.Location;
import dev.newswire.enrich.entities.KnownEntity.Region;
import dev.newswire.enrich.entities.KnownEntity.Tier;
import dev.newswire.schemas.EntityKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An entity that is being put together from several sources. Not thread-safe. */
final class Draft {

  /** Longer lists are of no use, and come from vandalism. */
  private static final int MOST_NAMES = 40;

  final EntityKind kind;
  String name;
  final Tier tier;
  String id;

  /** By which English texts call it. */
  final Set<String> names = new LinkedHashSet<>();

  final Set<String> loneNames = new LinkedHashSet<>();

  /** As sources give them, of whatever language. */
  final Set<String> otherNames = new LinkedHashSet<>();

  final Set<String> cues = new LinkedHashSet<>();
  String country = "";
  Optional<Location> location = Optional.empty();
  long size;
  boolean isArea;
  String role = "";
  Optional<Integer> until = Optional.empty();
  Optional<Region> region = Optional.empty();

  /** Whether a source has the id for this name, too. */
  boolean confirmed;

  Draft(EntityKind kind, String id, String name, Tier tier) {
    this.kind = kind;
    this.id = id;
    this.name = name;
    this.tier = tier;
    names.add(name);
  }

  boolean isPlace() {
    return kind == EntityKind.PLACE;
  }

  boolean isCurated() {
    return tier == Tier.CURATED;
  }

  /** Takes what it lacks from another draft of the same. */
  void complete(Draft other) {
    otherNames.addAll(other.otherNames);
    confirmed = true;
    if (other.kind != kind) {
      return;
    }
    if (!isCurated()) {
      names.addAll(other.names);
    } else if (kind != EntityKind.PLACE) {
      other.names.stream().filter(more -> more.contains(" ")).forEach(names::add);
    }
    country = country.isEmpty() ? other.country : country;
    location = location.or(() -> other.location);
    size = size == 0 ? other.size : size;
    role = role.isEmpty() ? other.role : role;
    until = until.isEmpty() ? other.until : until;
    if (!isCurated()) {
      cues.addAll(other.cues);
    }
  }

  KnownEntity entity() {
    List<String> aliases = new ArrayList<>(names);
    aliases.remove(name);
    aliases.removeAll(loneNames);
    return new KnownEntity(
        kind,
        name,
        Optional.of(id).filter(one -> !one.isEmpty()),
        aliases.subList(0, Math.min(MOST_NAMES, aliases.size())),
        List.copyOf(loneNames),
        Optional.of(country).filter(code -> !code.isEmpty()),
        location,
        size,
        isArea,
        List.copyOf(cues),
        new Background(tier, role, until, region));
  }
}
