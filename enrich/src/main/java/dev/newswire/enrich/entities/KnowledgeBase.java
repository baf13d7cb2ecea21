// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.entities.KnownEntity.Location;
import dev.newswire.schemas.EntityKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Known entities by their names. Immutable. */
public final class KnowledgeBase {

  private static final String BUNDLED = "knowledge-base.tsv";
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern LIST = Pattern.compile("\\|");

  private final Map<String, List<KnownEntity>> byName = new HashMap<>();

  /** Those of a user's own. */
  private final Set<KnownEntity> own = new HashSet<>();

  /** A knowledge base of these entities. */
  public KnowledgeBase(Collection<KnownEntity> entities) {
    entities.forEach(this::index);
  }

  /** The knowledge base of this release; see docs/entities.md for what is in it. */
  public static KnowledgeBase bundled() {
    try (InputStream in = KnowledgeBase.class.getResourceAsStream(BUNDLED);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new KnowledgeBase(
          reader.lines().filter(line -> !line.startsWith("#")).map(KnowledgeBase::parse).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + BUNDLED, e);
    }
  }

  /**
   * The same, with entities of a user's own. One with the Wikidata id of a known entity takes its
   * place, and is found by its names too. A name that the user gave means the user's entity alone,
   * among people if that is a person, and among the rest if not.
   */
  public KnowledgeBase with(Collection<KnownEntity> added) {
    Map<String, KnownEntity> known = new HashMap<>();
    for (List<KnownEntity> entities : byName.values()) {
      for (KnownEntity entity : entities) {
        entity.wikidataId().ifPresent(id -> known.put(id, entity));
      }
    }
    KnowledgeBase both = new KnowledgeBase(List.of());
    byName.forEach((name, entities) -> both.byName.put(name, new ArrayList<>(entities)));
    List<KnownEntity> merged = new ArrayList<>();
    for (KnownEntity entity : added) {
      Optional<KnownEntity> same = entity.wikidataId().map(known::get);
      same.ifPresent(both::remove);
      merged.add(same.map(entity::completedBy).orElse(entity));
    }
    for (KnownEntity entity : added) {
      for (String name : entity.names()) {
        both.byName
            .getOrDefault(fold(name), new ArrayList<>())
            .removeIf(other -> other.isPerson() == entity.isPerson());
      }
    }
    merged.forEach(both::index);
    both.own.addAll(merged);
    return both;
  }

  /** Whether an entity is of a user's own list. */
  boolean isOwn(KnownEntity entity) {
    return own.contains(entity);
  }

  /** The entities that have this name, in whatever case and with or without accents. */
  public List<KnownEntity> named(String name) {
    return byName.getOrDefault(fold(name), List.of());
  }

  /**
   * Organisations with a name of several words, which hardly means anything else: found by name
   * even where the recogniser misses them. In a fixed order.
   */
  public List<KnownEntity> distinctiveOrganisations() {
    return byName.values().stream()
        .flatMap(List::stream)
        .filter(entity -> entity.kind() == EntityKind.ORGANISATION)
        .filter(entity -> entity.name().matches("^.[^ -]*+[ -].+") || !entity.loneNames().isEmpty())
        .distinct()
        .sorted(Comparator.comparing(KnownEntity::name))
        .toList();
  }

  /** The kinds of the entities that bear each name, in a fixed order; names are as written. */
  public Map<String, List<EntityKind>> kindsByName() {
    Map<String, List<EntityKind>> kinds = new TreeMap<>();
    for (List<KnownEntity> entities : byName.values()) {
      for (KnownEntity entity : entities) {
        for (List<String> names :
            List.of(List.of(entity.name()), entity.aliases(), entity.loneNames())) {
          for (String name : names) {
            List<EntityKind> all = kinds.computeIfAbsent(name, key -> new ArrayList<>(1));
            if (!all.contains(entity.kind())) {
              all.add(entity.kind());
            }
          }
        }
      }
    }
    return kinds;
  }

  /** Folds case, accents and kinds of apostrophe. */
  static String fold(String name) {
    String folded = name.replace('’', '\'').toLowerCase(Locale.ROOT);
    return isPlain(folded)
        ? folded
        : MARKS.matcher(Normalizer.normalize(folded, Normalizer.Form.NFD)).replaceAll("");
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The words of a name, folded, without points. */
  static List<String> words(String name) {
    return List.of(SPACES.split(fold(name).replace(".", "").strip(), -1));
  }

  private void index(KnownEntity entity) {
    for (String name : entity.names()) {
      List<KnownEntity> entities = byName.computeIfAbsent(fold(name), key -> new ArrayList<>(1));
      if (!entities.contains(entity)) {
        entities.add(entity);
      }
    }
  }

  private void remove(KnownEntity entity) {
    entity.names().forEach(name -> byName.get(fold(name)).remove(entity));
  }

  /** Columns: kind, Wikidata id, name, aliases, country, latitude, longitude, size, area, cues. */
  private static KnownEntity parse(String line) {
    String[] columns = line.split("\t", -1);
    List<String> aliases = new ArrayList<>();
    List<String> loneNames = new ArrayList<>();
    for (String alias : LIST.split(columns[3], -1)) {
      if (alias.endsWith("!")) {
        loneNames.add(alias.substring(0, alias.length() - 1));
      } else if (!alias.isEmpty()) {
        aliases.add(alias);
      }
    }
    return new KnownEntity(
        EntityKind.valueOf(columns[0]),
        columns[2],
        optional(columns[1]),
        aliases,
        loneNames,
        optional(columns[4]),
        optional(columns[5])
            .map(
                latitude ->
                    new Location(Double.parseDouble(latitude), Double.parseDouble(columns[6]))),
        Long.parseLong(columns[7]),
        !columns[8].isEmpty(),
        Stream.of(LIST.split(columns[9], -1)).filter(cue -> !cue.isEmpty()).toList());
  }

  private static Optional<String> optional(String column) {
    return column.isEmpty() ? Optional.empty() : Optional.of(column);
  }
}
