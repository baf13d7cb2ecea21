// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/** Spaces work evenly, so that no more is done a second than was asked for. Thread-safe. */
public final class RateLimit {

  private final long interval;
  private long next = System.nanoTime();

  /**
   * A limit.
   *
   * @param perSecond at least 1; empty for none
   */
  public RateLimit(OptionalInt perSecond) {
    interval = perSecond.isEmpty() ? 0 : 1_000_000_000L / perSecond.getAsInt();
  }

  /** Waits until the next piece of work may be done, or the thread is interrupted. */
  public void acquire() {
    if (interval == 0) {
      return;
    }
    long mine;
    synchronized (this) {
      mine = Math.max(next, System.nanoTime());
      next = mine + interval;
    }
    long wait = mine - System.nanoTime();
    while (wait > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, wait);
      wait = mine - System.nanoTime();
    }
  }
}
