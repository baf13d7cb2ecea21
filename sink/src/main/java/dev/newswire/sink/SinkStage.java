// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.schemas.Cluster;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Health;
import dev.newswire.schemas.Health.State;
import dev.newswire.schemas.Stage;
import dev.newswire.schemas.UserError;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores enriched articles until it is closed: poll, merge into rows, commit rows and offsets in
 * one transaction of the store. On assignment the store's offsets win over Kafka's, to which they
 * are committed only for those who watch. An outage of the store pauses the partitions and is
 * retried; the group stays alive meanwhile.
 */
public final class SinkStage implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(SinkStage.class);
  private static final String NAME = "sink";
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final SinkSettings settings;
  private final MeterRegistry meters;
  private final Thread worker;
  private volatile Health health = Health.of(State.STARTING);
  private volatile RuntimeException failure;
  private volatile boolean stopping;
  private KafkaConsumer<byte[], byte[]> consumer;
  private KafkaProducer<byte[], byte[]> deadLetters;
  private Deserializer<EnrichedArticle> deserializer;
  private SqliteStore store;

  /** A stage that {@link #start()} sets to work. */
  public SinkStage(Cluster cluster, SinkSettings settings, MeterRegistry meters) {
    this.cluster = cluster;
    this.settings = settings;
    this.meters = meters;
    worker = new Thread(this::work, "newswire-sink");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start() {
    store = SqliteStore.open(settings.database());
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, cluster.group(NAME));
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batchRecords());
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    deadLetters =
        new KafkaProducer<>(
            cluster.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    deserializer = cluster.deserializer(cluster.topics().enriched());
    worker.start();
  }

  @Override
  public Health health() {
    return health;
  }

  @Override
  public void await() throws InterruptedException {
    worker.join();
    if (failure instanceof UserError error) {
      throw error;
    }
    if (failure != null) {
      throw new IllegalStateException("the sink failed: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    stopping = true;
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try (KafkaConsumer<byte[], byte[]> closedConsumer = consumer;
        KafkaProducer<byte[], byte[]> closedProducer = deadLetters;
        Deserializer<EnrichedArticle> closedDeserializer = deserializer;
        SqliteStore closedStore = store) {
      consumer.subscribe(List.of(cluster.topics().enriched().name()), new StoreOffsets());
      health = Health.of(State.RUNNING);
      while (!stopping) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        if (!records.isEmpty()) {
          storeThroughOutages(records);
        }
      }
      health = Health.of(State.STOPPED);
    } catch (RuntimeException e) {
      failure = e;
      health = new Health(State.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** Keeps the group alive by polling paused partitions until the store takes the records. */
  private void storeThroughOutages(List<ConsumerRecord<byte[], byte[]>> records) {
    Duration pause = FIRST_PAUSE;
    long since = System.nanoTime();
    while (true) {
      try {
        store(records);
        if (health.state() == State.OUTAGE) {
          LOG.info("the store works again");
          health = Health.of(State.RUNNING);
          consumer.resume(consumer.assignment());
        }
        return;
      } catch (Outage e) {
        if (health.state() != State.OUTAGE) {
          LOG.warn("outage, retrying until it is over: {}", e.getMessage());
          health = new Health(State.OUTAGE, e.getMessage());
        }
        if (stopping || lasted(since).compareTo(settings.outageLimit()) > 0) {
          throw e;
        }
        pausedPolling(pause, records);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  private static Duration lasted(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private void pausedPolling(Duration time, List<ConsumerRecord<byte[], byte[]>> records) {
    long begin = System.nanoTime();
    while (!stopping && lasted(begin).compareTo(time) < 0) {
      consumer.pause(consumer.assignment());
      consumer.poll(POLL);
      records.removeIf(
          record ->
              !consumer
                  .assignment()
                  .contains(new TopicPartition(record.topic(), record.partition())));
    }
  }

  /**
   * Stores what can be stored and makes dead letters of the rest; then the offsets are committed.
   */
  private void store(List<ConsumerRecord<byte[], byte[]>> records) {
    List<EnrichedArticle> articles = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> readable = new ArrayList<>();
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        articles.add(deserializer.deserialize(record.topic(), record.value()));
        readable.add(record);
      } catch (SerializationException | ClassCastException e) {
        bury(record, e);
      }
    }
    write(readable, articles);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      committed.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    try {
      consumer.commitSync(committed);
    } catch (org.apache.kafka.clients.consumer.CommitFailedException
        | org.apache.kafka.common.errors.RebalanceInProgressException e) {
      // The store has the offsets, and whoever got the partitions reads them there.
      LOG.debug("Kafka was not told the offsets, for the group is being rebalanced");
    }
  }

  /**
   * Writes a batch; one that the store refuses is halved until the record at fault stands alone.
   */
  private void write(List<ConsumerRecord<byte[], byte[]>> records, List<EnrichedArticle> articles) {
    if (records.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      offsets.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }
    try {
      for (Outcome outcome : store.write(articles, cluster.group(NAME), offsets)) {
        count(outcome.name());
      }
    } catch (BadRecord e) {
      if (records.size() == 1) {
        bury(records.get(0), e);
        store.write(List.of(), cluster.group(NAME), offsets);
        return;
      }
      int middle = records.size() / 2;
      write(records.subList(0, middle), articles.subList(0, middle));
      write(records.subList(middle, records.size()), articles.subList(middle, articles.size()));
    }
  }

  private void bury(ConsumerRecord<byte[], byte[]> record, Exception cause) {
    try {
      deadLetters
          .send(DeadLetter.ofRecord(record, cause).toRecord(cluster.topics().deadLetters(NAME)))
          .get();
      count("DEAD");
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("a dead letter can't be written", e.getCause());
    }
  }

  private void count(String outcome) {
    meters
        .counter(
            "newswire.outcomes",
            "stage",
            NAME,
            "outcome",
            outcome.toLowerCase(Locale.ROOT).replace('_', '-'))
        .increment();
  }

  /** On assignment the store's offsets win. */
  private final class StoreOffsets implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> offsets = store.offsets(cluster.group(NAME));
      for (TopicPartition partition : partitions) {
        if (offsets.containsKey(partition)) {
          consumer.seek(partition, offsets.get(partition));
        } else {
          consumer.seekToBeginning(List.of(partition));
        }
      }
    }
  }
}
