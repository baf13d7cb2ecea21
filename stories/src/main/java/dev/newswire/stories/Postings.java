// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.util.Arrays;

/**
 * An inverted index: which articles hold a word or a shingle. Most are held by one article, and
 * cost eight bytes and the slack of the table. Articles are numbered by the caller. Not
 * thread-safe.
 */
final class Postings {

  private static final int[] NONE = {};
  private static final int EMPTY = Integer.MIN_VALUE;
  private static final int GONE = Integer.MIN_VALUE + 1;

  /** Keys and values by turns, so that a look at one brings the other into the cache. */
  private int[] table = filled(1 << 10);

  private int used;
  private int[][] lists = new int[64][];
  private int[] sizes = new int[64];
  private int listCount;
  private int[] freeLists = new int[16];
  private int freeCount;

  /** Number of articles with the key. */
  int count(int key) {
    int at = find(key);
    if (at < 0) {
      return 0;
    }
    return value(at) >= 0 ? 1 : sizes[list(value(at))];
  }

  /** The articles with the key, in no particular order; a copy. */
  int[] articles(int key) {
    int at = find(key);
    if (at < 0) {
      return NONE;
    }
    if (value(at) >= 0) {
      return new int[] {value(at)};
    }
    int list = list(value(at));
    return Arrays.copyOf(lists[list], sizes[list]);
  }

  /** Goes through the articles with the key, in no particular order, until the next change. */
  Cursor cursor(int key) {
    return new Cursor(find(key));
  }

  /** A place among the articles with a key. */
  final class Cursor {

    private final int[] articles;
    private final int size;
    private final int single;
    private int at = -1;

    private Cursor(int place) {
      int value = place < 0 ? EMPTY : value(place);
      single = Math.max(value, -1);
      boolean isList = place >= 0 && value < 0;
      articles = isList ? lists[list(value)] : NONE;
      size = isList ? sizes[list(value)] : value >= 0 ? 1 : 0;
    }

    boolean next() {
      return ++at < size;
    }

    int article() {
      return single >= 0 ? single : articles[at];
    }
  }

  /** Adds an article, which the key must not have yet. */
  void add(int key, int article) {
    int at = find(key);
    if (at < 0) {
      insert(key, article);
    } else if (value(at) >= 0) {
      int list = newList();
      lists[list] = new int[] {value(at), article};
      sizes[list] = 2;
      table[2 * at + 1] = -2 - list;
    } else {
      int list = list(value(at));
      if (sizes[list] == lists[list].length) {
        lists[list] = Arrays.copyOf(lists[list], sizes[list] * 3 / 2 + 1);
      }
      lists[list][sizes[list]++] = article;
    }
  }

  /** Takes an article out again. */
  void remove(int key, int article) {
    int at = find(key);
    if (at < 0) {
      return;
    }
    if (value(at) >= 0) {
      if (value(at) == article) {
        table[2 * at + 1] = GONE;
      }
      return;
    }
    int list = list(value(at));
    int[] articles = lists[list];
    for (int i = 0; i < sizes[list]; i++) {
      if (articles[i] == article) {
        articles[i] = articles[--sizes[list]];
        break;
      }
    }
    if (sizes[list] == 1) {
      table[2 * at + 1] = articles[0];
      free(list);
    }
  }

  private static int list(int value) {
    return -2 - value;
  }

  private int value(int place) {
    return table[2 * place + 1];
  }

  private int capacity() {
    return table.length / 2;
  }

  private int find(int key) {
    int mask = capacity() - 1;
    int at = Hashing.mixed(key) & mask;
    while (value(at) != EMPTY) {
      if (table[2 * at] == key && value(at) != GONE) {
        return at;
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  private void insert(int key, int value) {
    if (used + 1 > capacity() * 3L / 4) {
      rehash();
    }
    int mask = capacity() - 1;
    int at = Hashing.mixed(key) & mask;
    while (value(at) != EMPTY && value(at) != GONE) {
      at = (at + 1) & mask;
    }
    if (value(at) == EMPTY) {
      used++;
    }
    table[2 * at] = key;
    table[2 * at + 1] = value;
  }

  /** Makes room, or, where enough of it is taken by what is gone, clears that away. */
  private void rehash() {
    int[] old = table;
    int live = 0;
    for (int i = 1; i < old.length; i += 2) {
      live += old[i] == EMPTY || old[i] == GONE ? 0 : 1;
    }
    int size = Math.max(1 << 10, Integer.highestOneBit(Math.max(live, 1)) * 2);
    table = filled(live > size / 2 ? size * 2 : size);
    used = 0;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != EMPTY && old[i + 1] != GONE) {
        insert(old[i], old[i + 1]);
      }
    }
  }

  private int newList() {
    if (freeCount > 0) {
      return freeLists[--freeCount];
    }
    if (listCount == lists.length) {
      lists = Arrays.copyOf(lists, listCount * 2);
      sizes = Arrays.copyOf(sizes, listCount * 2);
    }
    return listCount++;
  }

  private void free(int list) {
    lists[list] = null;
    if (freeCount == freeLists.length) {
      freeLists = Arrays.copyOf(freeLists, freeCount * 2);
    }
    freeLists[freeCount++] = list;
  }

  private static int[] filled(int capacity) {
    int[] table = new int[2 * capacity];
    Arrays.fill(table, EMPTY);
    return table;
  }
}
