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
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters of all stages. One that was redriven stays on its topic, for the record; a
 * marker behind it says so, written in the same transaction that put the original back.
 */
public final class DeadLetters {

  private static final String REDRIVEN = "newswire.redriven";

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

  /** The dead letters of these stages, the oldest first. */
  public List<Entry> read(List<String> stages) {
    return stages.stream()
        .flatMap(stage -> read(stage).stream())
        .sorted(Comparator.comparing(Entry::at))
        .toList();
  }

  private List<Entry> read(String stage) {
    Map<String, ConsumerRecord<byte[], byte[]>> letters = new LinkedHashMap<>();
    Set<String> redriven = new HashSet<>();
    walk(stage, letters::put, redriven::add);
    List<Entry> entries = new ArrayList<>();
    letters.forEach(
        (id, record) ->
            entries.add(
                new Entry(
                    id,
                    stage,
                    Instant.ofEpochMilli(record.timestamp()),
                    DeadLetter.read(record),
                    redriven.contains(id))));
    return entries;
  }

  /** How many dead letters of a stage were not redriven; their bytes are not kept meanwhile. */
  public long count(String stage) {
    Set<String> waiting = new HashSet<>();
    walk(stage, (id, letter) -> waiting.add(id), waiting::remove);
    return waiting.size();
  }

  /**
   * Goes through all that is on a stage's topic now.
   *
   * @param letters takes each dead letter with its id, in the order of its partition
   * @param redriven takes the ids of those that were put back
   */
  private void walk(
      String stage,
      BiConsumer<String, ConsumerRecord<byte[], byte[]>> letters,
      Consumer<String> redriven) {
    WholeTopic.readBytes(
        cluster,
        cluster.topics().deadLetters(stage).name(),
        record -> {
          Header marker = record.headers().lastHeader(REDRIVEN);
          if (marker == null) {
            letters.accept(stage + "-" + record.partition() + "-" + record.offset(), record);
          } else {
            redriven.accept(new String(marker.value(), StandardCharsets.UTF_8));
          }
        });
  }

  /**
   * One dead letter.
   *
   * @throws UserError where there is none of this id
   */
  public Entry find(String id) {
    String stage = id.replaceFirst("-.*", "");
    if (!Topics.STAGES.contains(stage)) {
      throw new UserError(
          "no dead letter '" + id + "'; 'newswire dead list' shows the ids, such as sink-0-41");
    }
    return read(stage).stream()
        .filter(entry -> entry.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UserError("no dead letter '" + id + "' on the topic of " + stage));
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
