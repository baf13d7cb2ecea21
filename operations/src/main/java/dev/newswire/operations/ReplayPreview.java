// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.PublishedRules;
import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.RevisionOrder;
import dev.newswire.schemas.StampOrder;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * What a replay would change, found out by doing all of it but the writing. Every article's present
 * topics are held in memory meanwhile: about a kilobyte each.
 */
public final class ReplayPreview {

  private final Cluster cluster;
  private final Admin admin;
  private final EnrichSettings settings;
  private final ReplayPlan plan;

  public ReplayPreview(Cluster cluster, Admin admin, EnrichSettings settings, ReplayPlan plan) {
    this.cluster = cluster;
    this.admin = admin;
    this.settings = settings;
    this.plan = plan;
  }

  /**
   * An article before and after.
   *
   * @param isNew whether it was never enriched before
   * @param gained the topics that it gets, each with the words that earn it
   * @param lost the topics that it loses, each with the words that had earned it
   * @param kept the topics that it keeps
   * @param entitiesGained names of entities that it gets
   * @param entitiesLost names of entities that it loses
   * @param changed whether its row says anything else than before; who made it does not count
   */
  public record Difference(
      String articleId,
      String headline,
      boolean isNew,
      SortedMap<String, List<String>> gained,
      SortedMap<String, List<String>> lost,
      Set<String> kept,
      Set<String> entitiesGained,
      Set<String> entitiesLost,
      boolean changed) {

    /** Whether it gets or loses a topic. */
    public boolean changesTopics() {
      return !gained.isEmpty() || !lost.isEmpty();
    }

    /** Whether it gets or loses an entity. */
    public boolean changesEntities() {
      return !entitiesGained.isEmpty() || !entitiesLost.isEmpty();
    }

    /** Whether it keeps its topics and entities, and only their words or strengths change. */
    public boolean changesDetails() {
      return changed && !isNew && !changesTopics() && !changesEntities();
    }
  }

  /**
   * What is held of an article's newest enriched record.
   *
   * @param hash of all that enrichment gave it, with strengths, words and offsets
   */
  private record Held(
      Revision revision,
      Status status,
      EnrichmentStamp stamp,
      SortedMap<String, List<String>> topics,
      Set<String> entities,
      String hash) {

    static Held of(EnrichedArticle enriched) {
      Article article = enriched.getArticle();
      return new Held(
          article.getRevision(),
          article.getStatus(),
          enriched.getStamp(),
          topicsOf(enriched),
          entitiesOf(enriched),
          ContentHash.sha256(
              (enriched.getLanguage() + "\n" + enriched.getTopics() + "\n" + enriched.getEntities())
                  .getBytes(StandardCharsets.UTF_8)));
    }

    boolean isNewerThan(Held other) {
      int byRevision = RevisionOrder.compare(revision, status, other.revision, other.status);
      return byRevision != 0 ? byRevision > 0 : StampOrder.compare(stamp, other.stamp) > 0;
    }
  }

  /**
   * Compares.
   *
   * @param progress told how many raw articles were looked at so far
   * @return by article id, every article that the replay would write
   */
  public SortedMap<String, Difference> compare(LongConsumer progress) {
    Map<String, Held> held = held();
    SortedMap<String, Difference> differences = new TreeMap<>();
    Map<String, Held> results = new HashMap<>();
    long[] read = {0};
    try (LiveEnricher enricher = enricher()) {
      TopicReader.read(
          cluster,
          cluster.topics().raw(),
          plan.spans(),
          raw -> {
            progress.accept(++read[0]);
            Article article = raw.getArticle();
            Optional<Held> before = Optional.ofNullable(held.get(article.getId()));
            if (!plan.scope().includes(article)
                || before.filter(has -> newer(has, article)).isPresent()) {
              return true;
            }
            Held after = Held.of(enricher.enrich(raw));
            boolean tagged =
                plan.scope().isTagged(after.topics().keySet())
                    || before
                        .filter(has -> plan.scope().isTagged(has.topics().keySet()))
                        .isPresent();
            Held result = results.get(article.getId());
            if (tagged
                && before.filter(has -> isNewerStamp(has, after)).isEmpty()
                && (result == null || !result.isNewerThan(after))) {
              results.put(article.getId(), after);
              differences.put(article.getId(), difference(article, before, after));
            }
            return true;
          });
    }
    return differences;
  }

