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

  private int[] keys = new int[1 << 10];
  private int[] values = filled(1 << 10);
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
    return values[at] >= 0 ? 1 : sizes[list(values[at])];
  }

  /** The articles with the key, in no particular order; a copy. */
  int[] articles(int key) {
    int at = find(key);
    if (at < 0) {
      return NONE;
    }
    if (values[at] >= 0) {
      return new int[] {values[at]};
    }
    int list = list(values[at]);
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
      boolean isSingle = place >= 0 && values[place] >= 0;
      boolean isList = place >= 0 && !isSingle;
      single = isSingle ? values[place] : -1;
      articles = isList ? lists[list(values[place])] : NONE;
      size = isList ? sizes[list(values[place])] : isSingle ? 1 : 0;
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
    } else if (values[at] >= 0) {
      int list = newList();
      lists[list] = new int[] {values[at], article, 0};
      sizes[list] = 2;
      values[at] = -2 - list;
    } else {
      int list = list(values[at]);
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
    if (values[at] >= 0) {
      if (values[at] == article) {
        values[at] = GONE;
      }
      return;
    }
    int list = list(values[at]);
    int[] articles = lists[list];
    for (int i = 0; i < sizes[list]; i++) {
      if (articles[i] == article) {
        articles[i] = articles[--sizes[list]];
        break;
      }
    }
    if (sizes[list] == 1) {
      values[at] = articles[0];
      free(list);
    }
  }

  private static int list(int value) {
    return -2 - value;
  }

  private int find(int key) {
    int mask = keys.length - 1;
    int at = Hashing.mixed(key) & mask;
    while (values[at] != EMPTY) {
      if (keys[at] == key && values[at] != GONE) {
        return at;
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  private void insert(int key, int value) {
    if (used + 1 > keys.length * 2L / 3) {
      rehash();
    }
    int mask = keys.length - 1;
    int at = Hashing.mixed(key) & mask;
    while (values[at] != EMPTY && values[at] != GONE) {
      at = (at + 1) & mask;
    }
    if (values[at] == EMPTY) {
      used++;
    }
    keys[at] = key;
    values[at] = value;
  }

  private void rehash() {
    int[] oldKeys = keys;
    int[] oldValues = values;
    int live = 0;
    for (int value : oldValues) {
      live += value == EMPTY || value == GONE ? 0 : 1;
    }
    int size = Integer.highestOneBit(Math.max(live, 512)) * 4;
    keys = new int[size];
    values = filled(size);
    used = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != EMPTY && oldValues[i] != GONE) {
        insert(oldKeys[i], oldValues[i]);
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

  private static int[] filled(int size) {
    int[] values = new int[size];
    Arrays.fill(values, EMPTY);
    return values;
  }
}
