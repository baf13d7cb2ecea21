// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.enrich.text.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does parts of a piece of work, each for at most a given time, so that one poisonous text can't
 * stop the stream. The time is that of the processor: on a machine that is busy with other things a
 * part gets as much of it as on one that is not. A part that is out of time is tried once more, for
 * the first text of its kind pays for what Java compiles; then it is given up, and counted ({@code
 * newswire.annotator.timeouts}).
 *
 * <p>A part that heeds its deadline is done by the caller, for handing it to another thread and
 * back would cost a good part of its time; any other is done {@linkplain #runApart apart}.
 *
 * <p>Thread-safe.
 */
final class TimeLimit implements AutoCloseable {

  private static final int ATTEMPTS = 2;

  /** A part that is done apart may also wait; so many times its time it may take by the clock. */
  private static final int LONGEST_WAIT = 10;

  private final Duration duration;
  private final MeterRegistry meters;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "newswire-annotator");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A limit.
   *
   * @param duration processor time of each attempt at a part
   */
  TimeLimit(Duration duration, MeterRegistry meters) {
    this.duration = duration;
    this.meters = meters;
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

  /** Tries a part once; throws where time is out. */
  private interface Attempt<T> {
    Part<T> run() throws Deadline.Passed;
  }

  /** Does a part that heeds its deadline. */
  <T> Part<T> run(String name, T otherwise, Work<T> work) {
    return attempted(name, otherwise, () -> once(otherwise, work));
  }

  /**
   * Does a part that may not heed its deadline: out of time, it is interrupted and left behind on a
   * daemon thread of its own.
   */
  <T> Part<T> runApart(String name, T otherwise, Work<T> work) {
    return attempted(name, otherwise, () -> onceApart(otherwise, work));
  }

  private <T> Part<T> attempted(String name, T otherwise, Attempt<T> attempt) {
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        return attempt.run();
      } catch (Deadline.Passed e) {
        // Tried again, or given up below.
      }
    }
    meters.counter("newswire.annotator.timeouts", "annotator", name).increment();
    return new Part<>(
        otherwise,
        Optional.of(EnrichSettings.OUT_OF_TIME + " after " + duration.toMillis() + " ms"));
  }

  private <T> Part<T> once(T otherwise, Work<T> work) {
    try {
      return new Part<>(work.run(Deadline.after(duration)), Optional.empty());
    } catch (Deadline.Passed e) {
      throw e;
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      return new Part<>(otherwise, Optional.of(messageOf(e)));
    }
  }

  private <T> Part<T> onceApart(T otherwise, Work<T> work) {
    CompletableFuture<Deadline> started = new CompletableFuture<>();
    Future<Part<T>> future =
        threads.submit(
            () -> {
              started.complete(Deadline.after(duration));
              return once(otherwise, work);
            });
    long giveUp = System.nanoTime() + LONGEST_WAIT * duration.toNanos();
    try {
      Deadline deadline = started.join();
      while (true) {
        try {
          return future.get(duration.toNanos() / 2, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (deadline.isPassed() || System.nanoTime() - giveUp > 0) {
            future.cancel(true);
            throw Deadline.passed();
          }
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Deadline.Passed passed) {
        throw passed;
      }
      throw new IllegalStateException("parts keep their errors to themselves", e);
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
}
