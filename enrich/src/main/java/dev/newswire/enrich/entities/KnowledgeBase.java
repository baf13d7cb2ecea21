// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.schemas.EntityKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Known entities by their names: those that the release brings, packed in a {@link KnowledgeFile},
 * and those of users above them. Immutable and thread-safe.
 */
public final class KnowledgeBase {

  private static final String BUNDLED = "knowledge-base.bin";
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final KnowledgeFile file;

  /** Entities that were added, by their folded names. */
  private final Map<String, List<KnownEntity>> added;

  /** Those of a user's own. */
  private final Set<KnownEntity> own;

  /** Numbers of entities of the file whose place others take. */
  private final Set<Integer> replaced;

  /**
   * Names, folded, that mean no person of the file, for a user gave them to another; or nothing
   * else.
   */
  private final Set<String> claimedOfPeople;

  private final Set<String> claimedOfOthers;

  private KnowledgeBase(KnowledgeFile file, KnowledgeBase before) {
    this.file = file;
    added = new HashMap<>();
    own = new HashSet<>();
    replaced = new HashSet<>();
    claimedOfPeople = new HashSet<>();
    claimedOfOthers = new HashSet<>();
    if (before != null) {
      before.added.forEach((name, entities) -> added.put(name, new ArrayList<>(entities)));
      own.addAll(before.own);
      replaced.addAll(before.replaced);
      claimedOfPeople.addAll(before.claimedOfPeople);
      claimedOfOthers.addAll(before.claimedOfOthers);
    }
  }

  /** A knowledge base of these entities. */
  public KnowledgeBase(Collection<KnownEntity> entities) {
    this(packed(entities), null);
  }

  /** The knowledge base of this release; see docs/entities.md for what is in it. */
  public static KnowledgeBase bundled() {
    try (InputStream in = KnowledgeBase.class.getResourceAsStream(BUNDLED)) {
      return new KnowledgeBase(KnowledgeFile.read(in), null);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + BUNDLED, e);
    }
  }

  private static KnowledgeFile packed(Collection<KnownEntity> entities) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      KnowledgeFile.write(
          List.copyOf(entities), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), out);
      return KnowledgeFile.read(new ByteArrayInputStream(out.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same, with entities of a user's own. One with the Wikidata id of a known entity takes its
   * place, and is found by its names too. A name that the user gave means the user's entity alone,
   * among people if that is a person, and among the rest if not.
   */
  public KnowledgeBase with(Collection<KnownEntity> entities) {
    KnowledgeBase both = new KnowledgeBase(file, this);
    List<KnownEntity> merged = new ArrayList<>();
    for (KnownEntity entity : entities) {
      Optional<KnownEntity> same = entity.wikidataId().flatMap(both::take);
      merged.add(same.map(entity::completedBy).orElse(entity));
    }
    for (KnownEntity entity : entities) {
      for (String name : entity.names()) {
        String folded = fold(name);
        (entity.isPerson() ? both.claimedOfPeople : both.claimedOfOthers).add(folded);
        both.added
            .getOrDefault(folded, new ArrayList<>())
            .removeIf(other -> other.isPerson() == entity.isPerson());
      }
    }
    merged.forEach(both::add);
    both.own.addAll(merged);
    return both;
  }

  /** Takes out what has an id. */
  private Optional<KnownEntity> take(String wikidataId) {
    Optional<KnownEntity> before =
        own.stream().filter(one -> one.wikidataId().equals(Optional.of(wikidataId))).findFirst();
    if (before.isPresent()) {
      own.remove(before.get());
      added.values().forEach(entities -> entities.remove(before.get()));
      return before;
    }
    return file.withId(wikidataId).stream()
        .mapToObj(
            number -> {
              replaced.add(number);
              return file.entity(number);
            })
        .findFirst();
  }

  private void add(KnownEntity entity) {
    for (String name : entity.names()) {
      List<KnownEntity> entities = added.computeIfAbsent(fold(name), key -> new ArrayList<>(1));
      if (!entities.contains(entity)) {
        entities.add(entity);
      }
    }
  }

  /** How many entities the release brings. */
  public int size() {
    return file.size();
  }

  /** Whether an entity is of a user's own list. */
  boolean isOwn(KnownEntity entity) {
    return own.contains(entity);
  }

  /** The entities that have this name, in whatever case and with or without accents. */
  public List<KnownEntity> named(String name) {
    String folded = SPACES.matcher(fold(name)).replaceAll(" ");
    List<KnownEntity> found = new ArrayList<>(added.getOrDefault(folded, List.of()));
    for (int number : file.names().find(folded)) {
      KnownEntity entity = file.entity(number);
      boolean claimed = (entity.isPerson() ? claimedOfPeople : claimedOfOthers).contains(folded);
      if (!claimed && !replaced.contains(number)) {
        found.add(entity);
      }
    }
    return found;
  }

  /** The entity of the release with a Wikidata id. */
  public Optional<KnownEntity> withId(String wikidataId) {
    return file.withId(wikidataId).stream().mapToObj(file::entity).findFirst();
  }

  /** The Wikidata id of a country by its code. */
  Optional<String> countryId(String code) {
    return Optional.ofNullable(file.countryIds().get(code));
  }

  /** Codes of countries by the words that tell of them: names and adjectives, as written. */
  Map<String, String> countryWords() {
    return file.countries();
  }

  /** The release's part. */
  KnowledgeFile file() {
    return file;
  }

  /** Gives out the entities that the release brings, the likelier ones first. */
  private void forEach(BiConsumer<Integer, KnownEntity> taker) {
    for (int number = 0; number < file.size(); number++) {
      taker.accept(number, file.entity(number));
    }
  }

  /** The kinds of the entities that bear each name, in a fixed order; names are as written. */
  public Map<String, List<EntityKind>> kindsByName() {
    Map<String, List<EntityKind>> kinds = new TreeMap<>();
    forEach(
        (number, entity) -> {
          for (String name : entity.names()) {
            List<EntityKind> all = kinds.computeIfAbsent(name, key -> new ArrayList<>(1));
            if (!all.contains(entity.kind())) {
              all.add(entity.kind());
            }
          }
        });
    return kinds;
  }

  /** Folds case, accents and kinds of apostrophe. */
  public static String fold(String name) {
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
}
