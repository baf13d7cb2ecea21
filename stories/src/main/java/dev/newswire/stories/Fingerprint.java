// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.stories.Tokens.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is compared of an article's text to find its copies: a sample of its shingles (runs of four
 * words), its figures and its names. The first shingles are always in the sample, so that a teaser
 * finds its article; of the others those whose hash is a multiple of {@value #SAMPLING}.
 *
 * @param first hashes of the first shingles, ascending
 * @param sampled hashes of the sampled shingles of the whole text, ascending
 * @param figures hashes of the figures, in reading order
 * @param names hashes of the words with a capital, in reading order
 */
record Fingerprint(int[] first, int[] sampled, int[] figures, int[] names) {

  private static final int FIRST = 48;
  private static final int SAMPLING = 4;
  private static final int MOST_SAMPLED = 160;
  private static final double MOST_CAPITALS = 0.6;
  private static final int MOST_OF_A_KIND = 32;

  /** The fingerprint of a text, without its boilerplate. */
  static Fingerprint of(Shingles text) {
    Set<Integer> first = new LinkedHashSet<>();
    Set<Integer> sampled = new LinkedHashSet<>();
    for (int at = 0; at < text.hashes().length; at++) {
      if (text.isBoilerplate(at)) {
        continue;
      }
      int hash = text.hashes()[at];
      if (first.size() < FIRST) {
        first.add(hash);
      }
      if (isSampled(hash) && sampled.size() < MOST_SAMPLED) {
        sampled.add(hash);
      }
    }
    List<Token> words = text.words();
    boolean[] bare = text.boilerplate();
    // In a text of capitals they say nothing.
    boolean allCapitals =
        words.stream().filter(Token::capitalised).count() > MOST_CAPITALS * words.size();
    Set<Integer> figures = new LinkedHashSet<>();
    Set<Integer> names = new LinkedHashSet<>();
    for (int i = 0; i < words.size(); i++) {
      Token word = words.get(i);
      Set<Integer> kind = word.figure() ? figures : names;
      if (!bare[i]
          && (word.figure() || (word.capitalised() && !allCapitals))
          && kind.size() < MOST_OF_A_KIND) {
        kind.add(word.hash());
      }
    }
    return new Fingerprint(sorted(first), sorted(sampled), inOrder(figures), inOrder(names));
  }

  /** Whether a shingle is in the sample of every text that has it. */
  static boolean isSampled(int hash) {
    return Math.floorMod(Hashing.mixed(hash), SAMPLING) == 0;
  }

  /** All shingles that are looked up and indexed, each once. */
  int[] shingles() {
    List<Integer> all = new ArrayList<>(first.length + sampled.length);
    for (int hash : first) {
      all.add(hash);
    }
    for (int hash : sampled) {
      if (Arrays.binarySearch(first, hash) < 0) {
        all.add(hash);
      }
    }
    return inOrder(all);
  }

  /** Share of the shorter text's shingles that the other has too, from 0 to 1. */
  double overlap(Fingerprint other) {
    double byStart = contained(first, other.first);
    int fewest = Math.min(sampled.length, other.sampled.length);
    double bySample = contained(sampled, other.sampled);
    return fewest >= 8 ? Math.max(bySample, Math.min(byStart, bySample + 0.4)) : byStart;
  }

  /** Whether the text writes a word with a capital. */
  boolean isName(int word) {
    for (int name : names) {
      if (name == word) {
        return true;
      }
    }
    return false;
  }

  /**
   * How well figures agree: share of those of the text with fewer that the other has too.
   *
   * @param excused so many that differ do not count: a correction, a byline
   */
  double figuresShared(Fingerprint other, int excused) {
    return shared(figures, other.figures, excused);
  }

  /** How well names agree, as figures. */
  double namesShared(Fingerprint other, int excused) {
    return shared(names, other.names, excused);
  }

  private static double contained(int[] a, int[] b) {
    int fewest = Math.min(a.length, b.length);
    int common = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      if (a[i] == b[j]) {
        common++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return fewest == 0 ? 0 : (double) common / fewest;
  }

  private static double shared(int[] a, int[] b, int excused) {
    int[] few = a.length <= b.length ? a : b;
    int[] many = a.length <= b.length ? b : a;
    if (few.length == 0) {
      return 1;
    }
    int[] ordered = many.clone();
    Arrays.sort(ordered);
    long common = Arrays.stream(few).filter(x -> Arrays.binarySearch(ordered, x) >= 0).count();
    return Math.min(1, (double) (common + excused) / few.length);
  }

  private static int[] sorted(Set<Integer> hashes) {
    return hashes.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private static int[] inOrder(Iterable<Integer> hashes) {
    List<Integer> list = new ArrayList<>();
    hashes.forEach(list::add);
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
