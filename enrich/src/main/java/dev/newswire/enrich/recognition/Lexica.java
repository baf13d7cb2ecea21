// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import dev.newswire.enrich.text.Token;
import dev.newswire.enrich.text.Tokenizer;
import dev.newswire.schemas.EntityKind;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What is known of words beforehand: which are used alike, and which are names. Words are held by
 * their hash only. Immutable.
 */
public final class Lexica {

  /** No cluster. */
  static final int NONE = -1;

  /** Bit of {@link #names} for a row of words that a longer name begins with. */
  static final int BEGINS_NAME = 8;

  private final List<String> paths;
  private final HashedTable brown;
  private final byte[] superClusters;
  private final HashedTable clusters;

  /** Of the words that have a cluster, by their ranks. */
  private final WordVectors vectors;

  private final HashedTable names;

  private Lexica(
      List<String> paths,
      HashedTable brown,
      byte[] superClusters,
      HashedTable clusters,
      WordVectors vectors,
      HashedTable names) {
    this.paths = List.copyOf(paths);
    this.brown = brown;
    this.superClusters = superClusters.clone();
    this.clusters = clusters;
    this.vectors = vectors;
    this.names = names;
  }

  /**
   * Collects lexica.
   *
   * @param brownPaths path of bits of the Brown cluster of a word in lower case, digits folded to 0
   * @param embeddingClusters cluster by a word as written, digits folded to 0
   * @param superClusters cluster of each of those clusters, up to 127
   * @param embeddings vector of each word that has such a cluster
   * @param quantizer makes what is held of vectors, in their order
   * @param names kinds of entity by name
   */
  public static Lexica of(
      Map<String, String> brownPaths,
      Map<String, Integer> embeddingClusters,
      byte[] superClusters,
      Map<String, float[]> embeddings,
      Function<float[][], WordVectors> quantizer,
      Map<String, List<EntityKind>> names) {
    List<String> paths = brownPaths.values().stream().distinct().sorted().toList();
    Map<String, Integer> pathNumbers = new HashMap<>();
    paths.forEach(path -> pathNumbers.put(path, pathNumbers.size()));
    Map<Integer, Integer> brown = new HashMap<>();
    brownPaths.forEach((word, path) -> brown.put(Hashes.of(word), pathNumbers.get(path)));
    Map<Integer, Integer> clusters = new HashMap<>();
    embeddingClusters.forEach((word, cluster) -> clusters.put(Hashes.of(word), cluster));
    Map<Integer, Integer> bits = new HashMap<>();
    names.forEach((name, kinds) -> addName(bits, name, kinds));
    HashedTable clusterTable = table(clusters);
    float[][] vectors = new float[clusterTable.size()][];
    for (String word : embeddingClusters.keySet()) {
      vectors[clusterTable.rank(Hashes.of(word))] = embeddings.get(word);
    }
    return new Lexica(
        paths, table(brown), superClusters, clusterTable, quantizer.apply(vectors), table(bits));
  }

  private static void addName(Map<Integer, Integer> bits, String name, List<EntityKind> kinds) {
    List<Token> tokens = Tokenizer.tokenize(name).tokens();
    int hash = 0;
    for (int i = 0; i < tokens.size(); i++) {
      hash = nameHash(hash, Hashes.of(tokens.get(i).form().toLowerCase(Locale.ROOT)));
      if (i + 1 < tokens.size()) {
        bits.merge(hash, BEGINS_NAME, (a, b) -> a | b);
      }
    }
    for (EntityKind kind : kinds) {
      bits.merge(hash, 1 << Labels.kindIndex(Labels.of(kind, Labels.UNIT)), (a, b) -> a | b);
    }
  }

  private static HashedTable table(Map<Integer, Integer> numbers) {
    List<Integer> keys = new ArrayList<>(numbers.keySet());
    int[] hashes = new int[keys.size()];
    short[] values = new short[keys.size()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = keys.get(i);
      values[i] = numbers.get(keys.get(i)).shortValue();
    }
    return HashedTable.of(hashes, values);
  }

  /** The hash of a row of words, made from that of the row without the last; 0 for no words. */
  static int nameHash(int before, int lowerCaseHash) {
    return Hashes.of(before, lowerCaseHash);
  }

  /** Path of the Brown cluster of a word in lower case, digits folded; empty if it has none. */
  String brownPath(String lower) {
    int path = brown.get(Hashes.of(lower));
    return path == HashedTable.ABSENT ? "" : paths.get(path);
  }

  /** Embedding cluster of a word as written, digits folded, or {@link #NONE}. */
  int cluster(String form) {
    return clusters.get(Hashes.of(form));
  }

  /** Vector of a word as written, digits folded; empty if it has none. */
  float[] vector(String form) {
    int rank = clusters.rank(Hashes.of(form));
    return rank == HashedTable.ABSENT ? new float[0] : vectors.of(rank);
  }

  /** Cluster of an embedding cluster. */
  int superCluster(int cluster) {
    return superClusters[cluster];
  }

  /**
   * What is known of a row of words as a name: a bit per kind of entity, by the order of {@link
   * Labels}, and {@link #BEGINS_NAME}; 0 if nothing.
   */
  int names(int nameHash) {
    return Math.max(0, names.get(nameHash));
  }

  static Lexica read(ModelInput in) throws IOException {
    List<String> paths = new ArrayList<>();
    int number = in.readInt();
    for (int i = 0; i < number; i++) {
      paths.add(in.readText());
    }
    HashedTable brown = HashedTable.read(in);
    byte[] superClusters = in.read(in.readInt());
    HashedTable clusters = HashedTable.read(in);
    WordVectors vectors = WordVectors.read(in, clusters.size());
    return new Lexica(paths, brown, superClusters, clusters, vectors, HashedTable.read(in));
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(paths.size());
    for (String path : paths) {
      ModelOutput.writeText(out, path);
    }
    brown.write(out);
    out.writeInt(superClusters.length);
    out.write(superClusters);
    clusters.write(out);
    vectors.write(out);
    names.write(out);
  }
}
