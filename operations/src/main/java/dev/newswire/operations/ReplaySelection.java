// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.enrich.Selection;
import dev.newswire.operations.CommittedRecords.Span;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/** Selects what a plan names, at a bounded rate, and counts it. Thread-safe. */
public final class ReplaySelection implements Selection {

  private final ReplayPlan plan;
  private final String topic;
  private final Set<String> taggedNow;
  private final RateLimit rate;
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong written = new AtomicLong();

  /**
   * Selects by a plan.
   *
   * @param topic name of the topic of raw articles
   * @param taggedNow ids of the articles that have one of the scope's topics now
   */
  public ReplaySelection(ReplayPlan plan, String topic, Set<String> taggedNow, RateLimit rate) {
    this.plan = plan;
    this.topic = topic;
    this.taggedNow = taggedNow;
    this.rate = rate;
  }

  @Override
  public boolean reads(RawArticle article, int partition, long offset) {
    Span span = plan.spans().get(new TopicPartition(topic, partition));
    if (span == null || offset < span.from() || offset >= span.to()) {
      return false;
    }
    read.incrementAndGet();
    if (!plan.scope().includes(article.getArticle())) {
      return false;
    }
    rate.acquire();
    return true;
  }

  @Override
  public boolean writes(EnrichedArticle article) {
    boolean writes =
        plan.scope().isTagged(article) || taggedNow.contains(article.getArticle().getId());
    if (writes) {
      written.incrementAndGet();
    }
    return writes;
  }

  /** How many records of the plan were read in this process. */
  public long read() {
    return read.get();
  }

  /** How many articles were written in this process. */
  public long written() {
    return written.get();
  }
}
