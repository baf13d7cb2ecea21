// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

/**
 * A running part of the pipeline: ingest, enrich, stories or sink. The same stage runs alone in its
 * process or beside the others in one.
 *
 * <p>Thread-safe: {@link #close()} and {@link #health()} may be called from any thread.
 */
public interface Stage extends AutoCloseable {

  /** The stage's name, as in its consumer group: ingest, enrich, stories or sink. */
  String name();

  /**
   * Starts the work on threads of its own and returns.
   *
   * @throws UserError where what the user gave can't work
   */
  void start();

  /** How it is now. */
  Health health();

  /**
   * Waits until the stage has ended.
   *
   * @throws UserError where it ended by something that the user can mend
   * @throws IllegalStateException where it failed otherwise, with the failure as the cause
   */
  void await() throws InterruptedException;

  /** Ends the work cleanly: what was begun is finished or rolled back. Waits for it. */
  @Override
  void close();
}
