// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * When work on a text must be done. Whoever works on it checks now and then. The time is the
 * processor time of the thread that set the deadline, so that work on a busy machine is not short
 * of it; where Java can't measure that, it is the clock's. Immutable.
 */
public final class Deadline {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** One that never passes. */
  public static final Deadline NONE = after(Duration.ofDays(36_500));

  private final long thread;
  private final long clockEnd;
  private final long processorEnd;

  private Deadline(long thread, long clockEnd, long processorEnd) {
    this.thread = thread;
    this.clockEnd = clockEnd;
    this.processorEnd = processorEnd;
  }

  /** So much processor time of this thread from now. */
  public static Deadline after(Duration duration) {
    long thread = Thread.currentThread().getId();
    return new Deadline(
        thread, System.nanoTime() + duration.toNanos(), processorTime(thread) + duration.toNanos());
  }

  private static long processorTime(long thread) {
    return THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(thread) : -1;
  }

  /**
   * Goes on, if there is time left.
   *
   * @throws Passed if not
   */
  public void check() {
    if (isPassed()) {
      throw passed();
    }
  }

  /** Whether time is out. May be asked from any thread. */
  public boolean isPassed() {
    // No thread has had more of the processor than the clock has moved on, and the clock is cheap.
    if (System.nanoTime() - clockEnd <= 0) {
      return false;
    }
    long used = processorTime(thread);
    return used < 0 || used - processorEnd > 0;
  }

  /** What {@link #check} throws where time is out. */
  public static Passed passed() {
    return new Passed();
  }

  /** Time is out. */
  public static final class Passed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private Passed() {
      super("out of time");
    }
  }
}
