// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import dev.newswire.runtime.WholeTopic;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters of all stages. One that was redriven stays on its topic, for the record; a
 * marker behind it says so, written in the same transaction that put the original back.
 */
public final class DeadLetters {

  private static final String REDRIVEN = "newswire.redriven";

  /** No number is longer than Java can read. */
  private static final Pattern ID =
      Pattern.compile("(?<stage>[a-z]{1,20})-(?<partition>\\d{1,9})-(?<offset>\\d{1,9})");

  private static final int LONGEST_ID = 50;

  private final Cluster cluster;

  public DeadLetters(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * A dead letter where it lies.
   *
   * @param id its name for people: stage-partition-offset
   * @param stage the stage that wrote it
   * @param at when it was written
   * @param letter what it says
   * @param redriven whether its original was put back since
   */
  public record Entry(String id, String stage, Instant at, DeadLetter letter, boolean redriven) {}

  /** The dead letters of these stages, as {@link #forEach} gives them; for a demo, or a few. */
  public List<Entry> read(List<String> stages) {
    List<Entry> entries = new ArrayList<>();
    forEach(stages, entries::add);
    return List.copyOf(entries);
  }

  /**
   * Hands over the dead letters that are there now, stage by stage, each in the order of its topic.
   * The topic is read twice, and of what was redriven only a bit each is kept, so that there may be
   * any number of them.
   */
  public void forEach(List<String> stages, Consumer<Entry> taker) {
    for (String stage : stages) {
      Places redriven = new Places(stage);
      walk(stage, letter -> {}, redriven::add);
      walk(
          stage,
          record -> taker.accept(entry(stage, record, redriven.has(id(stage, record)))),
          marker -> {});
    }
  }

  private static String id(String stage, ConsumerRecord<byte[], byte[]> record) {
    return stage + "-" + record.partition() + "-" + record.offset();
  }

  private static Entry entry(
      String stage, ConsumerRecord<byte[], byte[]> record, boolean isRedriven) {
    return new Entry(
        id(stage, record),
        stage,
        Instant.ofEpochMilli(record.timestamp()),
        DeadLetter.read(record),
        isRedriven);
  }

  /** How many dead letters of a stage were not redriven. */
  public long count(String stage) {
    Places waiting = new Places(stage);
    walk(stage, record -> waiting.add(id(stage, record)), waiting::remove);
    return waiting.count();
  }

  /**
   * Goes through all that is on a stage's topic now.
   *
   * @param letters takes each dead letter, in the order of its partition
   * @param redriven takes the ids of those that were put back, each after its letter
   */
  private void walk(
      String stage, Consumer<ConsumerRecord<byte[], byte[]>> letters, Consumer<String> redriven) {
    WholeTopic.readBytes(
        cluster,
        cluster.topics().deadLetters(stage).name(),
        record -> sort(record, letters, redriven));
  }

  private static void sort(
      ConsumerRecord<byte[], byte[]> record,
      Consumer<ConsumerRecord<byte[], byte[]>> letters,
      Consumer<String> redriven) {
    Header marker = record.headers().lastHeader(REDRIVEN);
    if (marker == null) {
      letters.accept(record);
    } else {
      redriven.accept(new String(marker.value(), StandardCharsets.UTF_8));
    }
  }

  /**
   * One dead letter. It is read where its id says that it lies.
   *
   * @throws UserError where there is none of this id
   */
  public Entry find(String id) {
    Matcher place = ID.matcher(id);
    if (id.length() > LONGEST_ID
        || !place.matches()
        || !Topics.STAGES.contains(place.group("stage"))) {
      throw new UserError(
          "no dead letter '" + id + "'; 'newswire dead list' shows the ids, such as sink-0-41");
    }
    String stage = place.group("stage");
    List<Entry> found = new ArrayList<>();
    AtomicBoolean isRedriven = new AtomicBoolean();
    WholeTopic.readBytes(
        cluster,
        new TopicPartition(
            cluster.topics().deadLetters(stage).name(), Integer.parseInt(place.group("partition"))),
        Long.parseLong(place.group("offset")),
        record ->
            sort(
                record,
                letter -> {
                  if (id(stage, letter).equals(id)) {
                    found.add(entry(stage, letter, false));
                  }
                },
                redriven -> isRedriven.compareAndSet(false, redriven.equals(id))));
    if (found.isEmpty()) {
      throw new UserError("no dead letter '" + id + "' on the topic of " + stage);
    }
    Entry entry = found.get(0);
    return new Entry(entry.id(), stage, entry.at(), entry.letter(), isRedriven.get());
  }

  /** Places on a stage's topic: a bit for each offset, which has at most nine digits. */
  private static final class Places {

    private final String stage;
    private final Map<Integer, BitSet> offsets = new HashMap<>();

    Places(String stage) {
      this.stage = stage;
    }

    void add(String id) {
      change(id, true);
    }

    void remove(String id) {
      change(id, false);
    }

    private void change(String id, boolean isThere) {
      Matcher place = ID.matcher(id);
      if (place.matches() && place.group("stage").equals(stage)) {
        int partition = Integer.parseInt(place.group("partition"));
        offsets
            .computeIfAbsent(partition, number -> new BitSet())
            .set(Integer.parseInt(place.group("offset")), isThere);
      }
    }

    boolean has(String id) {
      Matcher place = ID.matcher(id);
      return place.matches()
          && offsets
              .getOrDefault(Integer.parseInt(place.group("partition")), new BitSet())
              .get(Integer.parseInt(place.group("offset")));
    }

    long count() {
      return offsets.values().stream().mapToLong(BitSet::cardinality).sum();
    }
  }

  /**
   * Puts the originals back on the topics that they came from. All or none.
   *
   * @param entries dead letters that have a topic
   */
  public void redrive(List<Entry> entries) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Entry entry : entries) {
      DeadLetter letter = entry.letter();
      records.add(new ProducerRecord<>(letter.topic().orElseThrow(), letter.key(), letter.bytes()));
      records.add(marker(entry));
    }
    write(records);
  }

  /** Marks dead letters whose originals were put back by other means. */
  public void markRedriven(List<Entry> entries) {
    write(entries.stream().map(this::marker).toList());
  }

  // A send that fails makes the commit fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void write(List<ProducerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return;
    }
    Map<String, Object> properties = cluster.producerProperties();
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, cluster.group("redrive"));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      records.forEach(producer::send);
      producer.commitTransaction();
    }
  }

  private ProducerRecord<byte[], byte[]> marker(Entry entry) {
    ProducerRecord<byte[], byte[]> marker =
        new ProducerRecord<>(cluster.topics().deadLetters(entry.stage()).name(), null, null);
    marker.headers().add(REDRIVEN, entry.id().getBytes(StandardCharsets.UTF_8));
    return marker;
  }
}
