// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.time.Duration;

/**
 * What one delivery may take in all, archives within archives included. A delivery that takes more
 * is given up with a {@link Reject} that names the cap; what was read of it before stays.
 *
 * @param unpacked most bytes that its archives unpack to, those of each level counted
 * @param ratio most bytes unpacked for each byte packed, once {@link #RATIO_FROM} are unpacked
 * @param entries most entries of its archives
 * @param items most articles
 * @param rejects by how many the items that can't be read may outnumber the articles
 * @param processorTime of the thread that parses, publishing included
 * @param processorTimeForEachMebibyte that is added for each mebibyte read or unpacked
 */
public record Allowance(
    long unpacked,
    int ratio,
    long entries,
    long items,
    long rejects,
    Duration processorTime,
    Duration processorTimeForEachMebibyte) {

  /** Below this, any ratio will do: a short text may be nothing but blanks. */
  public static final long RATIO_FROM = 64L * 1024 * 1024;

  /**
   * 64 GiB unpacked, 250 for one, a million entries, ten million articles, 10,000 rejects more than
   * articles, 20 seconds and half a second for each mebibyte.
   */
  public static final Allowance DEFAULT =
      new Allowance(
          64L << 30,
          250,
          1_000_000,
          10_000_000,
          10_000,
          Duration.ofSeconds(20),
          Duration.ofMillis(500));
}
