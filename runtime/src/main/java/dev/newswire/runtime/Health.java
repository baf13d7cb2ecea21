// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

/**
 * How a stage is at this moment.
 *
 * @param state what it is doing
 * @param detail why, in one line for people; empty where the state says it all
 */
public record Health(State state, String detail) {

  /**
   * How an outage stands in the metadata of the offsets that a stage's group commits, so that it
   * can be seen from the brokers: this, and then the reason.
   */
  public static final String OUTAGE_NOTE = "outage: ";

  /** The states of a stage. */
  public enum State {
    /** Not yet ready for work. */
    STARTING,
    /** At work, or waiting for work. */
    RUNNING,
    /** Supposed to be at work, but its loop has not come round for a minute. */
    STALLED,
    /** Paused by an outage of something it needs; it retries by itself. */
    OUTAGE,
    /** Ended as asked. */
    STOPPED,
    /** Ended by an error. */
    FAILED
  }

  /** A state that needs no detail. */
  public static Health of(State state) {
    return new Health(state, "");
  }
}
