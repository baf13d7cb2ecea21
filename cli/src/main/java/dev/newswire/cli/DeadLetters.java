// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.schemas.Cluster;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.schemas.Topics;
import dev.newswire.schemas.UserError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters of all stages. One that was redriven stays on its topic, for the record; a
 * marker behind it says so, written in the same transaction that put the original back.
 */
final class DeadLetters {

  private static final String REDRIVEN = "newswire.redriven";
  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;

  DeadLetters(Cluster cluster) {
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
  record Entry(String id, String stage, Instant at, DeadLetter letter, boolean redriven) {}

  /** The dead letters of these stages, the oldest first. */
  List<Entry> read(List<String> stages) {
    List<Entry> entries = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            cluster.consumerProperties(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      for (String stage : stages) {
        entries.addAll(read(consumer, stage));
      }
    }
    entries.sort(java.util.Comparator.comparing(Entry::at));
    return entries;
  }

  private List<Entry> read(KafkaConsumer<byte[], byte[]> consumer, String stage) {
    TopicSpec<byte[]> topic = cluster.topics().deadLetters(stage);
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<String, ConsumerRecord<byte[], byte[]>> records = new TreeMap<>();
    Set<String> redriven = new HashSet<>();
    List<String> order = new ArrayList<>();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Header marker = record.headers().lastHeader(REDRIVEN);
        if (marker != null) {
          redriven.add(new String(marker.value(), StandardCharsets.UTF_8));
        } else {
          String id = stage + "-" + record.partition() + "-" + record.offset();
          records.put(id, record);
          order.add(id);
        }
      }
    }
    return order.stream()
        .map(
            id ->
                new Entry(
                    id,
                    stage,
                    Instant.ofEpochMilli(records.get(id).timestamp()),
                    DeadLetter.read(records.get(id)),
                    redriven.contains(id)))
        .toList();
  }

  /** How many dead letters of a stage were not redriven; their bytes are not kept meanwhile. */
  long count(String stage) {
    TopicSpec<byte[]> topic = cluster.topics().deadLetters(stage);
    Set<String> waiting = new HashSet<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            cluster.consumerProperties(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Header marker = record.headers().lastHeader(REDRIVEN);
          if (marker == null) {
            waiting.add(stage + "-" + record.partition() + "-" + record.offset());
          } else {
            waiting.remove(new String(marker.value(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return waiting.size();
  }

  /**
   * One dead letter.
   *
   * @throws UserError where there is none of this id
   */
  Entry find(String id) {
    String stage = id.replaceFirst("-.*", "");
    if (!Topics.STAGES.contains(stage)) {
      throw new UserError(
          "no dead letter '" + id + "'; 'newswire dead list' shows the ids, such as sink-0-41");
    }
    return read(List.of(stage)).stream()
        .filter(entry -> entry.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UserError("no dead letter '" + id + "' on the topic of " + stage));
  }

  /**
   * Puts the originals back on the topics that they came from. All or none.
   *
   * @param entries dead letters that have a topic
   */
  void redrive(List<Entry> entries) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Entry entry : entries) {
      DeadLetter letter = entry.letter();
      records.add(new ProducerRecord<>(letter.topic().orElseThrow(), letter.key(), letter.bytes()));
      records.add(marker(entry));
    }
    write(records);
  }

  /** Marks dead letters whose originals were put back by other means. */
  void markRedriven(List<Entry> entries) {
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
