// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.EnrichSettings.Replacements;
import dev.newswire.enrich.Enricher.Versions;
import dev.newswire.enrich.entities.EntityAnnotator;
import dev.newswire.enrich.entities.EntityList;
import dev.newswire.enrich.entities.KnowledgeBase;
import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.enrich.recognition.EntityRecognizer;
import dev.newswire.enrich.recognition.OnnxRecognizer;
import dev.newswire.enrich.rules.Fault;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TopicMatcher;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Rules;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The enricher in use: it is replaced, between two articles, when rules are published. Rules that
 * can't be used are skipped, reported and counted ({@code newswire.rules.skipped}); where none can,
 * those before them stay in use.
 *
 * <p>Thread-safe.
 */
public final class LiveEnricher implements AutoCloseable {

  /** Key under which the taxonomy is published on the topic of rules. */
  public static final String TAXONOMY = "taxonomy";

  /** Key under which the users' own entities are published on the topic of rules. */
  public static final String ENTITIES = "entities";

  /** What the setting is called that names a model of the user's own. */
  public static final String ENTITY_MODEL = "entity-model";

  private static final Logger LOG = LoggerFactory.getLogger(LiveEnricher.class);

  private final Replacements replacements;
  private final Limits limits;
  private final MeterRegistry meters;
  private final LanguageDetection languages = new LanguageDetection();
  private final EntityRecognizer recognizer;
  private final EntityAnnotator bundledEntities;
  private final TimeLimit timeLimit;

  /** There from the start, so that an alert has a 0 to rise from. */
  private final Counter skipped;

  /** Held for reading while an article is enriched, so that a matcher in use is not closed. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private EntityAnnotator entities;
  private TopicMatcher matcher;
  private Versions versions = new Versions(0, 0);
  private Enricher enricher;

  private LiveEnricher(
      Replacements replacements,
      Limits limits,
      MeterRegistry meters,
      EntityRecognizer recognizer,
      EntityAnnotator bundledEntities) {
    this.replacements = replacements;
    this.limits = limits;
    this.meters = meters;
    this.recognizer = recognizer;
    this.bundledEntities = bundledEntities;
    timeLimit = new TimeLimit(limits.timePerAnnotator(), meters);
    skipped = meters.counter("newswire.rules.skipped", "stage", EnrichSettings.STAGE);
  }

  /**
   * Loads what is bundled, and the files that are to be used in its place.
   *
   * @throws UserError where a file can't be used
   */
  public static LiveEnricher bundled(
      Replacements replacements, Limits limits, MeterRegistry meters) {
    CompletableFuture<EntityRecognizer> recognizer =
        CompletableFuture.supplyAsync(
            () ->
                replacements
                    .entityModel()
                    .<EntityRecognizer>map(folder -> OnnxRecognizer.ofFolder(ENTITY_MODEL, folder))
                    .orElseGet(CrfRecognizer::bundled));
    CompletableFuture<EntityAnnotator> annotator =
        recognizer.thenApply(loaded -> new EntityAnnotator(KnowledgeBase.bundled(), loaded));
    Taxonomy taxonomy =
        replacements
            .taxonomy()
            .map(file -> Taxonomy.ofFile("taxonomy", file))
            .orElseGet(Taxonomy::bundled);
    EntityList own =
        replacements
            .entities()
            .map(file -> EntityList.ofFile("entities", file))
            .orElse(EntityList.EMPTY);
    TopicMatcher topics = new TopicMatcher(taxonomy.rules());
    LiveEnricher enricher =
        new LiveEnricher(replacements, limits, meters, loaded(recognizer), loaded(annotator));
    enricher.entities = enricher.bundledEntities.with(own);
    enricher.use(topics, 0);
    return enricher;
  }

