// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training.knowledge;

import dev.newswire.enrich.entities.KnowledgeBase;
import dev.newswire.enrich.entities.KnownEntity.Location;
import dev.newswire.schemas.EntityKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Puts the entities of all sources together: what has the same id is the same, the list that is
 * kept by hand comes first, and its names mean what it says. Not thread-safe.
 */
final class Assembly {

  /** Places of one name and country that are nearer are the same, in kilometres. */
  private static final double SAME_PLACE = 25;

  /** The same of the middles of regions. */
  private static final double SAME_AREA = 200;

  private static final List<String> REGION_WORDS =
      List.of(
          "region",
          "oblast",
          "province",
          "governorate",
          "state",
          "district",
          "county",
          "department",
          "prefecture");

  private final Map<String, Draft> byId = new LinkedHashMap<>();
  private final Map<String, List<Draft>> byName = new HashMap<>();
  private final List<Draft> withoutId = new ArrayList<>();

  /** Ids that sources give to the names of entities of the list kept by hand. */
  private final Map<Draft, SortedSet<String>> doubted = new LinkedHashMap<>();

  private int adopted;

  /** Takes the list that is kept by hand. */
  void addCurated(List<Draft> curated) {
    for (Draft draft : curated) {
      if (draft.id.isEmpty()) {
        withoutId.add(draft);
      } else if (byId.putIfAbsent(draft.id, draft) != null) {
        throw new IllegalArgumentException("two of one id by hand: " + draft.id);
      }
      remember(draft);
    }
  }

  /** Takes an entity of a source; the better source comes first. */
  void add(Draft draft) {
    Draft same = byId.get(draft.id);
    if (same != null) {
      boolean otherKind = same.kind != draft.kind && !same.isCurated() && draft.isPlace();
      if (otherKind) {
        draft.complete(same);
        byId.put(draft.id, draft);
        remember(draft);
      } else {
        same.complete(draft);
      }
      return;
    }
    List<Draft> twins = twins(draft);
    if (draft.isPlace() && twins.stream().anyMatch(twin -> !twin.id.isEmpty())) {
      Draft twin = twins.stream().filter(one -> !one.id.isEmpty()).findFirst().orElseThrow();
      if (twin.isCurated()) {
        doubted.computeIfAbsent(twin, key -> new TreeSet<>()).add(draft.id);
      }
      twin.otherNames.addAll(draft.otherNames);
      return;
    }
    if (!draft.isPlace()) {
      byName.getOrDefault(key(draft.name, draft.kind), List.of()).stream()
          .filter(other -> other.isCurated() && !other.id.isEmpty())
          .forEach(other -> doubted.computeIfAbsent(other, key -> new TreeSet<>()).add(draft.id));
    }
    byId.put(draft.id, draft);
    remember(draft);
  }

  private void remember(Draft draft) {
    draft.names.forEach(
        name -> byName.computeIfAbsent(key(name, draft.kind), key -> new ArrayList<>()).add(draft));
  }

  private static String key(String name, EntityKind kind) {
    return kind + KnowledgeBase.fold(name);
  }

  /** What has the same name, kind and country, and, of places, stands where it does. */
  private List<Draft> twins(Draft draft) {
    List<Draft> twins = new ArrayList<>();
    for (Draft other : byName.getOrDefault(key(draft.name, draft.kind), List.of())) {
      boolean sameCountry = other.country.equals(draft.country);
      boolean sameSort = other.isArea == draft.isArea;
      boolean near = !draft.isPlace() || isNear(draft, other);
      if (sameCountry && sameSort && near && !twins.contains(other)) {
        twins.add(other);
      }
    }
    return twins;
  }

  private static boolean isNear(Draft a, Draft b) {
    if (a.isArea && (a.location.isEmpty() || b.location.isEmpty())) {
      return true;
    }
    return a.location.isPresent()
        && b.location.isPresent()
        && kilometres(a.location.get(), b.location.get()) <= (a.isArea ? SAME_AREA : SAME_PLACE);
  }

  static double kilometres(Location a, Location b) {
    double middle = Math.toRadians((a.latitude() + b.latitude()) / 2);
    double north = a.latitude() - b.latitude();
    double east = (a.longitude() - b.longitude()) * Math.cos(middle);
    return 111.2 * Math.sqrt(north * north + east * east);
  }

  /**
   * Gives entities of the list that have no id the one that a single entity of the sources has, if
   * that has the same name, kind and country; the two become one.
   */
  private void adoptIds() {
    for (Draft draft : withoutId) {
      List<Draft> twins = new ArrayList<>();
      for (Draft twin : twins(draft)) {
        if (!twin.isCurated() && byId.get(twin.id) == twin) {
          twins.add(twin);
        }
      }
      if (!draft.isPlace() && draft.country.isEmpty()) {
        for (Draft twin : byName.getOrDefault(key(draft.name, draft.kind), List.of())) {
          if (twin != draft && !twins.contains(twin) && byId.get(twin.id) == twin) {
            twins.add(twin);
          }
        }
      }
      if (twins.size() == 1 && !twins.get(0).isCurated()) {
        draft.id = twins.get(0).id;
        draft.complete(twins.get(0));
        byId.put(draft.id, draft);
        adopted++;
      }
    }
    withoutId.removeIf(draft -> !draft.id.isEmpty());
  }

