// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Outage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's transactions under one transactional id, one after another on a thread of their own: most
 * of a transaction is waiting for brokers, and the next batch can be made meanwhile. After one that
 * failed only {@link #abandon} is left, since nobody knows what became of it. Not thread-safe.
 */
final class Transactions implements AutoCloseable {

  /**
   * Less than a consumer's session (45 s), since whoever takes feeds over has to wait for both: for
   * the session to end, and for transactions that a dead instance left open.
   */
  private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(30);

  private final Producer<byte[], byte[]> producer;
  private final KafkaClientMetrics metrics;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread committing = new Thread(work, "newswire-commit");
            committing.setDaemon(true);
            return committing;
          });

  /**
   * Transactions of a producer.
   *
   * @param producer closed with this
   * @param meters get Kafka's own metrics of the producer
   * @throws KafkaException where Kafka does not give the producer its transactional id now
   */
  Transactions(Producer<byte[], byte[]> producer, MeterRegistry meters) {
    this.producer = producer;
    metrics = new KafkaClientMetrics(producer);
    try {
      producer.initTransactions();
      metrics.bindTo(meters);
    } catch (RuntimeException e) {
      abandon();
      throw e;
    }
  }

  /**
   * Transactions under an id that is taken from whoever has it now.
   *
   * @throws KafkaException where Kafka does not give it now
   */
  static Transactions under(String transactionalId, Cluster cluster, MeterRegistry meters) {
    Map<String, Object> properties = cluster.producerProperties();
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    properties.putIfAbsent(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) LONGEST_TRANSACTION.toMillis());
    return new Transactions(
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
        meters);
  }

  /**
   * Begins to put a batch on Kafka.
   *
   * @param batch no longer changed by anybody
   * @return done when the batch is committed; for {@link #await}
   */
  Future<?> begin(Batch batch) {
    return thread.submit(() -> commit(batch));
  }

  // A send that fails makes the commit fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void commit(Batch batch) {
    producer.beginTransaction();
    batch.records().forEach(producer::send);
    batch.group().ifPresent(member -> producer.sendOffsetsToTransaction(batch.offsets(), member));
    producer.commitTransaction();
  }

  /**
   * Waits until what was begun is committed.
   *
   * @throws Outage where it was not, or nobody knows
   */
  static void await(Future<?> begun) {
    try {
      begun.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException) {
        throw outage(e.getCause());
      }
      throw new IllegalStateException("a transaction fails: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      throw outage(new InterruptException(e));
    }
  }

  private static Outage outage(Throwable cause) {
    return new Outage("Kafka does not take articles: " + cause.getMessage(), cause);
  }

  /** Gives up what was begun and is not committed, and waits for nothing. */
  void abandon() {
    metrics.close();
    thread.shutdownNow();
    producer.close(Duration.ZERO);
  }

  /** Waits for what was begun; how long at most is the producer's setting. */
  @Override
  public void close() {
    metrics.close();
    thread.shutdown();
    try {
      thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      producer.close();
    } catch (InterruptedException e) {
      abandon();
      Thread.currentThread().interrupt();
    }
  }
}
