// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.enrich.entities.EntityAnnotator;
import dev.newswire.enrich.entities.KnowledgeBase;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Rules;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The enricher in use: it is replaced, between two articles, when rules are published. Rules that
 * can't be used are skipped, reported and counted, and those before them stay in use.
 *
 * <p>Thread-safe.
 */
public final class LiveEnricher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveEnricher.class);

  private final AtomicReference<Enricher> current;
  private final TimeLimit timeLimit;
  private final MeterRegistry meters;

  private LiveEnricher(Enricher enricher, TimeLimit timeLimit, MeterRegistry meters) {
    current = new AtomicReference<>(enricher);
    this.timeLimit = timeLimit;
    this.meters = meters;
  }

  /** Loads what is bundled. */
  public static LiveEnricher bundled(EnrichSettings settings, MeterRegistry meters) {
    TimeLimit timeLimit = new TimeLimit(settings.limits().timePerAnnotator());
    Enricher enricher =
        new Enricher(
            LanguageDetection.bundled(),
            new EntityAnnotator(KnowledgeBase.bundled()),
            timeLimit,
            settings.limits());
    return new LiveEnricher(enricher, timeLimit, meters);
  }

  /** Enriches an article by the rules that were published last. */
  public EnrichedArticle enrich(RawArticle article) {
    if (article == null) {
      throw new IllegalArgumentException("a record of the raw articles has no value");
    }
    EnrichedArticle enriched = current.get().enrich(article);
    String outcome = enriched.getStamp().getFailures().isEmpty() ? "enriched" : "partly-enriched";
    meters
        .counter("newswire.outcomes", "stage", EnrichSettings.STAGE, "outcome", outcome)
        .increment();
    return enriched;
  }

  /**
   * Takes over published rules.
   *
   * @param key what they are: taxonomy or entities
   * @param rules empty where they were withdrawn
   */
  void publish(String key, Optional<Rules> rules) {
    LOG.info("rules '{}' published: {}", key, rules.map(Rules::getVersion));
  }

  @Override
  public void close() {
    timeLimit.close();
  }
}
