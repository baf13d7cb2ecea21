// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** Two pieces of work that take turns on one thread; what counts is the ratio of their rates. */
final class Contest {

  private static final int ROUNDS = 5;

  /** With the time below: until the compiler of the JVM is done with what takes the time. */
  private static final int ROUNDS_TO_WARM_UP = 5;

  private static final Duration TIME_TO_WARM_UP = Duration.ofSeconds(10);

  private Contest() {}

  /** A round of work. */
  interface Work {

    /** Does a round, and says of how many units it was. */
    long round() throws Exception;
  }

  /**
   * Runs both in turns, after some rounds each to warm up, and prints the medians.
   *
   * @param wanted the least ratio of our rate to the other's
   */
  static void run(String name, double wanted, Work ours, String otherName, Work other)
      throws Exception {
    long begin = System.nanoTime();
    int rounds = 1;
    while (rounds < ROUNDS_TO_WARM_UP || System.nanoTime() - begin < TIME_TO_WARM_UP.toNanos()) {
      ours.round();
      other.round();
      rounds++;
    }
    race(name, wanted, () -> rate(ours), otherName, () -> rate(other));
  }

  /** A round of work that takes its own time, for not all of it counts. */
  interface Timed {

    /** Does a round, and says how many units it did a second. */
    double rate() throws Exception;
  }

  /** The same for rounds that take their own time, after one each to warm up. */
  static void race(String name, double wanted, Timed ours, String otherName, Timed other)
      throws Exception {
    ours.rate();
    other.rate();
    List<Double> ourRates = new ArrayList<>();
    List<Double> otherRates = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      ourRates.add(ours.rate());
      otherRates.add(other.rate());
    }
    double ratio = median(ourRates) / median(otherRates);
    System.out.printf(
        Locale.ROOT,
        "%-34s %,12.0f/s  %-34s %,12.0f/s  ratio %8.2f  wanted %5.2f  %s%n",
        name,
        median(ourRates),
        otherName,
        median(otherRates),
        ratio,
        wanted,
        ratio >= wanted ? "ok" : "SHORT");
  }

  /** Measures one piece of work by itself, after some rounds to warm up, and prints the median. */
  static void rate(String name, Work work) throws Exception {
    for (int round = 0; round < ROUNDS_TO_WARM_UP; round++) {
      work.round();
    }
    List<Double> rates = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      rates.add(rate(work));
    }
    System.out.printf(Locale.ROOT, "%-34s %,12.0f/s%n", name, median(rates));
  }

  /** Bytes that all threads there are now allocate for a round of work. */
  static long allocated(Work work) throws Exception {
    long before = allocated();
    work.round();
    return allocated() - before;
  }

  private static long allocated() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  /** Bytes of heap in use after a collection. */
  static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static double rate(Work work) throws Exception {
    long begin = System.nanoTime();
    long units = work.round();
    return units * 1e9 / (System.nanoTime() - begin);
  }

  static double median(List<Double> rates) {
    List<Double> sorted = new ArrayList<>(rates);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
