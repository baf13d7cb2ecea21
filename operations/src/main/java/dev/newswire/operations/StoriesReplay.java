// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.operations.CommittedRecords.Span;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.stories.StoriesSettings;
import dev.newswire.stories.StoryRebuild;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Builds copies and stories anew from the topic of enriched articles, in memory and beside the
 * stage, and puts them in the place of those that there are: what changed, the stage's state and
 * its offsets, all in one transaction. Until then nothing is on the brokers, so that a rebuild that
 * is stopped has done nothing. Not thread-safe.
 */
public final class StoriesReplay {

  private static final Duration LONGEST_SWAP = Duration.ofMinutes(10);

  private final Cluster cluster;
  private final Admin admin;
  private final StoriesSettings settings;
  private final SortedMap<TopicPartition, Span> spans = new TreeMap<>(Offsets.BY_NAME);
  private final StoryRebuild rebuild;
  private long read;
  private long unreadable;

  /**
   * A rebuild of what is on the topic now.
   *
   * @param from articles that were enriched at this moment or later; those of the window before it
   *     are read first, so that the first of them find their stories
   */
  public StoriesReplay(Cluster cluster, Admin admin, StoriesSettings settings, Instant from) {
    this.cluster = cluster;
    this.admin = admin;
    this.settings = settings;
    this.rebuild = new StoryRebuild(settings.windows());
    spans.putAll(TopicReader.everything(admin, cluster.topics().enriched()));
    if (!from.equals(Instant.EPOCH)) {
      long first = from.minus(settings.windows().storyWindow()).toEpochMilli();
      new Offsets(admin)
          .list(spans.keySet(), OffsetSpec.forTimestamp(first))
          .forEach(
              (partition, offset) ->
                  spans.computeIfPresent(
                      partition,
                      (p, all) ->
                          new Span(offset < 0 ? all.to() : Math.min(offset, all.to()), all.to())));
    }
  }

  /** For every partition of the enriched articles the offsets that are read. */
  public SortedMap<TopicPartition, Span> spans() {
    return Collections.unmodifiableSortedMap(spans);
  }

  /** Number of records that were read. */
  public long read() {
    return read;
  }

  /** Number of records that could not be read. */
  public long unreadable() {
    return unreadable;
  }

  /** Reads all of it. */
  public void build(ProgressListener progress) {
    read(spans, progress);
  }

  private void read(Map<TopicPartition, Span> parts, ProgressListener progress) {
    double all = parts.values().stream().mapToLong(Span::offsets).sum();
    long before = read;
    MergedReader<EnrichedArticle> reader =
        new MergedReader<>(cluster, cluster.topics().enriched(), parts);
    reader.read(
        article -> {
          rebuild.accept(article);
          read++;
          progress.at(read, Math.min(1, (read - before) / all));
        });
    unreadable += reader.unreadable();
  }

  /** What would change, as the topics are now. */
  public StoriesDifference difference() {
    return StoriesDifference.of(
        last(cluster.topics().storyAssignments()), last(cluster.topics().stories()), rebuild);
  }

  /** The last value of each key. */
  private <V> Map<String, V> last(TopicSpec<V> topic) {
    Map<String, V> values = new HashMap<>();
    TopicReader.<V>readRecords(
        cluster,
        topic,
        TopicReader.everything(admin, topic),
        record -> {
          if (record.value() == null) {
            values.remove(record.key());
          } else {
            values.put(record.key(), record.value());
          }
          return true;
        });
    return values;
  }

  /** Whether an instance of the stage is running; then nothing may be swapped. */
  public boolean isStageRunning() {
    return Offsets.get(admin.listGroups().valid()).stream()
        .filter(group -> group.groupId().equals(settings.applicationId()))
        .flatMap(group -> group.groupState().stream())
        .anyMatch(state -> state != GroupState.EMPTY && state != GroupState.DEAD);
  }

  /**
   * Takes in what came meanwhile, and puts the outcome in the place of what there is.
   *
   * @return what it changed
   * @throws UserError where the stage is running, or has never run
   */
  public StoriesDifference swap() {
    Offsets offsets = new Offsets(admin);
    List<TopicPartition> own = requireStopped(offsets);
    SortedMap<TopicPartition, Span> rest = new TreeMap<>(Offsets.BY_NAME);
    TopicReader.everything(admin, cluster.topics().enriched())
        .forEach(
            (partition, all) -> {
              Span done = spans.get(partition);
              rest.put(partition, new Span(done == null ? all.from() : done.to(), all.to()));
            });
    read(rest, (done, part) -> {});
    Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
    rest.forEach((partition, span) -> reached.put(partition, new OffsetAndMetadata(span.to())));
    // What the stage had put into one order, and not read yet, is among what was read here.
    offsets
        .ends(own)
        .forEach((partition, end) -> reached.put(partition, new OffsetAndMetadata(end)));
    StoriesDifference difference = difference();
    write(difference, reached);
    return difference;
  }

  private List<TopicPartition> requireStopped(Offsets offsets) {
    if (isStageRunning()) {
      throw new UserError(
          "the group " + settings.applicationId() + " has members: stop the stage stories first");
    }
    try {
      offsets.partitions(settings.stateTopic());
      return offsets.partitions(settings.orderTopic());
    } catch (UnknownTopicOrPartitionException e) {
      throw new UserError(
          "the stage stories has never run here: once it runs it reads everything by itself", e);
    }
  }

  private void write(StoriesDifference difference, Map<TopicPartition, OffsetAndMetadata> reached) {
    Map<String, Object> properties = cluster.producerProperties();
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, cluster.group("replay-stories"));
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) LONGEST_SWAP.toMillis());
    try (Serializer<StoryAssignment> assignments =
            cluster.serializer(cluster.topics().storyAssignments());
        Serializer<Story> stories = cluster.serializer(cluster.topics().stories());
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      sent.addAll(
          send(producer, settings.assignmentsTopic(), difference.assignments(), assignments));
      sent.addAll(send(producer, settings.storiesTopic(), difference.stories(), stories));
      rebuild
          .state()
          .forEach(
              (key, value) ->
                  sent.add(
                      producer.send(new ProducerRecord<>(settings.stateTopic(), 0, key, value))));
      producer.sendOffsetsToTransaction(reached, nobody());
      awaitAll(sent);
      producer.commitTransaction();
    }
  }

  /** The group of the stage, as somebody sees it who is no member. */
  private ConsumerGroupMetadata nobody() {
    Map<String, Object> properties = cluster.consumerProperties();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.applicationId());
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.groupMetadata();
    }
  }

  private static <V> Collection<Future<RecordMetadata>> send(
      KafkaProducer<String, byte[]> producer,
      String topic,
      Map<String, Optional<V>> values,
      Serializer<V> serializer) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    values.forEach(
        (key, value) ->
            sent.add(
                producer.send(
                    new ProducerRecord<>(
                        topic,
                        key,
                        value.map(present -> serializer.serialize(topic, present)).orElse(null)))));
    return sent;
  }

  private static void awaitAll(List<Future<RecordMetadata>> sent) {
    for (Future<RecordMetadata> each : sent) {
      try {
        each.get();
      } catch (InterruptedException e) {
        throw new org.apache.kafka.common.errors.InterruptException(e);
      } catch (ExecutionException e) {
        throw new KafkaException("the stories can't be written", e.getCause());
      }
    }
  }
}
