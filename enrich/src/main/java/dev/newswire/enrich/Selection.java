// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;

/**
 * What a replay enriches of all that lies on the topic. What it leaves out is passed over, and
 * counts as done.
 *
 * <p>Implementations are thread-safe.
 */
public interface Selection {

  /** Whether to enrich the raw article at this place. It may wait, to bound the rate. */
  boolean reads(RawArticle article, int partition, long offset);

  /** Whether to write what came of it. */
  boolean writes(EnrichedArticle article);
}
