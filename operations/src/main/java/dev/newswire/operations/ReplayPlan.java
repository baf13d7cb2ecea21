// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.operations.CommittedRecords.Span;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/**
 * What a replay does. While it is under way the brokers hold it, so that it can be resumed from
 * anywhere and be seen by {@code newswire status}: the offsets of its group are how far it is, and
 * those of a second group, named after the first, where it ends.
 *
 * @param id names it: digits and hyphens, the moment it was planned
 * @param group its consumer group, and Kafka Streams' application id
 * @param outputTopic full name of the topic that it writes to
 * @param spans for every partition of the raw articles the offsets to enrich
 * @param scope which articles it is about
 */
public record ReplayPlan(
    String id,
    String group,
    String outputTopic,
    SortedMap<TopicPartition, Span> spans,
    ReplayScope scope) {

  private static final String PLAN = ".plan";
  private static final int LARGEST_METADATA = 4_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  public ReplayPlan {
    SortedMap<TopicPartition, Span> sorted = new TreeMap<>(Offsets.BY_NAME);
    sorted.putAll(spans);
    spans = Collections.unmodifiableSortedMap(sorted);
  }

  /** Whether a group is that of a replay. */
  public static boolean isReplay(Cluster cluster, String group) {
    return group.startsWith(cluster.group("replay-")) && !group.endsWith(PLAN);
  }

  /** The group whose offsets are where the replay of a group ends. */
  public static String planGroup(String group) {
    return group + PLAN;
  }

  /**
   * Plans to enrich what came between two moments.
   *
   * @param from the first moment
   * @param until the moment after the last; empty for what is there now
   */
  public static ReplayPlan of(
      Cluster cluster,
      Admin admin,
      Instant now,
      Instant from,
      Optional<Instant> until,
      String outputTopic,
      ReplayScope scope) {
    Offsets offsets = new Offsets(admin);
    List<TopicPartition> partitions = offsets.partitions(cluster.topics().raw().name());
    Map<TopicPartition, Long> ends = offsets.committedEnds(partitions);
    Map<TopicPartition, Long> begins =
        from.equals(Instant.EPOCH)
            ? offsets.list(partitions, OffsetSpec.earliest())
            : offsets.list(partitions, OffsetSpec.forTimestamp(from.toEpochMilli()));
    Map<TopicPartition, Long> stops =
        until
            .map(moment -> offsets.list(partitions, OffsetSpec.forTimestamp(moment.toEpochMilli())))
            .orElse(ends);
    SortedMap<TopicPartition, Span> spans = new TreeMap<>(Offsets.BY_NAME);
    for (TopicPartition partition : partitions) {
      long end = ends.get(partition);
      long stop = atMost(stops.get(partition), end);
      spans.put(partition, new Span(Math.min(atMost(begins.get(partition), end), stop), stop));
    }
    String id = ID.format(now);
    return new ReplayPlan(id, cluster.group("replay-" + id), outputTopic, spans, scope);
  }

  /** No record is of that moment or later where the offset is negative. */
  private static long atMost(long offset, long end) {
    return offset < 0 ? end : Math.min(offset, end);
  }

  public long offsets() {
    return spans.values().stream().mapToLong(Span::offsets).sum();
  }

  /** Puts the plan on the brokers. */
  public void save(Admin admin) {
    Map<TopicPartition, OffsetAndMetadata> begins = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
    for (Map.Entry<TopicPartition, Span> span : spans.entrySet()) {
      String metadata = span.getValue().from() + " " + outputTopic + " " + scope.encode();
      if (metadata.length() > LARGEST_METADATA) {
        throw new UserError(
            "too many ids, providers and topics for one replay: name fewer, in several replays");
      }
      begins.put(span.getKey(), new OffsetAndMetadata(span.getValue().from()));
      ends.put(span.getKey(), new OffsetAndMetadata(span.getValue().to(), metadata));
    }
    Offsets.get(admin.alterConsumerGroupOffsets(group, begins).all());
    Offsets.get(admin.alterConsumerGroupOffsets(planGroup(group), ends).all());
  }

  /** The ids of the replays that were begun and not ended. */
  public static List<String> begun(Cluster cluster, Admin admin) {
    List<String> ids = new ArrayList<>();
    for (GroupListing listing : Offsets.get(admin.listGroups().all())) {
      String group = listing.groupId();
      String plain =
          group.endsWith(PLAN) ? group.substring(0, group.length() - PLAN.length()) : group;
      if (isReplay(cluster, plain)) {
        String id = plain.substring(cluster.group("replay-").length());
        if (!ids.contains(id)) {
          ids.add(id);
        }
      }
    }
    ids.sort(null);
    return ids;
  }

  /**
   * Takes the plan of a replay from the brokers.
   *
   * @throws UserError where there is none of this id
   */
  public static ReplayPlan load(Cluster cluster, Admin admin, String id) {
    String group = cluster.group("replay-" + id);
    SortedMap<TopicPartition, Span> spans = new TreeMap<>(Offsets.BY_NAME);
    String[] fields = {"", "", ""};
    try {
      for (Map.Entry<TopicPartition, OffsetAndMetadata> end :
          Offsets.get(
                  admin.listConsumerGroupOffsets(planGroup(group)).partitionsToOffsetAndMetadata())
              .entrySet()) {
        fields = end.getValue().metadata().split(" ", 3);
        spans.put(end.getKey(), new Span(Long.parseLong(fields[0]), end.getValue().offset()));
      }
    } catch (GroupIdNotFoundException e) {
      spans.clear();
    }
    if (spans.isEmpty()) {
      throw new UserError(
          "no replay '" + id + "' is under way; " + describe(begun(cluster, admin)));
    }
    return new ReplayPlan(id, group, fields[1], spans, ReplayScope.decode(fields[2]));
  }

  public static String describe(List<String> ids) {
    return ids.isEmpty() ? "none is" : "there is " + String.join(", ", ids);
  }

  /** Waits until no process works on it. */
  public void awaitNobody(Admin admin) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (members(admin) > 0) {
      if (System.nanoTime() > deadline) {
        throw new UserError("the replay " + id + " is running in another process");
      }
      pause();
    }
  }

  private int members(Admin admin) {
    try {
      return Offsets.get(admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
          .members()
          .size();
    } catch (GroupIdNotFoundException e) {
      return 0;
    }
  }

  /** Takes everything of the replay off the brokers, once its process has ended. */
  public void delete(Admin admin) {
    List<String> internal =
        Offsets.get(admin.listTopics().names()).stream()
            .filter(topic -> topic.startsWith(group + "-"))
            .toList();
    Offsets.get(admin.deleteTopics(internal).all());
    delete(admin, group);
    delete(admin, planGroup(group));
  }

  private static void delete(Admin admin, String group) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        Offsets.get(admin.deleteConsumerGroups(List.of(group)).all());
        return;
      } catch (GroupIdNotFoundException e) {
        return;
      } catch (GroupNotEmptyException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Offsets.get(
            admin
                .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                .all());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }
}
