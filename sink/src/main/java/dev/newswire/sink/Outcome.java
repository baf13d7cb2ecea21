// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

/** What became of a record in the store. */
public enum Outcome {
  /** The first of its article: a new row. */
  STORED,
  /** A newer revision: it replaced the row's, which is stale now. */
  REPLACED,
  /** The revision that the row holds, enriched again: it replaced the row's enrichment. */
  ENRICHED_AGAIN,
  /** An older revision, or an older enrichment, than the row's. */
  STALE,
  /** The revision that the row holds, delivered again. */
  REPEAT
}
