// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.runtime.Outage;
import dev.newswire.runtime.UserError;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Readers of a store, each with a connection, that wait for the next question. Thread-safe.
 *
 * @param <R> the reader, which one thread uses at a time
 */
final class Pool<R extends AutoCloseable> implements AutoCloseable {

  private final Supplier<R> opens;
  private final Queue<R> idle = new ConcurrentLinkedQueue<>();

  /**
   * A pool without any reader yet.
   *
   * @param opens opens a reader; fails with {@link UserError} or {@link Outage}
   */
  Pool(Supplier<R> opens) {
    this.opens = opens;
  }

  /**
   * Asks the store something.
   *
   * @throws Problem where it does not answer now, or is not there yet
   */
  <T> T ask(Function<R, T> question) {
    R reader = idle.poll();
    try {
      if (reader == null) {
        reader = opens.get();
      }
      T answer = question.apply(reader);
      idle.add(reader);
      return answer;
    } catch (UserError | Outage e) {
      giveUp(reader);
      throw new Problem(503, "The store does not answer", e.getMessage());
    } catch (RuntimeException e) {
      giveUp(reader);
      throw e;
    }
  }

  private void giveUp(R reader) {
    if (reader == null) {
      return;
    }
    try {
      reader.close();
    } catch (Outage e) {
      // The connection is given up for what was wrong before.
      return;
    } catch (Exception e) {
      throw new IllegalStateException("a reader of the store can't be closed", e);
    }
  }

  @Override
  public void close() {
    for (R reader = idle.poll(); reader != null; reader = idle.poll()) {
      giveUp(reader);
    }
  }
}
