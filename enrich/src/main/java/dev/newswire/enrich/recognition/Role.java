// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.util.List;

/** Where a word stands, or several do, seen from a token. Their order is part of the model. */
enum Role {
  FAR_LEFT,
  LEFT,
  OWN,
  RIGHT,
  FAR_RIGHT,
  /** The first word of the run of capitals that the token stands in, where that is longer. */
  RUN_FIRST,
  RUN_LAST,
  BEFORE_RUN,
  AFTER_RUN,
  /** The mean of some words before that before the run. */
  FARTHER_LEFT,
  /** The mean of some words after that after the run. */
  FARTHER_RIGHT,
  /** The mean of all words of the document. */
  DOCUMENT;

  static final List<Role> ALL = List.of(values());

  static final int COUNT = ALL.size();

  /** The role of the word at an offset from the token, -2 to 2. */
  static Role at(int offset) {
    return ALL.get(OWN.ordinal() + offset);
  }
}