  /** All entities, the likelier ones first. */
  List<Draft> assemble() {
    adoptIds();
    byId.values().forEach(Assembly::addAmericanNames);
    List<Draft> all = new ArrayList<>(byId.values());
    all.addAll(withoutId);
    Map<String, List<Draft>> places = new HashMap<>();
    for (Draft draft : all) {
      if (draft.isPlace()) {
        draft.names.forEach(
            name ->
                places.computeIfAbsent(placeKey(name, draft), key -> new ArrayList<>()).add(draft));
      }
    }
    all.forEach(draft -> tellFromOthers(draft, places));
    all.removeIf(draft -> draft.names.isEmpty());
    Set<String> curated = new HashSet<>();
    all.stream()
        .filter(Draft::isCurated)
        .forEach(
            draft -> {
              draft.names.forEach(name -> curated.add(key(name, draft.kind)));
              draft.loneNames.forEach(name -> curated.add(key(name, draft.kind)));
            });
    all.forEach(draft -> draft.names.removeIf(name -> isTaken(name, draft, curated)));
    all.removeIf(draft -> draft.names.isEmpty());
    all.sort(
        Comparator.comparing((Draft draft) -> draft.tier)
            .thenComparing(draft -> draft.id.isEmpty() ? 0 : Long.parseLong(draft.id.substring(1)))
            .thenComparing(draft -> draft.kind)
            .thenComparing(draft -> draft.name)
            .thenComparing(draft -> draft.location.map(Location::toString).orElse("")));
    return all;
  }

  /**
   * Whether a name of an organisation or alias is one that the list kept by hand gives to another.
   */
  private static boolean isTaken(String name, Draft draft, Set<String> curated) {
    boolean alias = !name.equals(draft.name);
    return !draft.isCurated()
        && curated.contains(key(name, draft.kind))
        && ((draft.kind == EntityKind.ORGANISATION && draft.country.isEmpty()) || alias);
  }

  /** Gives what is called United States Army the name U.S. Army, too. */
  private static void addAmericanNames(Draft draft) {
    String before = "United States ";
    if (draft.kind == EntityKind.ORGANISATION && draft.name.startsWith(before)) {
      String rest = draft.name.substring(before.length());
      draft.names.add("U.S. " + rest);
      draft.names.add("US " + rest);
      draft.country = "US";
    }
  }

  private static String placeKey(String name, Draft draft) {
    return KnowledgeBase.fold(name) + "/" + draft.country;
  }

  /**
   * A region that is named like a town of its country goes by its longer names; and what the list
   * kept by hand calls by a name is not something else of the same country.
   */
  private static void tellFromOthers(Draft draft, Map<String, List<Draft>> places) {
    if (!draft.isPlace() || draft.isCurated()) {
      return;
    }
    boolean region = draft.isArea && draft.size < Selection.SIZE_OF_A_COUNTRY;
    List<String> longer = new ArrayList<>();
    for (String name : List.copyOf(draft.names)) {
      List<Draft> others = places.getOrDefault(placeKey(name, draft), List.of());
      boolean curated =
          others.stream().anyMatch(other -> other != draft && other.isCurated())
              || (region && places.containsKey(KnowledgeBase.fold(name) + "/"));
      boolean town = region && others.stream().anyMatch(other -> !other.isArea);
      if (curated || town) {
        draft.names.remove(name);
      }
      if (region && !REGION_WORDS.stream().anyMatch(KnowledgeBase.fold(name)::endsWith)) {
        REGION_WORDS.forEach(word -> longer.add(name + " " + word));
      }
    }
    if (region && draft.role.contains("region")) {
      draft.names.addAll(longer);
    }
    if (!draft.names.contains(draft.name)) {
      draft.name = draft.names.stream().findFirst().orElse(draft.name);
    }
  }

  /**
   * Where a source has another id for a name than the list kept by hand, whose id no source has:
   * the name, the id by hand, and those of the sources.
   */
  List<String> conflicts() {
    return doubted.entrySet().stream()
        .filter(doubt -> !doubt.getKey().confirmed)
        .map(
            doubt ->
                String.join(
                    "\t",
                    doubt.getKey().name,
                    doubt.getKey().id,
                    String.join(",", doubt.getValue())))
        .toList();
  }

  /** How many entities of the list got their id of a source. */
  int adopted() {
    return adopted;
  }
}
