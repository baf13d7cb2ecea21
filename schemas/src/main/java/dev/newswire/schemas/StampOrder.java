// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import java.util.Comparator;

/**
 * Decides which of two enrichments of the same revision is newer: by generation of the enricher,
 * then version of the taxonomy, then of the users' own entities; of two with the same of each, the
 * one with fewer failures. The model's name is not compared: it has no order, so that a record by
 * another model of the user's choice replaces an equal one.
 */
public final class StampOrder {

  private static final Comparator<EnrichmentStamp> ORDER =
      Comparator.comparingInt(EnrichmentStamp::getEnricher)
          .thenComparingLong(EnrichmentStamp::getTaxonomy)
          .thenComparingLong(EnrichmentStamp::getEntityList)
          .thenComparing(stamp -> stamp.getFailures().size(), Comparator.reverseOrder());

  private StampOrder() {}

  /** Negative where {@code a} is older than {@code b}, positive where newer, zero where equal. */
  public static int compare(EnrichmentStamp a, EnrichmentStamp b) {
    return ORDER.compare(a, b);
  }
}
