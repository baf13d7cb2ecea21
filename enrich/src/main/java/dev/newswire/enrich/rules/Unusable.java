// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.rules;

import java.util.List;

/** An entry can't be used; the message says why, in one sentence. */
public final class Unusable extends Exception {

  private static final long serialVersionUID = 1L;

  /** The names and indexes that lead from the entry to what is wrong in it. */
  private final transient List<Object> path;

  /** Says why; it is the entry as a whole that is wrong. */
  public Unusable(String message) {
    this(message, List.of());
  }

  Unusable(String message, List<Object> path) {
    super(message);
    this.path = path;
  }

  List<Object> path() {
    return path;
  }
}
