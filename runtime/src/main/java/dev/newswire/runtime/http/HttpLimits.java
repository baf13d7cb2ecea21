// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What a port bears.
 *
 * @param connections most at once; one more closes the one that has kept us waiting longest
 * @param header longest time until the header of a request is there, from the moment the connection
 *     opens or the answer before it has ended
 * @param body longest time from there until its body is there
 * @param threads that answer
 * @param bodyBytes most bytes of bodies in memory at once, of all connections together
 */
public record HttpLimits(
    int connections, Duration header, Duration body, int threads, long bodyBytes) {

  private static final int MEGABYTE = 1024 * 1024;
  private static final int MOST_CONNECTIONS = 2000;
  private static final int FEWEST_CONNECTIONS = 32;

  /** A port takes at most this part of the files that the process may have open. */
  private static final int PART_OF_FILES = 4;

  /** A port takes at most this part of the heap for bodies. */
  private static final int PART_OF_HEAP = 8;

  /** Limits for a port with a number of threads, within what this process may use. */
  public static HttpLimits ofThreads(int threads) {
    long bodies = Math.max(64L * MEGABYTE, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    return new HttpLimits(
        bearable(), Duration.ofSeconds(15), Duration.ofMinutes(2), threads, bodies);
  }

  private static int bearable() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            ? system.getMaxFileDescriptorCount()
            : Integer.MAX_VALUE;
    return (int) Math.max(FEWEST_CONNECTIONS, Math.min(MOST_CONNECTIONS, files / PART_OF_FILES));
  }
}
