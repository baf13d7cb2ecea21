// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * The words of a text as PostgreSQL's type tsvector has them, and queries for them. Words are made
 * here rather than by to_tsvector, which takes as long as all other writing together, and whose
 * letters depend on the database's locale. They are English stems of folded words; none is left
 * out, so that a phrase is found as it stands.
 */
final class WordVector {

  /** A tsvector's greatest position. */
  private static final int LAST_POSITION = 16_383;

  /** Positions of one word in a tsvector are fewer than 256. */
  private static final int MOST_POSITIONS = 255;

  /** Bytes of a word; PostgreSQL takes no more than 2046. */
  private static final int LONGEST_WORD = 2_000;

  private static final int WEIGHT_A = 3 << 14;

  private final EnglishStemmer stemmer = new EnglishStemmer();
  private final Map<String, List<Integer>> words = new LinkedHashMap<>();
  private int position;

  private WordVector() {}

  /** A headline's and a body's words, in the binary form of a tsvector. */
  static byte[] of(String headline, String body) {
    WordVector vector = new WordVector();
    vector.add(headline, WEIGHT_A);
    vector.add(body, 0);
    return vector.bytes();
  }

  /** A tsquery for the words of a term, in their order. Not for terms without any word. */
  static String query(String term) {
    WordVector vector = new WordVector();
    return split(Words.folded(term)).stream()
        .map(word -> "'" + vector.stem(word.substring(0, Math.min(word.length(), 500))) + "'")
        .collect(Collectors.joining(" <-> ", "(", ")"));
  }

  private static List<String> split(String folded) {
    return List.of(folded.split(" ", -1));
  }

  private void add(String folded, int weight) {
    if (folded.isEmpty()) {
      return;
    }
    for (String word : split(folded)) {
      if (position == LAST_POSITION) {
        return;
      }
      position++;
      if (word.length() <= LONGEST_WORD / 4
          || word.getBytes(StandardCharsets.UTF_8).length <= LONGEST_WORD) {
        List<Integer> positions = words.computeIfAbsent(stem(word), stem -> new ArrayList<>(2));
        if (positions.size() < MOST_POSITIONS) {
          positions.add(weight | position);
        }
      }
    }
  }

  private String stem(String word) {
    stemmer.setCurrent(word);
    stemmer.stem();
    return stemmer.getCurrent();
  }

  /** See tsvectorsend in PostgreSQL's tsvector.c. */
  private byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * words.size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(words.size());
      for (Map.Entry<String, List<Integer>> word : words.entrySet()) {
        out.write(word.getKey().getBytes(StandardCharsets.UTF_8));
        out.writeByte(0);
        out.writeShort(word.getValue().size());
        for (int at : word.getValue()) {
          out.writeShort(at);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
