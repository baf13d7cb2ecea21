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

  /**
   * These of a delivery that was read from its beginning again after an interruption: what was
   * committed before it is no repeat.
   *
   * @param before what was committed of the same delivery before
   */
  public Counts afterInterruption(Counts before) {
    long published = Math.min(before.published, repeats);
    long newlyDead = Math.min(before.dead, deadBefore);
    return plus(new Counts(published, -published, newlyDead, -newlyDead));
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
