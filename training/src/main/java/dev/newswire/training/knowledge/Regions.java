// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training.knowledge;

import dev.newswire.enrich.entities.KnowledgeBase;
import dev.newswire.enrich.entities.KnownEntity.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the first-level region that each town lies in: the one that Natural Earth names, or, of
 * other towns, the one of the nearest such towns, if they agree.
 */
final class Regions {

  /** So many of the nearest towns have to agree. */
  private static final int AGREEING = 3;

  /** Towns that are farther off say nothing, in kilometres. */
  private static final double NEAR = 60;

  private static final String SUFFIXES =
      " (?:region|oblast|province|governorate|state|district|county|department|prefecture|krai"
          + "|autonomous region|autonomous oblast|canton|voivodeship)$|^(?:state|province) of ";

  /** Regions by country and name without what they are. */
  private final Map<String, Draft> regions = new HashMap<>();

  /** Towns whose region is named, by country. */
  private final Map<String, List<Draft>> towns = new HashMap<>();

  private Regions(List<Draft> drafts) {
    Set<String> ambiguous = new HashSet<>();
    for (Draft draft : drafts) {
      boolean region =
          draft.isPlace()
              && draft.isArea
              && draft.size == Selection.SIZE_OF_A_REGION
              && !draft.id.isEmpty();
      for (String name : region ? draft.names : Set.<String>of()) {
        String key = key(draft.country, name);
        Draft other = regions.putIfAbsent(key, draft);
        if (other != null && other != draft) {
          ambiguous.add(key);
        }
      }
    }
    regions.keySet().removeAll(ambiguous);
  }

  static void locate(List<Draft> drafts) {
    Regions regions = new Regions(drafts);
    List<Draft> others = new ArrayList<>();
    for (Draft draft : drafts) {
      boolean town = draft.isPlace() && !draft.isArea && draft.location.isPresent();
      if (town && !regions.locateByName(draft)) {
        others.add(draft);
      }
    }
    others.forEach(regions::locateByNeighbours);
  }

  private static String key(String country, String name) {
    return country + "/" + KnowledgeBase.fold(name).replaceAll(SUFFIXES, "");
  }

  private boolean locateByName(Draft town) {
    Optional<Draft> region =
        town.cues.stream()
            .map(cue -> regions.get(key(town.country, cue)))
            .filter(found -> found != null)
            .findFirst();
    region.ifPresent(
        found -> {
          town.region = Optional.of(new Region(found.id, found.name));
          towns.computeIfAbsent(town.country, key -> new ArrayList<>()).add(town);
        });
    return region.isPresent();
  }

  private void locateByNeighbours(Draft town) {
    List<Draft> nearest =
        towns.getOrDefault(town.country, List.of()).stream()
            .filter(other -> distance(town, other) <= NEAR)
            .sorted(
                Comparator.comparingDouble((Draft other) -> distance(town, other))
                    .thenComparing(other -> other.id))
            .limit(AGREEING)
            .toList();
    boolean agree =
        nearest.size() == AGREEING
            && nearest.stream().map(other -> other.region).distinct().count() == 1;
    if (agree) {
      town.region = nearest.get(0).region;
    }
  }

  private static double distance(Draft a, Draft b) {
    return Assembly.kilometres(a.location.orElseThrow(), b.location.orElseThrow());
  }
}
