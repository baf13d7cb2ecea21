// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.enrich.text.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does parts of a piece of work, each for at most a given time, so that one poisonous text can't
 * stop the stream. A part that heeds its deadline is done by the caller, for handing it to another
 * thread and back would cost a good part of its time; any other is done {@linkplain #runApart
 * apart}.
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

  /** What a part does. */
  interface Work<T> {

    /**
     * Does it.
     *
     * @param deadline checked between pieces that don't take long
     */
    T run(Deadline deadline) throws Exception;
  }

  /**
   * What became of a part.
   *
   * @param result what stands in for it where the part failed
   * @param failure why there is none, in one sentence
   */
  record Part<T>(T result, Optional<String> failure) {}

  /** Does a part that heeds its deadline. */
  <T> Part<T> run(T otherwise, Work<T> work) {
    try {
      return new Part<>(work.run(Deadline.after(duration)), Optional.empty());
    } catch (Deadline.Passed e) {
      return outOfTime(otherwise);
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      return new Part<>(otherwise, Optional.of(messageOf(e)));
    }
  }

  /**
   * Does a part that may not heed its deadline: out of time, it is interrupted and left behind on a
   * daemon thread of its own.
   */
  <T> Part<T> runApart(T otherwise, Work<T> work) {
    Future<Part<T>> future = threads.submit(() -> run(otherwise, work));
    try {
      return future.get(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      return outOfTime(otherwise);
    } catch (ExecutionException e) {
      throw new IllegalStateException("parts keep their errors to themselves", e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while annotating", e);
    }
  }

  private <T> Part<T> outOfTime(T otherwise) {
    return new Part<>(otherwise, Optional.of("out of time after " + duration.toMillis() + " ms"));
  }

  private static String messageOf(Throwable error) {
    String name = error.getClass().getSimpleName();
    return error.getMessage() == null ? name : name + ": " + error.getMessage();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
