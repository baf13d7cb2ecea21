// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import dev.newswire.runtime.WholeTopic;
import dev.newswire.schemas.Rules;
import dev.newswire.schemas.TopicSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules on the topic of rules, read and added to from outside the stage. Two who publish at
 * once can't take the same number: both write under one transactional id, so the later one to begin
 * fences the other, and reads only after it has.
 */
public final class PublishedRules {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedRules.class);

  /** Stands between a key and a number in the key under which a document is kept. */
  private static final String KEPT = "/";

  private final Cluster cluster;
  private final TopicSpec<Rules> topic;

  /** The published rules of a cluster. */
  public PublishedRules(Cluster cluster) {
    this.cluster = cluster;
    topic = cluster.topics().taxonomy();
  }

  /**
   * What is in use of what was published under a key; empty where nothing is.
   *
   * @param key {@link LiveEnricher#TAXONOMY} or {@link LiveEnricher#ENTITIES}
   * @throws UserError where the topic does not exist
   */
  public Optional<Rules> inUse(String key) {
    return read(List.of(key)).get(key).lastUsable(key);
  }

  /**
   * What is in use, by its key, as enrichers do that read all of the topic: the last that can be
   * used of what was published and not withdrawn.
   *
   * @throws UserError where the topic does not exist
   */
  public Map<String, Rules> inUse() {
    Map<String, Rules> inUse = new TreeMap<>();
    read(List.of(LiveEnricher.TAXONOMY, LiveEnricher.ENTITIES))
        .forEach((key, found) -> found.lastUsable(key).ifPresent(rules -> inUse.put(key, rules)));
    return inUse;
  }

  /**
   * Every document that was published under a key and is still on the topic, by its number.
   * Documents of before they were kept one by one are there until Kafka compacts them away.
   *
   * @throws UserError where the topic does not exist
   */
  public NavigableMap<Long, Rules> history(String key) {
    NavigableMap<Long, Rules> history = new TreeMap<>();
    WholeTopic.read(
        cluster,
        topic,
        record -> {
          if (record.value() != null
              && (record.key().equals(key) || record.key().startsWith(key + KEPT))) {
            history.put(record.value().getVersion(), record.value());
          }
        });
    return history;
  }

  /** Whether a key is one under which a document is only kept, not published. */
  static boolean isKept(String key) {
    return key.contains(KEPT);
  }

  /**
   * Publishes a document under the number after the last, and keeps it under a key of its own.
   *
   * @param by who publishes it
   * @param note what was changed and why
   * @return what was published
   * @throws UserError where the topic does not exist, the document is too large for a record, or
   *     somebody else published meanwhile
   */
  // A send that fails makes the commit fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  public Rules publish(String key, String document, Optional<String> by, Optional<String> note) {
    Map<String, Object> properties = cluster.producerProperties();
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, cluster.group("rules"));
    try (Serializer<Rules> serializer = cluster.serializer(topic);
        KafkaProducer<String, Rules> producer =
            new KafkaProducer<>(properties, new StringSerializer(), serializer)) {
      producer.initTransactions();
      Rules rules =
          new Rules(
              read(List.of(key)).get(key).lastVersion + 1,
              Instant.now().truncatedTo(ChronoUnit.MILLIS),
              document,
              by.orElse(null),
              note.orElse(null));
      producer.beginTransaction();
      producer
          .send(new ProducerRecord<>(topic.name(), key + KEPT + rules.getVersion(), rules))
          .get();
      producer.send(new ProducerRecord<>(topic.name(), key, rules)).get();
      producer.commitTransaction();
      return rules;
    } catch (ProducerFencedException | InvalidProducerEpochException | InvalidTxnStateException e) {
      throw fenced(e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof RecordTooLargeException) {
      return new UserError(
          "the document is too large: with all it holds, a record has at most "
              + TopicSpec.MAXIMUM_RECORD_BYTES
              + " bytes",
          cause);
    }
    if (cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException
        || cause instanceof InvalidTxnStateException) {
      return fenced(cause);
    }
    return new KafkaException("can't publish the rules: " + cause.getMessage(), cause);
  }

  /** What Kafka says depends on how far the transaction was when the later one aborted it. */
  private static UserError fenced(Throwable cause) {
    return new UserError(
        "somebody else published rules at the same moment; nothing was published, so try again",
        cause);
  }

  private Map<String, Found> read(List<String> keys) {
    Map<String, Found> found = new HashMap<>();
    keys.forEach(key -> found.put(key, new Found()));
    WholeTopic.read(
        cluster,
        topic,
        record -> {
          if (found.containsKey(record.key())) {
            found.get(record.key()).take(record.value());
          }
        });
    return found;
  }

  /** What a key's records come to. */
  private static final class Found {

    /** In their order, but for those that were withdrawn. */
    private final Deque<Rules> published = new ArrayDeque<>();

    private long lastVersion;

    /** Leaves out those after it, of which it warns. */
    Optional<Rules> lastUsable(String key) {
      while (!published.isEmpty()
          && !LiveEnricher.isUsable(key, published.getLast().getDocument())) {
        LOG.warn(
            "{} {} can't be used; enrichers keep the one before it",
            key,
            published.removeLast().getVersion());
      }
      return Optional.ofNullable(published.peekLast());
    }

    void take(Rules rules) {
      if (rules == null) {
        published.clear();
      } else {
        published.add(rules);
        lastVersion = Math.max(lastVersion, rules.getVersion());
      }
    }
  }
}
