// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does the parts of a piece of work, each for at most a given time, so that one poisonous text
 * can't stop the stream. A part that is out of time is interrupted and left behind on its own
 * daemon thread; the parts after it go on. All parts that keep to their time share one hand-over to
 * another thread.
 *
 * <p>Thread-safe.
 */
final class TimeLimit implements AutoCloseable {

  private static final Step LEFT_BEHIND = new Step(-1, 0);

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

  /** Does the parts in their order, and returns when each has an outcome. */
  void run(List<Part<?>> parts) {
    int next = 0;
    while (next < parts.size()) {
      next = run(parts, next);
    }
  }

  /** Does parts on one thread until one is out of time; gives the index after the last done. */
  private int run(List<Part<?>> parts, int first) {
    Run run = new Run(parts, first);
    Future<?> future = threads.submit(run);
    try {
      while (true) {
        Step step = run.step.get();
        long left = step.begun() + duration.toNanos() - System.nanoTime();
        try {
          future.get(Math.max(0, left), TimeUnit.NANOSECONDS);
          return parts.size();
        } catch (TimeoutException e) {
          if (run.step.compareAndSet(step, LEFT_BEHIND)) {
            parts.get(step.part()).fail("out of time after " + duration.toMillis() + " ms");
            future.cancel(true);
            return step.part() + 1;
          }
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("parts keep their errors to themselves", e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while annotating", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /**
   * Which part is being done.
   *
   * @param begun when it was begun, by {@link System#nanoTime()}
   */
  private record Step(int part, long begun) {}

  /** The parts from one on, on a thread of its own, until they are done or left behind. */
  private static final class Run implements Runnable {

    private final List<Part<?>> parts;
    private final AtomicReference<Step> step;

    Run(List<Part<?>> parts, int first) {
      this.parts = parts;
      step = new AtomicReference<>(new Step(first, System.nanoTime()));
    }

    @Override
    public void run() {
      Step current = step.get();
      while (!current.equals(LEFT_BEHIND)) {
        parts.get(current.part()).run();
        int next = current.part() + 1;
        if (next == parts.size()) {
          return;
        }
        Step following = new Step(next, System.nanoTime());
        current = step.compareAndSet(current, following) ? following : LEFT_BEHIND;
      }
    }
  }

  /**
   * A part of the work, that ends with a result or with a failure, whichever is first. Thread-safe.
   */
  static final class Part<T> {

    private final Callable<T> work;
    private final T otherwise;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    /**
     * A part.
     *
     * @param otherwise the result where the work fails
     */
    Part(T otherwise, Callable<T> work) {
      this.otherwise = otherwise;
      this.work = work;
    }

    /** The result; what stands in for it where the part failed, or has not ended. */
    T result() {
      return result.getNow(otherwise);
    }

    /** Why there is no result, in one sentence. */
    Optional<String> failure() {
      return Optional.ofNullable(failure.getNow(null));
    }

    private void run() {
      try {
        result.complete(work.call());
      } catch (Exception | StackOverflowError | OutOfMemoryError e) {
        fail(messageOf(e));
      }
    }

    private void fail(String message) {
      if (result.complete(otherwise)) {
        failure.complete(message);
      }
    }

    private static String messageOf(Throwable error) {
      String name = error.getClass().getSimpleName();
      return error.getMessage() == null ? name : name + ": " + error.getMessage();
    }
  }
}