  private static boolean newer(Held held, Article article) {
    return RevisionOrder.compare(
            held.revision(), held.status(), article.getRevision(), article.getStatus())
        > 0;
  }

  /** Whether an article's row would stay for its stamp; rules from a file are newer than any. */
  private boolean isNewerStamp(Held held, Held after) {
    boolean same =
        RevisionOrder.compare(held.revision(), held.status(), after.revision(), after.status())
            == 0;
    return same
        && settings.replacements().taxonomy().isEmpty()
        && StampOrder.compare(held.stamp(), after.stamp()) > 0;
  }

  /**
   * How fast this process enriches, by doing some of the plan's articles.
   *
   * @param longest how long to try
   * @return articles a second; empty where there is none to try it with
   */
  public OptionalDouble measureRate(Duration longest) {
    try (LiveEnricher enricher = enricher()) {
      long[] counted = {0, 0};
      TopicReader.read(
          cluster,
          cluster.topics().raw(),
          plan.spans(),
          raw -> {
            long begin = System.nanoTime();
            enricher.enrich(raw);
            counted[0]++;
            counted[1] += System.nanoTime() - begin;
            return counted[1] < longest.toNanos();
          });
      return counted[0] == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(1e9 * counted[0] / counted[1]);
    }
  }

  /** Ids of the articles that have one of the scope's topics now. */
  public Set<String> taggedNow() {
    return plan.scope().topics().isEmpty()
        ? Set.of()
        : held().entrySet().stream()
            .filter(entry -> plan.scope().isTagged(entry.getValue().topics().keySet()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
  }

  private Map<String, Held> held() {
    Map<String, Held> held = new HashMap<>();
    TopicReader.read(
        cluster,
        cluster.topics().enriched(),
        TopicReader.everything(admin, cluster.topics().enriched()),
        enriched -> {
          held.merge(
              enriched.getArticle().getId(), Held.of(enriched), (a, b) -> a.isNewerThan(b) ? a : b);
          return true;
        });
    return held;
  }

  /** The enricher with the rules that are published now, or those of the files. */
  private LiveEnricher enricher() {
    LiveEnricher enricher =
        LiveEnricher.bundled(settings.replacements(), settings.limits(), new SimpleMeterRegistry());
    new PublishedRules(cluster)
        .inUse()
        .forEach((key, rules) -> enricher.publish(key, Optional.of(rules)));
    return enricher;
  }

  private static Difference difference(Article article, Optional<Held> before, Held after) {
    SortedMap<String, List<String>> had = before.map(Held::topics).orElseGet(TreeMap::new);
    Set<String> entities = before.map(Held::entities).orElseGet(Set::of);
    SortedMap<String, List<String>> gained = without(after.topics(), had.keySet());
    SortedMap<String, List<String>> lost = without(had, after.topics().keySet());
    Set<String> kept = new TreeSet<>(had.keySet());
    kept.retainAll(after.topics().keySet());
    Set<String> entitiesGained = without(after.entities(), entities);
    Set<String> entitiesLost = without(entities, after.entities());
    boolean changed =
        before.isEmpty()
            || !before.get().hash().equals(after.hash())
            || !before.get().revision().equals(after.revision());
    return new Difference(
        article.getId(),
        article.getHeadline(),
        before.isEmpty(),
        gained,
        lost,
        kept,
        entitiesGained,
        entitiesLost,
        changed);
  }

  private static SortedMap<String, List<String>> without(
      SortedMap<String, List<String>> topics, Set<String> others) {
    SortedMap<String, List<String>> left = new TreeMap<>(topics);
    left.keySet().removeAll(others);
    return left;
  }

  private static Set<String> without(Set<String> names, Set<String> others) {
    Set<String> left = new TreeSet<>(names);
    left.removeAll(others);
    return left;
  }

  private static SortedMap<String, List<String>> topicsOf(EnrichedArticle article) {
    SortedMap<String, List<String>> topics = new TreeMap<>();
    for (Topic topic : article.getTopics()) {
      topics.put(
          topic.getId(),
          new ArrayList<>(
              new TreeSet<>(topic.getEvidence().stream().map(Mention::getText).toList())));
    }
    return topics;
  }

  private static Set<String> entitiesOf(EnrichedArticle article) {
    return article.getEntities().stream().map(Entity::getName).collect(Collectors.toSet());
  }
}
