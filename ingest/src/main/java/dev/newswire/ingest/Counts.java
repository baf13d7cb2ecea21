// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

/**
 * What became of the items of deliveries: {@code read = published + repeats + dead}.
 *
 * @param published items published as new articles or new revisions
 * @param repeats items that were published before, just as they are
 * @param dead items that could not be read and are dead letters now
 */
public record Counts(long published, long repeats, long dead) {

  /** Nothing yet. */
  public static final Counts NONE = new Counts(0, 0, 0);

  /** All items that were read. */
  public long read() {
    return published + repeats + dead;
  }

  /** These and those. */
  public Counts plus(Counts others) {
    return new Counts(published + others.published, repeats + others.repeats, dead + others.dead);
  }
}
