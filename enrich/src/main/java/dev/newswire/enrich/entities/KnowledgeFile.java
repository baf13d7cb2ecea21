// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.entities.KnownEntity.Background;
import dev.newswire.enrich.entities.KnownEntity.Location;
import dev.newswire.enrich.entities.KnownEntity.Region;
import dev.newswire.enrich.entities.KnownEntity.Tier;
import dev.newswire.schemas.EntityKind;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.lucene.util.BytesRef;

/**
 * The known entities as the build packs them, some seventy bytes each, with their names in
 * finite-state transducers. An entity is unpacked when it is asked for; the last few thousand are
 * kept. Immutable and thread-safe.
 */
public final class KnowledgeFile {

  private static final int MAGIC = 0x4E57_4B42;
  private static final int VERSION = 1;

  /** Their order is part of the format. */
  private static final List<EntityKind> KINDS = List.of(EntityKind.values());

  private static final List<Tier> TIERS = List.of(Tier.values());
  private static final int KEPT = 1 << 12;
  private static final double DEGREE = 10_000;

  private final String[] words;
  private final Map<String, String> countries;
  private final Map<String, String> countryIds;
  private final byte[] packed;
  private final int[] starts;

  /** Numbers of Wikidata ids, in ascending order, and the entities that have them. */
  private final long[] ids;

  private final int[] ofId;
  private final NameIndex names;
  private final NameIndex foreignNames;
  private final AtomicReferenceArray<Kept> kept = new AtomicReferenceArray<>(KEPT);

  private record Kept(int number, KnownEntity entity) {}

