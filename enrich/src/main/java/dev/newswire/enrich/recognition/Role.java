// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.util.List;

/** Where a word stands, or several do, seen from a token. Their numbers are part of the model. */
enum Role {
  FAR_LEFT(0),
  LEFT(1),
  OWN(2),
  RIGHT(3),
  FAR_RIGHT(4),
  /** The first word of the run of capitals that the token stands in, where that is longer. */
  RUN_FIRST(5),
  RUN_LAST(6),
  BEFORE_RUN(7),
  AFTER_RUN(8),
  /** The mean of some words before that before the run. */
  FARTHER_LEFT(9),
  /** The mean of some words after that after the run. */
  FARTHER_RIGHT(10),
  /** The mean of all words of the document. */
  DOCUMENT(11);

  static final List<Role> ALL = List.of(values());

  static final int COUNT = ALL.size();

  private final int number;

  Role(int number) {
    this.number = number;
  }

  /** Number of the role, from 0. */
  int number() {
    return number;
  }

  /** The role of the word at an offset from the token, -2 to 2. */
  static Role at(int offset) {
    return ALL.get(OWN.number + offset);
  }
}
