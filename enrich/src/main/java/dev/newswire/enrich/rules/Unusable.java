// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.rules;

/** An entry can't be used; the message says why, in one sentence. */
public final class Unusable extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public Unusable(String message) {
    super(message);
  }
}
