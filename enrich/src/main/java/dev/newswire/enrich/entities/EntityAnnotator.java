// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.entities.KnownEntity.Location;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.TextField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the entities of an article. Immutable. */
public final class EntityAnnotator {

  /** How many mentions in the body one in the headline is worth. */
  private static final int HEADLINE_WEIGHT = 4;

  /** How many times larger than the next of the same name a place must be to be taken for it. */
  private static final int CLEARLY_LARGER = 20;

  private final KnowledgeBase knowledge;
  private final GazetteerRecognizer recognizer;

  /** An annotator that knows these entities. */
  public EntityAnnotator(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
    recognizer = new GazetteerRecognizer(knowledge);
  }

  /** The entities of an article, the most salient first. */
  public List<Entity> annotate(String headline, String body) {
    List<Name> names = new ArrayList<>(recognizer.recognize(TextField.HEADLINE, headline));
    names.addAll(recognizer.recognize(TextField.BODY, body));
    Map<KnownEntity, List<Name>> known = new LinkedHashMap<>();
    for (Name name : names) {
      choose(name).ifPresent(k -> known.computeIfAbsent(k, key -> new ArrayList<>()).add(name));
    }
    double most = known.values().stream().mapToDouble(EntityAnnotator::weight).max().orElse(1);
    return known.entrySet().stream()
        .map(entry -> entity(entry.getKey(), entry.getValue(), headline, body, most))
        .sorted(Comparator.comparing(Entity::getSalience).reversed())
        .toList();
  }

  private Optional<KnownEntity> choose(Name name) {
    List<KnownEntity> candidates =
        knowledge.named(name.text()).stream()
            .sorted(Comparator.comparing(KnownEntity::size).reversed())
            .toList();
    boolean clear =
        candidates.size() == 1
            || candidates.get(0).size() >= CLEARLY_LARGER * candidates.get(1).size();
    return clear ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  private static double weight(List<Name> names) {
    return names.stream()
        .mapToDouble(name -> name.field() == TextField.HEADLINE ? HEADLINE_WEIGHT : 1)
        .sum();
  }

  private static Entity entity(
      KnownEntity known, List<Name> names, String headline, String body, double most) {
    Optional<Location> location = known.location();
    return Entity.newBuilder()
        .setKind(known.kind())
        .setName(known.name())
        .setWikidataId(known.wikidataId().orElse(null))
        .setCountry(known.kind() == EntityKind.PLACE ? known.country().orElse(null) : null)
        .setLatitude(location.map(Location::latitude).orElse(null))
        .setLongitude(location.map(Location::longitude).orElse(null))
        .setSalience((float) (weight(names) / most))
        .setMentions(names.stream().map(name -> mention(name, headline, body)).toList())
        .build();
  }

  private static Mention mention(Name name, String headline, String body) {
    String text = name.field() == TextField.HEADLINE ? headline : body;
    int start = text.codePointCount(0, name.start());
    return new Mention(
        name.field(), start, start + text.codePointCount(name.start(), name.end()), name.text());
  }
}
