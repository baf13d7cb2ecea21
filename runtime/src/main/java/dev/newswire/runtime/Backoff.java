// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import java.time.Duration;

/**
 * Pauses between attempts: each is twice as long as the one before, up to a longest. Not
 * thread-safe.
 */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private Duration next;

  /**
   * Pauses that begin anew after each success.
   *
   * @param first the first pause, longer than zero
   * @param longest the longest pause, at least the first
   * @throws IllegalArgumentException where they are out of range
   */
  public Backoff(Duration first, Duration longest) {
    if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("pauses from " + first + " to " + longest);
    }
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /** How long to wait after one more failure. */
  public Duration pause() {
    Duration pause = next;
    Duration doubled = pause.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return pause;
  }

  /** An attempt succeeded: the next pause is the first again. */
  public void reset() {
    next = first;
  }
}
