// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import dev.newswire.runtime.Health.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The skeleton of every stage: one thread that does the stage's work round by round, and owns its
 * health, its outages, its failure and its end.
 *
 * <ul>
 *   <li>An {@link Outage}, or any failure that one caused, makes the stage wait, longer each time,
 *       and try again.
 *   <li>Any other exception and every {@link Error} makes the stage FAILED; {@link #await} throws
 *       it, so that the process ends with a code other than zero.
 *   <li>A round that takes longer than {@link #LONGEST_ROUND} makes the stage STALLED until it
 *       comes round.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class StageThread {

  /** How long a round may take before the stage counts as stalled. */
  public static final Duration LONGEST_ROUND = Duration.ofMinutes(1);

  private static final Duration LOOK = Duration.ofMillis(200);

  private final Logger log;
  private final String name;
  private final Backoff backoff;
  private final Thread thread;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Health health = Health.of(State.STARTING);
  private volatile Throwable failure;
  private volatile long lastRound = System.nanoTime();
  private long restUntil;
  private boolean resting;

  /** What a stage does. All of it is called by the stage's one thread. */
  public interface Work extends AutoCloseable {

    /**
     * Does a piece of work, or waits a moment for some.
     *
     * @return whether this shows that all the stage needs can be used
     * @throws Outage where something can't be used now; {@link #idle} is called until the next try
     */
    boolean round();

    /**
     * Passes a part of the time until the next try, and keeps alive what has to be, such as the
     * membership of a group.
     *
     * @param longest how long at most
     */
    void idle(Duration longest);

    /**
     * An outage has begun, or an attempt to end it has failed.
     *
     * @throws UserError where the outage has lasted too long
     */
    default void suffer(Outage outage) {}

    /** An outage is over. */
    default void recover() {}

    /** Finishes what was begun, since the stage ends as asked. */
    default void finish() {}

    /** Lets go of everything, however the stage ends. */
    @Override
    void close();
  }

  /**
   * A thread that {@link #start} sets to work.
   *
   * @param name the stage's name
   * @param backoff the pauses of an outage
   * @param work makes the work, on the stage's thread
   */
  public StageThread(String name, Backoff backoff, Supplier<? extends Work> work) {
    this.name = name;
    this.backoff = backoff;
    log = LoggerFactory.getLogger("dev.newswire." + name);
    thread = new Thread(() -> live(work), "newswire-" + name);
  }

  /**
   * Starts the work.
   *
   * @param about what the stage works with, for the log
   */
  public void start(String about) {
    log.info("{} starts: {}", name, about);
    beat();
    thread.start();
  }

  /** How the stage is now. */
  public Health health() {
    Health now = health;
    if (now.state() == State.RUNNING && System.nanoTime() - lastRound > LONGEST_ROUND.toNanos()) {
      return new Health(
          State.STALLED, "its loop has not come round for " + LONGEST_ROUND.toSeconds() + " s");
    }
    return now;
  }

  /** Says that a long round goes on. */
  public void beat() {
    lastRound = System.nanoTime();
  }

  /** Whether the stage was told to end. */
  public boolean isStopping() {
    return stop.getCount() == 0;
  }

  /**
   * Waits until the stage has ended.
   *
   * @throws UserError where it ended by something that the user can mend
   * @throws IllegalStateException where it failed otherwise, with the failure as the cause
   */
  public void await() throws InterruptedException {
    thread.join();
    Throwable error = failure;
    if (error instanceof UserError known) {
      throw known;
    }
    if (error != null) {
      throw new IllegalStateException(name + " failed: " + text(error), error);
    }
  }

  /** Tells the stage to end, and waits for its end, even where the caller is interrupted. */
  public void close() {
    stop.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void live(Supplier<? extends Work> making) {
    try (Work work = making.get()) {
      while (!isStopping()) {
        beat();
        step(work);
      }
      work.finish();
      health = Health.of(State.STOPPED);
    } catch (Throwable e) {
      // One place for all of them: an Error that only ended the thread would leave the stage
      // RUNNING.
      failure = e;
      health = new Health(State.FAILED, text(e));
    }
  }

  private void step(Work work) {
    try {
      if (resting && System.nanoTime() - restUntil < 0) {
        work.idle(LOOK);
      } else if (work.round()) {
        runs(work);
      }
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException e) {
      if (!Outage.isCauseOf(e)) {
        throw e;
      }
      suffer(work, Outage.of(e));
    }
  }

  private void runs(Work work) {
    if (health.state() == State.OUTAGE) {
      log.info("{}: the outage is over", name);
      work.recover();
    }
    health = Health.of(State.RUNNING);
    resting = false;
    backoff.reset();
  }

  private void suffer(Work work, Outage outage) {
    if (health.state() != State.OUTAGE) {
      log.warn("{}: outage, retrying until it is over: {}", name, outage.getMessage());
    }
    health = new Health(State.OUTAGE, outage.getMessage());
    work.suffer(outage);
    boolean wasIdle = resting && System.nanoTime() - restUntil < 0;
    if (wasIdle) {
      pause(LOOK);
    } else {
      restUntil = System.nanoTime() + backoff.pause().toNanos();
      resting = true;
    }
  }

  private void pause(Duration time) {
    try {
      stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the thread of " + name + " was interrupted", e);
    }
  }

  private static String text(Throwable error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }
}
