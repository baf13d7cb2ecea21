// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import java.nio.file.Path;
import java.util.List;

/** Runs the benchmarks that are named, or all of them. */
public final class Bench {

  private static final List<String> ALL =
      List.of("ready", "formats", "publishing", "topics", "enricher", "entities", "stories", "sink", "search");

  private Bench() {}

  /**
   * Runs them, and ends the process whatever threads a failed one leaves behind.
   *
   * @param arguments the folder of the corpora, then names of benchmarks, or none for all
   */
  public static void main(String[] arguments) {
    if (arguments.length == 0) {
      System.err.println("bench: give the folder of the corpora, then any of " + ALL);
      System.exit(2);
    }
    try {
      run(arguments);
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(String[] arguments) throws Exception {
    Path corpora = Path.of(arguments[0]);
    List<String> names =
        arguments.length == 1 ? ALL : List.of(arguments).subList(1, arguments.length);
    for (String name : names) {
      switch (name) {
        case "formats" -> new IngestBench(corpora).formats();
        case "publishing" -> new IngestBench(corpora).publishing();
        case "topics" -> new EnrichBench(corpora).topics();
        case "ready" -> EnrichBench.ready();
        case "enricher" -> new EnrichBench(corpora).whole();
        case "entities" -> new EnrichBench(corpora).entities();
        case "stories" -> StoriesBench.rates();
        case "sink" -> new SinkBench(corpora).rates();
        case "search" -> new SinkBench(corpora).search();
        case "heap" -> new SinkBench(corpora).heap();
        default -> throw new IllegalArgumentException("no benchmark '" + name + "'; " + ALL);
      }
    }
  }
}
