// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Backoff;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Health;
import dev.newswire.runtime.Health.State;
import dev.newswire.runtime.Outage;
import dev.newswire.runtime.Stage;
import dev.newswire.runtime.StageThread;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.EnrichedArticle;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores enriched articles, copies and stories until it is closed.
 *
 * <p>A partition that is assigned is paused until it is <em>claimed</em>: the store then fences
 * whoever wrote it before, and says where to go on. So the store's offsets win over Kafka's, to
 * which they are committed only for those who watch.
 *
 * <p>An outage of the store pauses all partitions and forgets what was not written. The store is
 * opened anew after a pause that grows; then everything is claimed again and read from where the
 * store stands. The group stays alive meanwhile, for paused partitions are polled too.
 */
public final class SinkStage implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(SinkStage.class);
  private static final String NAME = "sink";
  private static final Duration POLL = Duration.ofMillis(200);

  /** Where no more records come for so long, those that were read wait for no others. */
  private static final Duration LULL = Duration.ofMillis(50);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** How long Kafka may take to say where the group stands before an outage goes unannounced. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private static final int RECEIVE_BUFFER_BYTES = 2 << 20;

  /** Characters; by default Kafka takes 4096 bytes beside an offset. */
  private static final int LONGEST_NOTE = 500;

  private static final Duration[] LATENCIES = {
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30),
    Duration.ofHours(6)
  };

  private final Cluster cluster;
  private final SinkSettings settings;
  private final MeterRegistry meters;
  private final String group;
  private final Timer transactions;
  private final Timer latency;
  private final StageThread thread;
  private KafkaConsumer<byte[], byte[]> consumer;
  private KafkaProducer<byte[], byte[]> deadLetters;
  private final SinkTopics topics;

  /** Open, or null during an outage. */
  private Store store;

  /** Read and not yet written, in the order of their offsets. */
  private final List<ConsumerRecord<byte[], byte[]>> pending = new ArrayList<>();

  /** Assigned and paused until they are claimed. */
  private final Set<TopicPartition> unclaimed = new HashSet<>();

  /** Where to go on reading each partition, as the store says, or else Kafka. */
  private final Map<TopicPartition, Long> reached = new HashMap<>();

  /** Dead letters whose offsets are not yet stored, as text of partition and offset. */
  private final Set<String> buried = new HashSet<>();

  private long pendingBytes;
  private long lastWrite = System.nanoTime();
  private OptionalLong outageSince = OptionalLong.empty();

  /** Until then nothing is written: another instance has claimed a partition. */
  private long fencedUntil = System.nanoTime();

  /** A stage that {@link #start()} sets to work. */
  public SinkStage(Cluster cluster, SinkSettings settings, MeterRegistry meters) {
    this.cluster = cluster;
    this.settings = settings;
    this.meters = meters;
    group = cluster.group(NAME);
    topics = new SinkTopics(cluster);
    transactions =
        Timer.builder("newswire.store.write")
            .description("From a batch that is due to its commit.")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
    latency =
        Timer.builder("newswire.latency")
            .description("From the receipt of a revision by ingest to its commit in the store.")
            .serviceLevelObjectives(LATENCIES)
            .register(meters);
    Gauge.builder("newswire.store.outage", this, stage -> stage.isOut() ? 1 : 0)
        .description("1 while the store can't be used, else 0.")
        .register(meters);
    thread = new StageThread(NAME, new Backoff(FIRST_PAUSE, LONGEST_PAUSE), Loop::new);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start() {
    try {
      store = settings.database().open(settings.keepRevisions());
    } catch (Outage e) {
      LOG.debug("the stage's first round finds the outage", e);
    }
    Map<String, Object> properties = cluster.memberProperties(group);
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batchRecords());
    // A cluster that was set up by an older release may lack the topics of stories.
    properties.putIfAbsent(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // What the broker sends while a batch is written waits here rather than there.
    properties.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, RECEIVE_BUFFER_BYTES);
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    deadLetters =
        new KafkaProducer<>(
            cluster.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    thread.start(cluster.about(group) + ", store " + settings.database().name());
  }

  @Override
  public Health health() {
    return thread.health();
  }

  private boolean isOut() {
    return health().state() == State.OUTAGE;
  }

  @Override
  public void await() throws InterruptedException {
    thread.await();
  }

  @Override
  public void close() {
    thread.close();
  }

  /** What the stage's thread does. */
  private final class Loop implements StageThread.Work {

    private final KafkaClientMetrics consumerMetrics = new KafkaClientMetrics(consumer);
    private final KafkaClientMetrics producerMetrics = new KafkaClientMetrics(deadLetters);

    Loop() {
      consumerMetrics.bindTo(meters);
      producerMetrics.bindTo(meters);
      consumer.subscribe(topics.names(), new Claims());
    }

    @Override
    public boolean round() {
      return step();
    }

    @Override
    public void idle(Duration longest) {
      consumer.poll(longest).forEach(SinkStage.this::keep);
    }

    @Override
    public void suffer(Outage outage) {
      SinkStage.this.suffer(outage);
    }

    @Override
    public void recover() {
      outageSince = OptionalLong.empty();
      tellKafka(reached, "");
    }

    @Override
    public void finish() {
      SinkStage.this.finish();
    }

    @Override
    public void close() {
      closeStore();
      producerMetrics.close();
      consumerMetrics.close();
      topics.close();
      deadLetters.close();
      consumer.close();
    }
  }

  /**
   * Reads, and writes what is due.
   *
   * @return whether that shows that the store can be used: only a transaction that went through, or
   *     nothing to write, does
   */
  private boolean step() {
    int read = poll();
    if (System.nanoTime() - fencedUntil < 0) {
      return false;
    }
    try {
      if (store == null) {
        store = settings.database().open(settings.keepRevisions());
        unclaimed.addAll(consumer.assignment());
      }
      boolean wasReading = unclaimed.isEmpty();
      claim();
      if (isDue(read)) {
        write();
        return true;
      }
      return wasReading && read == 0;
    } catch (Fenced e) {
      LOG.info("{}; waiting to hear whose it is", e.getMessage());
      fencedUntil = System.nanoTime() + settings.fencedPause().toNanos();
      forget();
      unclaimed.addAll(consumer.assignment());
      return false;
    }
  }

  private int poll() {
    int before = pending.size();
    consumer.poll(before == 0 ? POLL : LULL).forEach(this::keep);
    return pending.size() - before;
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    pending.add(record);
    pendingBytes += Math.max(0, record.serializedValueSize());
  }

  /**
   * A lone record is written at once; where they keep coming, once an interval or when they fill a
   * transaction; the last of many as soon as no more come.
   */
  private boolean isDue(int read) {
    return !pending.isEmpty()
        && (read == 0
            || pending.size() >= settings.batchRecords()
            || pendingBytes >= settings.batchBytes()
            || System.nanoTime() - lastWrite >= settings.flushInterval().toNanos());
  }

  private void claim() {
    if (unclaimed.isEmpty()) {
      return;
    }
    Map<TopicPartition, OptionalLong> offsets = new HashMap<>();
    Map<String, List<TopicPartition>> byTopic =
        unclaimed.stream().collect(Collectors.groupingBy(TopicPartition::topic));
    byTopic.forEach(
        (topic, partitions) ->
            offsets.putAll(claim(new Store.Log(topicId(topic), settings.beginAnew()), partitions)));
    removePending(unclaimed);
    offsets.forEach(
        (partition, offset) -> {
          if (offset.isPresent()) {
            consumer.seek(partition, offset.getAsLong());
          } else {
            consumer.seekToBeginning(List.of(partition));
          }
        });
    consumer.resume(unclaimed);
    unclaimed.clear();
    offsets.forEach((partition, offset) -> offset.ifPresent(next -> reached.put(partition, next)));
    tellKafkaOfBeginnings(offsets);
    tellKafka(reached, "");
  }

  /** What Kafka may have of a partition of which nothing is stored is not true any more. */
  private void tellKafkaOfBeginnings(Map<TopicPartition, OptionalLong> offsets) {
    List<TopicPartition> fresh =
        offsets.keySet().stream().filter(partition -> offsets.get(partition).isEmpty()).toList();
    if (fresh.isEmpty()) {
      return;
    }
    try {
      reached.putAll(consumer.beginningOffsets(fresh, ANSWER));
    } catch (RetriableException e) {
      LOG.debug("Kafka did not say where {} begin", fresh, e);
    }
  }

  private Map<TopicPartition, OptionalLong> claim(
      Store.Log log, Collection<TopicPartition> partitions) {
    try {
      return store.claim(group, log, partitions);
    } catch (OtherLog e) {
      throw new UserError(
          e.getMessage()
              + ", so that its offsets are not of this one: give an empty store, or begin anew, which"
              + " reads the topic from its beginning and keeps the articles",
          e);
    }
  }

  /** Asked at every claim, for a topic can be deleted and made again under its name. */
  private String topicId(String topic) {
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      return admin
          .describeTopics(List.of(topic))
          .topicNameValues()
          .get(topic)
          .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
          .topicId()
          .toString();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | TimeoutException e) {
      String reason = e.getCause() == null ? "no answer" : e.getCause().getMessage();
      throw new Outage("Kafka can't describe the topic " + topic + ": " + reason, e);
    }
  }

  /** The beginning of an outage, or one more failed attempt to end it. */
  private void suffer(Outage outage) {
    long now = System.nanoTime();
    outageSince = OptionalLong.of(outageSince.orElse(now));
    if (now - outageSince.getAsLong() > settings.outageLimit().toNanos()) {
      throw new UserError(
          "the store could not be used for longer than the limit of "
              + settings.outageLimit().toSeconds()
              + " s: "
              + outage.getMessage(),
          outage);
    }
    closeStore();
    forget();
    announce(outage);
  }

  /**
   * Writes the outage beside the offsets that Kafka knows of the group, which stay as they are, so
   * that it is seen wherever the group is. What Kafka does not answer to is left out.
   */
  private void announce(Outage outage) {
    Set<TopicPartition> unknown = new HashSet<>(consumer.assignment());
    unknown.removeAll(reached.keySet());
    try {
      consumer
          .committed(unknown, ANSWER)
          .forEach(
              (partition, offset) ->
                  reached.put(
                      partition,
                      offset == null ? consumer.position(partition, ANSWER) : offset.offset()));
    } catch (KafkaException e) {
      LOG.debug("Kafka was not told of the outage", e);
      return;
    }
    String note = Health.OUTAGE_NOTE + outage.getMessage();
    tellKafka(reached, note.substring(0, Math.min(LONGEST_NOTE, note.length())));
  }

  /** What was read and not written is read again once its partition is claimed. */
  private void forget() {
    pending.clear();
    pendingBytes = 0;
    consumer.pause(consumer.assignment());
  }

  private void removePending(Collection<TopicPartition> partitions) {
    pending.removeIf(record -> partitions.contains(partition(record)));
    pendingBytes = pending.stream().mapToLong(ConsumerRecord::serializedValueSize).sum();
  }

  private void closeStore() {
    if (store != null) {
      store.close();
      store = null;
    }
  }

  /** What was read is written, if that can be done now; else the next run reads it again. */
  private void finish() {
    if (store == null || pending.isEmpty()) {
      return;
    }
    try {
      write();
    } catch (Outage | Fenced e) {
      LOG.info("stopped with records read and not stored; the next run stores them: {}", e, e);
    }
  }

  private void write() {
    long begin = System.nanoTime();
    // On all processors, for decoding is dear; Avro's readers are made for many threads.
    List<Input> inputs = pending.parallelStream().map(topics::read).toList();
    write(inputs);
    pending.clear();
    pendingBytes = 0;
    lastWrite = System.nanoTime();
    transactions.record(lastWrite - begin, TimeUnit.NANOSECONDS);
  }

  /**
   * Writes a batch; one that the store refuses is halved until the record at fault stands alone.
   */
  private void write(List<Input> inputs) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Input input : inputs) {
      offsets.put(partition(input.record()), input.record().offset() + 1);
      if (input.flaw() != null) {
        bury(input.record(), input.flaw());
      }
    }
    Batch batch = topics.batch(inputs);
    List<Outcome> outcomes;
    try {
      outcomes = store.write(batch, group, offsets);
    } catch (BadRecord e) {
      if (inputs.size() == 1) {
        write(List.of(new Input(inputs.get(0).record(), null, e)));
      } else {
        int middle = inputs.size() / 2;
        write(inputs.subList(0, middle));
        write(inputs.subList(middle, inputs.size()));
      }
      return;
    }
    outcomes.forEach(outcome -> count(outcome.name()));
    topics.forEachOther(inputs, this::count);
    measureLatency(batch.articles(), outcomes);
    inputs.forEach(input -> buried.remove(position(input.record())));
    reached.putAll(offsets);
    tellKafka(offsets, "");
  }

  /** Of new revisions: one that is enriched again was received long ago. */
  private void measureLatency(List<EnrichedArticle> articles, List<Outcome> outcomes) {
    Instant now = Instant.now();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) == Outcome.STORED || outcomes.get(i) == Outcome.REPLACED) {
        Instant received = articles.get(i).getArticle().getRevision().getReceivedAt();
        // The clock of another host may be ahead.
        latency.record(received.isBefore(now) ? Duration.between(received, now) : Duration.ZERO);
      }
    }
  }

  private void tellKafka(Map<TopicPartition, Long> offsets, String note) {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> committed.put(partition, new OffsetAndMetadata(offset, note)));
    consumer.commitAsync(
        committed,
        (given, error) -> {
          if (error != null) {
            // The store has the offsets, and they are what counts.
            LOG.debug("Kafka was not told the offsets", error);
          }
        });
  }

  private void bury(ConsumerRecord<byte[], byte[]> record, Exception flaw) {
    if (!buried.add(position(record))) {
      return;
    }
    try {
      deadLetters
          .send(DeadLetter.ofRecord(record, flaw).toRecord(cluster.topics().deadLetters(NAME)))
          .get();
      count("DEAD");
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      buried.remove(position(record));
      throw new Outage("Kafka takes no dead letters: " + e.getCause().getMessage(), e);
    }
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private static String position(ConsumerRecord<?, ?> record) {
    return record.topic() + " " + record.partition() + " " + record.offset();
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

  /** What is assigned waits to be claimed; what is gone is its next owner's to write. */
  private final class Claims implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        LOG.info("sink gains {}", partitions);
      }
      consumer.pause(partitions);
      unclaimed.addAll(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        LOG.info("sink loses {}", partitions);
      }
      unclaimed.removeAll(partitions);
      reached.keySet().removeAll(partitions);
      removePending(partitions);
    }
  }
}
