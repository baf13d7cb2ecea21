// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

import java.time.Duration;

/** When work on a text must be done. Whoever works on it checks now and then. Immutable. */
public final class Deadline {

  /** One that never passes. */
  public static final Deadline NONE = after(Duration.ofDays(36_500));

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  /** So long from now. */
  public static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /**
   * Goes on, if there is time left.
   *
   * @throws Passed if not
   */
  public void check() {
    if (System.nanoTime() - end > 0) {
      throw new Passed();
    }
  }

  /** Time is out. */
  public static final class Passed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private Passed() {
      super("out of time");
    }
  }
}
