// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

/**
 * What became of the items of deliveries; each is counted once.
 *
 * @param published items published as new articles or new revisions
 * @param repeats items that were published before, just as they are
 * @param dead items that could not be read and are dead letters now
 * @param deadBefore items that are dead letters since an earlier delivery
 */
public record Counts(long published, long repeats, long dead, long deadBefore) {

  /** Nothing yet. */
  public static final Counts NONE = new Counts(0, 0, 0, 0);

  /** All items that were read. */
  public long read() {
    return published + repeats + dead + deadBefore;
  }

  /** These and those. */
  public Counts plus(Counts others) {
    return new Counts(
        published + others.published,
        repeats + others.repeats,
        dead + others.dead,
        deadBefore + others.deadBefore);
  }

  /** These without those, which are among them. */
  Counts minus(Counts others) {
    return new Counts(
        published - others.published,
        repeats - others.repeats,
        dead - others.dead,
        deadBefore - others.deadBefore);
  }
}
