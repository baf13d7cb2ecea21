// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import java.time.Instant;
import java.util.Objects;

/**
 * Decides which of two revisions of one article is newer. Every stage asks here and nowhere else.
 *
 * <p>In this order:
 *
 * <ol>
 *   <li>A kill is sticky: a revision that is not canceled is newer than a canceled one only if both
 *       say when they were created and it was created later.
 *   <li>The moments at which the provider created them, where both say so and they differ.
 *   <li>The numeric versions, where both have one and they differ. Never by these alone: some
 *       providers number at random, and only their moments tell.
 *   <li>The order of receipt, where the versions differ as text or the contents differ.
 * </ol>
 *
 * Two deliveries of the same version with the same content are one revision sent twice ({@link
 * #isRepeat}); the later delivery still counts as the newer, so that a provider that goes back to
 * an earlier wording is followed.
 *
 * <p>For the revisions of a provider that always or never says when a revision was created, this is
 * a total order, so that the newest of any number of revisions does not depend on the order in
 * which they are looked at. Zero means the very same delivery: a replay.
 */
public final class RevisionOrder {

  private RevisionOrder() {}

  /**
   * Compares two revisions of the same article.
   *
   * @return negative where {@code a} is older than {@code b}, positive where it is newer, zero
   *     where they are the same delivery of the same revision
   */
  public static int compare(Article a, Article b) {
    return compare(a.getRevision(), a.getStatus(), b.getRevision(), b.getStatus());
  }

  /**
   * Compares two revisions of the same article, each with its status.
   *
   * @return as {@link #compare(Article, Article)}
   */
  public static int compare(Revision a, Status aStatus, Revision b, Status bStatus) {
    boolean aKills = aStatus == Status.CANCELED;
    boolean bKills = bStatus == Status.CANCELED;
    if (aKills && !bKills) {
      return createdLater(b, a) ? -1 : 1;
    }
    if (bKills && !aKills) {
      return createdLater(a, b) ? 1 : -1;
    }
    Instant aCreated = a.getVersionCreated();
    Instant bCreated = b.getVersionCreated();
    if (aCreated != null && bCreated != null && !aCreated.equals(bCreated)) {
      return aCreated.compareTo(bCreated);
    }
    Long aNumber = a.getVersionNumber();
    Long bNumber = b.getVersionNumber();
    if (aNumber != null && bNumber != null && !aNumber.equals(bNumber)) {
      return aNumber.compareTo(bNumber);
    }
    int byReceipt = a.getReceivedAt().compareTo(b.getReceivedAt());
    return byReceipt != 0 ? byReceipt : byContent(a, b);
  }

  /** Whether two revisions of an article say the same under the same version: one sent again. */
  public static boolean isRepeat(Revision a, Revision b) {
    return a.getContentHash().equals(b.getContentHash())
        && Objects.equals(a.getVersion(), b.getVersion())
        && Objects.equals(a.getVersionCreated(), b.getVersionCreated());
  }

  private static boolean createdLater(Revision revision, Revision kill) {
    return revision.getVersionCreated() != null
        && kill.getVersionCreated() != null
        && revision.getVersionCreated().isAfter(kill.getVersionCreated());
  }

  /** Received in the same millisecond: any order does, as long as it is always the same one. */
  private static int byContent(Revision a, Revision b) {
    int byHash = a.getContentHash().compareTo(b.getContentHash());
    return byHash != 0 ? byHash : text(a.getVersion()).compareTo(text(b.getVersion()));
  }

  private static String text(String version) {
    return version == null ? "" : version;
  }
}
