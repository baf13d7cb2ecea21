// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.runtime.UserError;
import java.util.Map;

/**
 * The least heap that each command works in. With less it would neither work nor end, but collect
 * garbage until the JVM gives up.
 */
final class MemoryCheck {

  private static final int MIB = 1 << 20;

  /** Commands that bring up little of Newswire. */
  private static final int SMALL = 48;

  /** By the name of the command, in MiB; see docs/operations.md for how they were found. */
  private static final Map<String, Integer> LEAST =
      Map.of(
          "demo", 288,
          "run", 288,
          "enrich", 160,
          "replay", 160,
          "entities", 96,
          "topics", 96,
          "stories", 96,
          "ingest", 96,
          "sink", 96);

  private MemoryCheck() {}

  /**
   * Refuses to go on with clearly too little memory.
   *
   * @param command name of the command, without those that it is under
   * @param heap bytes that the heap may grow to
   * @throws UserError where the command needs more
   */
  static void require(String command, long heap) {
    int least = LEAST.getOrDefault(command, SMALL);
    // Some collectors don't count a part of the young generation that is always empty.
    if (heap < least * 0.9 * MIB) {
      throw new UserError(
          String.format(
              "too little memory: the heap may grow to %d MiB, and 'newswire %s' needs at least %d;"
                  + " set NEWSWIRE_JAVA_OPTIONS=-Xmx%dm or more",
              heap / MIB, command, least, least));
    }
  }
}
