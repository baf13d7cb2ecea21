// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps stages running until they end by themselves or the process is told to stop (SIGINT,
 * SIGTERM), and then stops everything cleanly, once.
 */
public final class StageRunner {

  private static final Logger LOG = LoggerFactory.getLogger(StageRunner.class);

  private final AutoCloseable everything;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * Runs stages that were started.
   *
   * @param everything what is closed at the end: the stages and all they need
   */
  public StageRunner(AutoCloseable everything) {
    this.everything = everything;
  }

  /**
   * Waits for the first stage that ends, then stops everything.
   *
   * @throws RuntimeException the failure that ended the stage
   */
  public void run(Collection<Stage> stages) {
    Thread hook = new Thread(this::stop, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    for (Stage stage : stages) {
      Thread thread = new Thread(() -> await(stage, failure, ended), "await-" + stage.name());
      thread.setDaemon(true);
      thread.start();
    }
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private static void await(
      Stage stage, AtomicReference<RuntimeException> failure, CountDownLatch ended) {
    try {
      stage.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } catch (Error e) {
      failure.compareAndSet(null, new IllegalStateException(stage.name() + " failed: " + e, e));
    } finally {
      ended.countDown();
    }
  }

  private synchronized void stop() {
    if (stopped.compareAndSet(false, true)) {
      LOG.info("stopping");
      try {
        everything.close();
        LOG.info("stopped");
      } catch (Exception e) {
        LOG.error("could not stop cleanly", e);
      }
    }
  }
}
