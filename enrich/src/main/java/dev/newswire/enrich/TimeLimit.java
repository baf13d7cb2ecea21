// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a piece of work for at most a given time, so that one poisonous text can't stop the stream.
 * Work that is out of time is interrupted and left behind on its own daemon thread.
 *
 * <p>Thread-safe.
 */
final class TimeLimit implements AutoCloseable {

  private final Duration duration;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "newswire-annotator");
            thread.setDaemon(true);
            return thread;
          });

  TimeLimit(Duration duration) {
    this.duration = duration;
  }

  /**
   * Does the work.
   *
   * @throws AnnotatorException where the work failed or was out of time; its message says which
   */
  <T> T run(Callable<T> work) throws AnnotatorException {
    Future<T> future = threads.submit(work);
    try {
      return future.get(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new AnnotatorException("out of time after " + duration.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new AnnotatorException(messageOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while annotating", e);
    }
  }

  private static String messageOf(Throwable error) {
    String name = error.getClass().getSimpleName();
    return error.getMessage() == null ? name : name + ": " + error.getMessage();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** An annotator gave nothing for an article; the message says why, in one sentence. */
  static final class AnnotatorException extends Exception {

    private static final long serialVersionUID = 1L;

    AnnotatorException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