  private KnowledgeFile(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC || in.readInt() != VERSION) {
      throw new IOException("not a knowledge base of version " + VERSION);
    }
    words = new String[in.readInt()];
    for (int i = 0; i < words.length; i++) {
      words[i] = in.readUTF();
    }
    countries = readPairs(in);
    countryIds = readPairs(in);
    starts = new int[in.readInt()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + in.readUnsignedShort();
    }
    packed = in.readNBytes(in.readInt());
    ids = new long[in.readInt()];
    ofId = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (i == 0 ? 0 : ids[i - 1]) + readNumber(in);
      ofId[i] = in.readInt();
    }
    names = NameIndex.read(in);
    foreignNames = NameIndex.read(in);
  }

  /** Reads what {@link #write} wrote. */
  static KnowledgeFile read(InputStream in) throws IOException {
    return new KnowledgeFile(new DataInputStream(new BufferedInputStream(in, 1 << 16)));
  }

  int size() {
    return starts.length - 1;
  }

  /** Names by which English texts call entities, folded. */
  NameIndex names() {
    return names;
  }

  /** Names of other languages, each after its {@link ForeignNames#key}. */
  NameIndex foreignNames() {
    return foreignNames;
  }

  /** Codes of countries by the words that tell of them: their names and adjectives. */
  Map<String, String> countries() {
    return Collections.unmodifiableMap(countries);
  }

  /** Wikidata ids of countries by their codes. */
  Map<String, String> countryIds() {
    return Collections.unmodifiableMap(countryIds);
  }

  OptionalInt withId(String wikidataId) {
    int at = Arrays.binarySearch(ids, Long.parseLong(wikidataId.substring(1)));
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(ofId[at]);
  }

  KnownEntity entity(int number) {
    Kept last = kept.get(number & KEPT - 1);
    if (last != null && last.number() == number) {
      return last.entity();
    }
    try {
      KnownEntity entity = unpack(number);
      kept.set(number & KEPT - 1, new Kept(number, entity));
      return entity;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private KnownEntity unpack(int number) throws IOException {
    int start = starts[number];
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(packed, start, starts[number + 1] - start));
    EntityKind kind = KINDS.get(in.readByte());
    Tier tier = TIERS.get(in.readByte());
    int flags = in.readByte();
    long id = readNumber(in);
    long size = readNumber(in);
    String name = in.readUTF();
    List<String> aliases = readTexts(in);
    List<String> loneNames = readTexts(in);
    String country = words[(int) readNumber(in)];
    String role = words[(int) readNumber(in)];
    List<String> cues = new ArrayList<>();
    for (long more = readNumber(in); more > 0; more--) {
      cues.add(words[(int) readNumber(in)]);
    }
    long until = readNumber(in);
    Optional<Location> location =
        (flags & 2) == 0
            ? Optional.empty()
            : Optional.of(new Location(in.readInt() / DEGREE, in.readInt() / DEGREE));
    Optional<Region> region =
        (flags & 4) == 0
            ? Optional.empty()
            : Optional.of(new Region("Q" + readNumber(in), words[(int) readNumber(in)]));
    return new KnownEntity(
        kind,
        name,
        id == 0 ? Optional.empty() : Optional.of("Q" + id),
        aliases,
        loneNames,
        country.isEmpty() ? Optional.empty() : Optional.of(country),
        location,
        size,
        (flags & 1) != 0,
        cues,
        new Background(
            tier, role, until == 0 ? Optional.empty() : Optional.of((int) until), region));
  }

  /**
   * Packs entities.
   *
   * @param entities the likelier ones first
   * @param countries codes of countries by words that tell of them
   * @param countryIds Wikidata ids of countries by their codes
   * @param foreignNames numbers of entities by names of other languages and their keys
   */
  public static void write(
      List<KnownEntity> entities,
      SortedMap<String, String> countries,
      SortedMap<String, String> countryIds,
      SortedMap<String, List<Integer>> foreignNames,
      OutputStream target)
      throws IOException {
    Map<String, Integer> words = words(entities);
    DataOutputStream out = new DataOutputStream(target);
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(words.size());
    for (String word : words.keySet()) {
      out.writeUTF(word);
    }
    writePairs(countries, out);
    writePairs(countryIds, out);
    writeEntities(entities, words, out);
    writeIds(entities, out);
    SortedMap<String, List<Integer>> names = new TreeMap<>();
    for (int number = 0; number < entities.size(); number++) {
      for (String name : entities.get(number).names()) {
        List<Integer> numbers =
            names.computeIfAbsent(KnowledgeBase.fold(name), key -> new ArrayList<>(1));
        if (!numbers.contains(number)) {
          numbers.add(number);
        }
      }
    }
    NameIndex.write(sorted(names), out);
    NameIndex.write(sorted(foreignNames), out);
    out.flush();
  }

  private static Map<String, Integer> words(List<KnownEntity> entities) {
    TreeSet<String> all = new TreeSet<>();
    all.add("");
    for (KnownEntity entity : entities) {
      entity.country().ifPresent(all::add);
      all.add(entity.background().role());
      all.addAll(entity.cues());
      entity.background().region().ifPresent(region -> all.add(region.name()));
    }
    Map<String, Integer> words = new TreeMap<>();
    all.forEach(word -> words.put(word, words.size()));
    return words;
  }

  private static void writeEntities(
      List<KnownEntity> entities, Map<String, Integer> words, DataOutputStream out)
      throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    out.writeInt(entities.size() + 1);
    for (KnownEntity entity : entities) {
      int start = packed.size();
      pack(entity, words, new DataOutputStream(packed));
      out.writeShort(packed.size() - start);
    }
    out.writeInt(packed.size());
    packed.writeTo(out);
  }

  private static void pack(KnownEntity entity, Map<String, Integer> words, DataOutputStream out)
      throws IOException {
    Background background = entity.background();
    out.writeByte(KINDS.indexOf(entity.kind()));
    out.writeByte(TIERS.indexOf(background.tier()));
    out.writeByte(
        (entity.isArea() ? 1 : 0)
            | (entity.location().isPresent() ? 2 : 0)
            | (background.region().isPresent() ? 4 : 0));
    writeNumber(entity.wikidataId().map(KnowledgeFile::number).orElse(0L), out);
    writeNumber(entity.size(), out);
    out.writeUTF(entity.name());
    writeTexts(entity.aliases(), out);
    writeTexts(entity.loneNames(), out);
    writeNumber(words.get(entity.country().orElse("")), out);
    writeNumber(words.get(background.role()), out);
    writeNumber(entity.cues().size(), out);
    for (String cue : entity.cues()) {
      writeNumber(words.get(cue), out);
    }
    writeNumber(background.until().orElse(0), out);
    if (entity.location().isPresent()) {
      out.writeInt((int) Math.round(entity.location().get().latitude() * DEGREE));
      out.writeInt((int) Math.round(entity.location().get().longitude() * DEGREE));
    }
    if (background.region().isPresent()) {
      writeNumber(number(background.region().get().wikidataId()), out);
      writeNumber(words.get(background.region().get().name()), out);
    }
  }

  private static void writeIds(List<KnownEntity> entities, DataOutputStream out)
      throws IOException {
    SortedMap<Long, Integer> byId = new TreeMap<>();
    for (int i = 0; i < entities.size(); i++) {
      if (entities.get(i).wikidataId().isPresent()) {
        byId.putIfAbsent(number(entities.get(i).wikidataId().get()), i);
      }
    }
    out.writeInt(byId.size());
    long before = 0;
    for (Map.Entry<Long, Integer> id : byId.entrySet()) {
      writeNumber(id.getKey() - before, out);
      out.writeInt(id.getValue());
      before = id.getKey();
    }
  }

  private static SortedMap<BytesRef, int[]> sorted(SortedMap<String, List<Integer>> names) {
    SortedMap<BytesRef, int[]> sorted = new TreeMap<>();
    names.forEach(
        (name, numbers) ->
            sorted.put(new BytesRef(name), numbers.stream().mapToInt(Integer::intValue).toArray()));
    return sorted;
  }

  private static long number(String wikidataId) {
    return Long.parseLong(wikidataId.substring(1));
  }

  private static Map<String, String> readPairs(DataInputStream in) throws IOException {
    Map<String, String> pairs = new HashMap<>();
    for (int more = in.readInt(); more > 0; more--) {
      pairs.put(in.readUTF(), in.readUTF());
    }
    return pairs;
  }

  private static void writePairs(SortedMap<String, String> pairs, DataOutputStream out)
      throws IOException {
    out.writeInt(pairs.size());
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      out.writeUTF(pair.getKey());
      out.writeUTF(pair.getValue());
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int more = in.readUnsignedByte(); more > 0; more--) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  private static void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeByte(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  /** Seven bits a byte, the lowest first. */
  private static long readNumber(DataInputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      int bits = in.readUnsignedByte();
      number |= (long) (bits & 0x7F) << shift;
      if (bits < 0x80) {
        return number;
      }
    }
  }

  private static void writeNumber(long number, DataOutputStream out) throws IOException {
    long rest = number;
    while (rest >= 0x80) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }
}