  private static <T> T loaded(CompletableFuture<T> loading) {
    try {
      return loading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Enriches an article by the rules that were published last. */
  public EnrichedArticle enrich(RawArticle article) {
    EnrichedArticle enriched;
    lock.readLock().lock();
    try {
      enriched = enricher.enrich(article);
    } finally {
      lock.readLock().unlock();
    }
    String outcome = enriched.getStamp().getFailures().isEmpty() ? "enriched" : "partly-enriched";
    meters
        .counter("newswire.outcomes", "stage", EnrichSettings.STAGE, "outcome", outcome)
        .increment();
    return enriched;
  }

  /**
   * Enriches a made-up article a few times, without counting it, so that the first real one does
   * not pay for what Java loads and compiles.
   */
  void warmUp() {
    RawArticle sample = WarmUp.article();
    lock.readLock().lock();
    try {
      for (int round = 0; round < WarmUp.ROUNDS; round++) {
        enricher.enrich(sample);
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Why each entity of an enriched article is linked to what it is, in their order.
   *
   * @param article as {@link #enrich} has just given it
   */
  public List<String> reasonsOfLinks(EnrichedArticle article) {
    if (article.getEntities().isEmpty()) {
      return List.of();
    }
    lock.readLock().lock();
    try {
      return enricher.reasonsOfLinks(article.getArticle());
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Takes over published rules.
   *
   * @param key what they are: {@link #TAXONOMY} or {@link #ENTITIES}
   * @param rules empty where they were withdrawn: what is bundled is used again
   */
  public void publish(String key, Optional<Rules> rules) {
    try {
      takeOver(key, rules);
    } catch (RuntimeException | StackOverflowError e) {
      skip(key, e);
    }
  }

  /** Whether enrichers take a document over that is published under a key. */
  static boolean isUsable(String key, String document) {
    return switch (key) {
      case TAXONOMY -> Taxonomy.of(document).isUsable();
      case ENTITIES -> EntityList.of(document).isUsable();
      default -> throw new IllegalArgumentException("no rules are published under " + key);
    };
  }

  /** Reports and counts published rules that can't even be read; those before stay in use. */
  void skip(String key, Throwable reason) {
    LOG.warn("rules '{}' can't be used, those before stay: {}", key, reason.toString());
    countSkipped();
  }

  /** Counts a record without a value: there is nothing to enrich, and no fault to report. */
  void countTombstone() {
    meters
        .counter("newswire.outcomes", "stage", EnrichSettings.STAGE, "outcome", "tombstone")
        .increment();
  }

  private void countSkipped() {
    skipped.increment();
  }

  private void takeOver(String key, Optional<Rules> rules) {
    switch (key) {
      case TAXONOMY -> takeTaxonomy(rules);
      case ENTITIES -> takeEntities(rules);
      default ->
          LOG.warn("rules '{}' are of a kind that this enricher does not know; ignored", key);
    }
  }

  private void takeTaxonomy(Optional<Rules> rules) {
    if (replacements.taxonomy().isPresent()) {
      LOG.info("a published taxonomy is ignored: the settings name a file");
      return;
    }
    Taxonomy taxonomy =
        rules.map(published -> Taxonomy.of(published.getDocument())).orElseGet(Taxonomy::bundled);
    long version = rules.map(Rules::getVersion).orElse(0L);
    report("taxonomy", version, taxonomy.faults());
    if (!taxonomy.isUsable()) {
      LOG.warn("taxonomy {} has no rule that can be used; the one before it stays", version);
      return;
    }
    use(new TopicMatcher(taxonomy.rules()), version);
    LOG.info("taxonomy {} is in use: {} topics", version, taxonomy.rules().size());
  }

  private void takeEntities(Optional<Rules> rules) {
    if (replacements.entities().isPresent()) {
      LOG.info("a published entity list is ignored: the settings name a file");
      return;
    }
    EntityList own =
        rules.map(published -> EntityList.of(published.getDocument())).orElse(EntityList.EMPTY);
    long version = rules.map(Rules::getVersion).orElse(0L);
    report("entity list", version, own.faults());
    if (!own.isUsable()) {
      LOG.warn("entity list {} has no entity that can be used; the one before it stays", version);
      return;
    }
    EntityAnnotator next = bundledEntities.with(own);
    lock.writeLock().lock();
    try {
      entities = next;
      use(new Versions(versions.taxonomy(), version));
    } finally {
      lock.writeLock().unlock();
    }
    LOG.info("entity list {} is in use: {} entities", version, own.entities().size());
  }

  private void report(String what, long version, List<Fault> faults) {
    for (Fault fault : faults) {
      LOG.warn("{} {}: skipped {}", what, version, fault);
      countSkipped();
    }
  }

  private void use(TopicMatcher next, long version) {
    TopicMatcher before;
    lock.writeLock().lock();
    try {
      before = matcher;
      matcher = next;
      use(new Versions(version, versions.entityList()));
    } finally {
      lock.writeLock().unlock();
    }
    if (before != null) {
      before.close();
    }
  }

  /** Makes the enricher anew, by a holder of the lock. */
  private void use(Versions next) {
    versions = next;
    enricher = new Enricher(languages, entities, matcher, versions, timeLimit, limits);
  }

  @Override
  public void close() {
    timeLimit.close();
    lock.writeLock().lock();
    try {
      matcher.close();
      recognizer.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
