// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.entities.KnownEntity.Location;
import dev.newswire.enrich.recognition.EntityRecognizer;
import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.enrich.text.Tokenizer;
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
  private final EntityRecognizer recognizer;

  /** An annotator that finds names by a recogniser, and knows these entities. */
  public EntityAnnotator(KnowledgeBase knowledge, EntityRecognizer recognizer) {
    this.knowledge = knowledge;
    this.recognizer = recognizer;
  }

  /** The same, that also finds and knows entities of a user's own. */
  public EntityAnnotator with(EntityList own) {
    return own.entities().isEmpty()
        ? this
        : new EntityAnnotator(
            knowledge.with(own.entities()), new ListedNames(recognizer, own.entities()));
  }

  /** Name and version of what recognises names. */
  public String model() {
    return recognizer.name();
  }

  /** The entities of an article, the most salient first. */
  public List<Entity> annotate(String headline, String body) {
    List<RecognizedMention> mentions =
        joinPlaces(
            recognizer.recognize(Tokenizer.tokenize(headline), Tokenizer.tokenize(body)),
            headline,
            body);
    Map<Object, Group> groups = new LinkedHashMap<>();
    for (List<RecognizedMention> same : Coreference.join(mentions)) {
      Optional<KnownEntity> known = choose(same);
      Object identity = known.isPresent() ? known.get() : same;
      groups.computeIfAbsent(identity, key -> new Group(known, new ArrayList<>())).addAll(same);
    }
    double most = groups.values().stream().mapToDouble(Group::weight).max().orElse(1);
    return groups.values().stream()
        .map(group -> entity(group, headline, body, most))
        .sorted(Comparator.comparing(Entity::getSalience).reversed())
        .toList();
  }

  /** Makes one mention of two places that are one known name, such as Washington, D.C. */
  private List<RecognizedMention> joinPlaces(
      List<RecognizedMention> mentions, String headline, String body) {
    List<RecognizedMention> joined = new ArrayList<>();
    for (RecognizedMention mention : mentions) {
      RecognizedMention before = joined.isEmpty() ? mention : joined.get(joined.size() - 1);
      String text = mention.field() == TextField.HEADLINE ? headline : body;
      boolean near =
          before.field() == mention.field()
              && mention.start() > before.end()
              && mention.start() - before.end() <= 2
              && before.kind() == EntityKind.PLACE
              && mention.kind() == EntityKind.PLACE;
      String both = near ? text.substring(before.start(), mention.end()) : "";
      if (near && !knowledge.named(both).isEmpty()) {
        joined.set(
            joined.size() - 1,
            new RecognizedMention(
                mention.field(), before.start(), mention.end(), both, EntityKind.PLACE));
      } else {
        joined.add(mention);
      }
    }
    return joined;
  }

  /** The known entity that mentions of the same mean, by the longest of them that is known. */
  private Optional<KnownEntity> choose(List<RecognizedMention> same) {
    return same.stream()
        .sorted(Comparator.comparing((RecognizedMention m) -> m.text().length()).reversed())
        .flatMap(mention -> choose(mention).stream())
        .findFirst();
  }

  private Optional<KnownEntity> choose(RecognizedMention mention) {
    List<KnownEntity> candidates =
        knowledge.named(mention.text()).stream()
            .filter(known -> fits(mention.kind(), known.kind()))
            .sorted(Comparator.comparing(KnownEntity::size).reversed())
            .toList();
    boolean clear =
        candidates.size() == 1
            || (candidates.size() > 1
                && candidates.get(0).size() >= CLEARLY_LARGER * candidates.get(1).size());
    return clear ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  /** A government is often taken for a place and the reverse; a person for neither. */
  private static boolean fits(EntityKind recognized, EntityKind known) {
    return (recognized == EntityKind.PERSON) == (known == EntityKind.PERSON);
  }

  private static Entity entity(Group group, String headline, String body, double most) {
    Optional<KnownEntity> known = group.known();
    Optional<Location> location = known.flatMap(KnownEntity::location);
    EntityKind kind = known.map(KnownEntity::kind).orElse(group.mentions().get(0).kind());
    return Entity.newBuilder()
        .setKind(kind)
        .setName(known.map(KnownEntity::name).orElseGet(group::longest))
        .setWikidataId(known.flatMap(KnownEntity::wikidataId).orElse(null))
        .setCountry(
            kind == EntityKind.PLACE ? known.flatMap(KnownEntity::country).orElse(null) : null)
        .setLatitude(location.map(Location::latitude).orElse(null))
        .setLongitude(location.map(Location::longitude).orElse(null))
        .setSalience((float) (group.weight() / most))
        .setMentions(group.inOrder().stream().map(m -> mention(m, headline, body)).toList())
        .build();
  }

  private static Mention mention(RecognizedMention name, String headline, String body) {
    String text = name.field() == TextField.HEADLINE ? headline : body;
    int start = text.codePointCount(0, name.start());
    return new Mention(
        name.field(), start, start + text.codePointCount(name.start(), name.end()), name.text());
  }

  /** Mentions of one entity. */
  private record Group(Optional<KnownEntity> known, List<RecognizedMention> mentions) {

    void addAll(List<RecognizedMention> more) {
      mentions.addAll(more);
    }

    double weight() {
      return mentions.stream()
          .mapToDouble(m -> m.field() == TextField.HEADLINE ? HEADLINE_WEIGHT : 1)
          .sum();
    }

    String longest() {
      return mentions.stream()
          .map(RecognizedMention::text)
          .reduce((a, b) -> b.length() > a.length() ? b : a)
          .orElseThrow();
    }

    List<RecognizedMention> inOrder() {
      return mentions.stream()
          .sorted(
              Comparator.comparing(RecognizedMention::field)
                  .thenComparing(RecognizedMention::start))
          .toList();
    }
  }
}
