// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.schemas.DeadLetter;

/**
 * Caps on untrusted input. What is over a cap becomes a {@link Reject}.
 *
 * @param document most bytes of one document that is read as a whole, after unpacking; an archive
 *     or a stream of transmissions may hold any number of documents
 * @param item most bytes of one item
 * @param depth deepest nesting of elements, objects or archives' markup
 * @param elements most elements or values of one document
 * @param expansions most expansions of entities in one XML document
 */
public record Limits(int document, int item, int depth, int elements, int expansions) {

  private static final int MIB = 1024 * 1024;

  /** 32 MiB a document, 8 MiB an item, 256 levels, a million elements, 10,000 expansions. */
  public static final Limits DEFAULT = new Limits(32 * MIB, 8 * MIB, 256, 1_000_000, 10_000);

  /** Checks that an item under its cap fits into one record. */
  public Limits {
    if (document < 1 || item < 1 || depth < 1 || elements < 1 || expansions < 1) {
      throw new IllegalArgumentException("every limit is at least one");
    }
    if (item > DeadLetter.MAXIMUM_BYTES) {
      throw new IllegalArgumentException("an item of " + item + " bytes does not fit a record");
    }
  }
}
