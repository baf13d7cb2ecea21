// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.operations.CommitHistory.Commits;
import dev.newswire.operations.CommittedRecords.Content;
import dev.newswire.operations.CommittedRecords.Span;
import dev.newswire.operations.StageStatus.PartitionStatus;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Health;
import dev.newswire.stories.StoriesSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberAssignment;
import org.apache.kafka.clients.admin.StreamsGroupMemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out from the brokers alone how every stage keeps up. Nothing is guessed: a figure comes
 * from what the brokers hold, or it is left out. Not thread-safe.
 */
public final class PipelineStatus implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineStatus.class);
  private static final Optional<String> UNKNOWN = Optional.of(StageStatus.UNKNOWN);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration RATE_TIME = Duration.ofMinutes(1);

  /** A rate over less than this would say little. */
  private static final Duration SHORTEST_RATE_TIME = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final Clock clock;
  private final Offsets offsets;
  private final Admin admin;
  private final CommittedRecords records;
  private final CommitHistory history;
  private final DeadLetters deadLetters;

  /** Works through an admin client, which stays the caller's to close. */
  public PipelineStatus(Cluster cluster, Admin admin, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
    this.admin = admin;
    this.offsets = new Offsets(admin);
    this.records = new CommittedRecords(cluster);
    this.history = new CommitHistory(cluster);
    this.deadLetters = new DeadLetters(cluster);
  }

  /** These stages in the order of the pipeline, then the replays that there are. */
  public List<StageStatus> read(Collection<String> stages) {
    Map<String, GroupListing> groups = new TreeMap<>();
    for (GroupListing listing : Offsets.get(admin.listGroups().valid())) {
      groups.put(listing.groupId(), listing);
    }
    List<StageStatus> found = new ArrayList<>();
    if (stages.contains("ingest")) {
      found.add(ingest(groups));
    }
    if (stages.contains("enrich")) {
      List<String> raw = List.of(cluster.topics().raw().name());
      found.add(reader("enrich", cluster.group("enrich"), raw, groups));
      for (String group : groups.keySet()) {
        if (ReplayPlan.isReplay(cluster, group)) {
          found.add(reader(StageStatus.REPLAY, group, raw, groups));
        }
      }
    }
    if (stages.contains(StoriesSettings.STAGE)) {
      String group = cluster.group(StoriesSettings.STAGE);
      List<String> topics =
          List.of(cluster.topics().enriched().name(), StoriesSettings.orderTopic(group));
      found.add(reader(StoriesSettings.STAGE, group, topics, groups));
    }
    if (stages.contains("sink")) {
      List<String> topics =
          List.of(
              cluster.topics().enriched().name(),
              cluster.topics().storyAssignments().name(),
              cluster.topics().stories().name());
      found.add(reader("sink", cluster.group("sink"), topics, groups));
    }
    return found;
  }

  /** Ingest reads feeds, so that it has no lag here; its rate is what arrives on its topic. */
  private StageStatus ingest(Map<String, GroupListing> groups) {
    String group = cluster.group("ingest");
    Optional<GroupListing> listing = Optional.ofNullable(groups.get(group));
    return new StageStatus(
        "ingest",
        group,
        listing
            .map(PipelineStatus::state)
            .or(() -> isKnownToBeMissing(group) ? Optional.empty() : UNKNOWN),
        Optional.empty(),
        listing.isEmpty() ? OptionalInt.empty() : members(listing.get()).size(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        arrivals(cluster.topics().raw().name()),
        dead("ingest"),
        false,
        List.of());
  }

  /** Records a second that came onto a topic whose timestamps are the moments of writing. */
  private OptionalDouble arrivals(String topic) {
    List<TopicPartition> partitions;
    try {
      partitions = offsets.partitions(topic);
    } catch (UnknownTopicOrPartitionException e) {
      return OptionalDouble.empty();
    }
    Map<TopicPartition, Long> ends = offsets.committedEnds(partitions);
    long minuteAgo = clock.instant().minus(RATE_TIME).toEpochMilli();
    Map<TopicPartition, Span> spans = new HashMap<>();
    offsets
        .list(partitions, OffsetSpec.forTimestamp(minuteAgo))
        .forEach(
            (partition, offset) -> {
              long end = ends.get(partition);
              spans.put(partition, new Span(offset < 0 ? end : offset, end));
            });
    Map<TopicPartition, Content> contents = records.read(spans);
    return contents.keySet().containsAll(spans.keySet())
        ? OptionalDouble.of(sum(contents).records() / (double) RATE_TIME.toSeconds())
        : OptionalDouble.empty();
  }

  /**
   * How a group keeps up with topics.
   *
   * @param topics the first must exist; the others are its own, and made by it once it runs
   */
  private StageStatus reader(
      String stage, String group, List<String> topics, Map<String, GroupListing> groups) {
    Optional<GroupListing> listing = Optional.ofNullable(groups.get(group));
    List<TopicPartition> partitions;
    try {
      partitions = partitions(topics);
    } catch (UnknownTopicOrPartitionException e) {
      return unknown(stage, group, listing);
    }
    if (listing.isEmpty()) {
      StageStatus unknown = unknown(stage, group, listing);
      if (unknown.state().equals(UNKNOWN)) {
        return unknown;
      }
      return new StageStatus(
          stage,
          group,
          unknown.state(),
          Optional.empty(),
          OptionalInt.of(0),
          OptionalInt.of(partitions.size()),
          Optional.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          unknown.dead(),
          true,
          List.of());
    }
    Members members = members(listing.get());
    Map<TopicPartition, OffsetAndMetadata> commits;
    try {
      commits = offsets.commits(group);
    } catch (RetriableException e) {
      LOG.debug("the coordinator of {} does not answer", group, e);
      return unknown(stage, group, listing);
    }
    Map<TopicPartition, Long> committed = new HashMap<>();
    commits.forEach((partition, commit) -> committed.put(partition, commit.offset()));
    Map<TopicPartition, Long> ends = offsets.committedEnds(partitions);
    if (stage.equals(StageStatus.REPLAY)) {
      ends.putAll(offsets.committed(ReplayPlan.planGroup(group)));
    }
    // What was never committed is read from the beginning, as every stage is set up to do.
    Map<TopicPartition, Long> begins = offsets.list(partitions, OffsetSpec.earliest());
    Map<TopicPartition, Span> spans = new TreeMap<>(Offsets.BY_NAME);
    for (TopicPartition partition : partitions) {
      long begin = begins.get(partition);
      spans.put(
          partition,
          new Span(Math.max(begin, committed.getOrDefault(partition, begin)), ends.get(partition)));
    }
    Instant now = clock.instant();
    Map<TopicPartition, Content> left = records.read(spans);
    List<PartitionStatus> details =
        spans.keySet().stream()
            .map(
                partition ->
                    detail(
                        partition,
                        optional(committed.get(partition)),
                        ends.get(partition),
                        Optional.ofNullable(left.get(partition)),
                        now,
                        Optional.ofNullable(members.owners().get(partition))))
            .toList();
    boolean complete = left.keySet().containsAll(spans.keySet());
    return new StageStatus(
        stage,
        group,
        Optional.of(state(listing.get())),
        outage(members, commits),
        members.size(),
        OptionalInt.of(partitions.size()),
        complete ? Optional.of(sum(left)) : Optional.empty(),
        complete ? Optional.of(oldest(left, now)) : Optional.empty(),
        rate(group, topics, committed, now),
        stage.equals(StageStatus.REPLAY) ? OptionalLong.empty() : dead(stage),
        true,
        details);
  }

  private List<TopicPartition> partitions(List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>(offsets.partitions(topics.get(0)));
    for (String own : topics.subList(1, topics.size())) {
      try {
        partitions.addAll(offsets.partitions(own));
      } catch (UnknownTopicOrPartitionException e) {
        LOG.debug("{} is not there yet", own, e);
      }
    }
    return partitions;
  }

  /** Only who is there can say so: a note of one that was killed since says nothing. */
  private static Optional<String> outage(
      Members members, Map<TopicPartition, OffsetAndMetadata> commits) {
    return commits.entrySet().stream()
        .filter(commit -> members.owners().containsKey(commit.getKey()))
        .map(commit -> commit.getValue().metadata())
        .filter(note -> note.startsWith(Health.OUTAGE_NOTE))
        .map(note -> note.substring(Health.OUTAGE_NOTE.length()))
        .findFirst();
  }

  private StageStatus unknown(String stage, String group, Optional<GroupListing> listing) {
    boolean isMissing = listing.isEmpty() && isKnownToBeMissing(group);
    return new StageStatus(
        stage,
        group,
        isMissing
            ? Optional.of(StageStatus.MISSING)
            : listing.map(PipelineStatus::state).or(() -> UNKNOWN),
        Optional.empty(),
        isMissing
            ? OptionalInt.of(0)
            : listing.map(known -> members(known).size()).orElse(OptionalInt.empty()),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        dead(stage),
        true,
        List.of());
  }

  /** Brokers that do not answer leave their groups out of the list: a coordinator has to say so. */
  private boolean isKnownToBeMissing(String group) {
    try {
      Offsets.get(
          admin
              .describeConsumerGroups(
                  List.of(group),
                  new DescribeConsumerGroupsOptions().timeoutMs((int) PATIENCE.toMillis()))
              .describedGroups()
              .get(group));
      return false;
    } catch (GroupIdNotFoundException e) {
      return true;
    } catch (KafkaException e) {
      LOG.debug("whether there is a group {} is not known", group, e);
      return false;
    }
  }

  private static PartitionStatus detail(
      TopicPartition partition,
      OptionalLong committed,
      long end,
      Optional<Content> left,
      Instant now,
      Optional<String> member) {
    return new PartitionStatus(
        partition.topic(),
        partition.partition(),
        committed,
        OptionalLong.of(end),
        left.map(Content::count),
        left.map(content -> age(content, now)),
        member);
  }

  private static Duration oldest(Map<TopicPartition, Content> left, Instant now) {
    return left.values().stream()
        .map(content -> age(content, now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static Duration age(Content content, Instant now) {
    return content
        .first()
        .filter(first -> first.isBefore(now))
        .map(first -> Duration.between(first, now))
        .orElse(Duration.ZERO);
  }

  /** Records a second between where the group stood a minute ago and where it stands. */
  private OptionalDouble rate(
      String group, List<String> topics, Map<TopicPartition, Long> committed, Instant now) {
    Optional<Commits> commits = history.of(group, now);
    if (commits.isEmpty()) {
      return OptionalDouble.empty();
    }
    double perSecond = 0;
    Map<TopicPartition, Span> spans = new HashMap<>();
    Map<TopicPartition, Duration> times = new HashMap<>();
    for (Map.Entry<TopicPartition, Long> entry : committed.entrySet()) {
      TopicPartition partition = entry.getKey();
      if (!topics.contains(partition.topic())) {
        continue;
      }
      Instant then = now.minus(RATE_TIME);
      OptionalLong before = commits.get().at(partition, then, entry.getValue());
      if (before.isEmpty()) {
        Optional<Map.Entry<Instant, Long>> first = commits.get().after(partition, then);
        if (first.isEmpty()) {
          return OptionalDouble.empty();
        }
        then = first.get().getKey();
        before = OptionalLong.of(first.get().getValue());
      }
      Duration time = Duration.between(then, now);
      if (time.compareTo(SHORTEST_RATE_TIME) < 0 || before.getAsLong() > entry.getValue()) {
        return OptionalDouble.empty();
      }
      spans.put(partition, new Span(before.getAsLong(), entry.getValue()));
      times.put(partition, time);
    }
    Map<TopicPartition, Content> contents = records.read(spans);
    for (Map.Entry<TopicPartition, Duration> time : times.entrySet()) {
      Content content = contents.get(time.getKey());
      if (content == null) {
        return OptionalDouble.empty();
      }
      perSecond += content.count().records() / (time.getValue().toMillis() / 1000.0);
    }
    return OptionalDouble.of(perSecond);
  }

  private OptionalLong dead(String stage) {
    try {
      offsets.partitions(cluster.topics().deadLetters(stage).name());
      return OptionalLong.of(deadLetters.count(stage));
    } catch (UnknownTopicOrPartitionException e) {
      return OptionalLong.empty();
    }
  }

  /** The members of a group: how many, and which partition each reads. */
  private record Members(OptionalInt size, Map<TopicPartition, String> owners) {}

  private Members members(GroupListing listing) {
    String group = listing.groupId();
    try {
      return switch (listing.type().orElse(GroupType.UNKNOWN)) {
        case CLASSIC, CONSUMER -> consumers(group);
        case STREAMS -> streamsMembers(group);
        case SHARE -> shareMembers(group);
        case UNKNOWN -> new Members(OptionalInt.empty(), Map.of());
      };
    } catch (GroupIdNotFoundException e) {
      return new Members(OptionalInt.of(0), Map.of());
    } catch (RetriableException e) {
      LOG.debug("the coordinator of {} does not answer", group, e);
      return new Members(OptionalInt.empty(), Map.of());
    }
  }

  private Members consumers(String group) {
    Collection<MemberDescription> members =
        Offsets.get(admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
            .members();
    Map<TopicPartition, String> owners = new HashMap<>();
    for (MemberDescription member : members) {
      for (TopicPartition partition : member.assignment().topicPartitions()) {
        owners.put(partition, member.clientId() + member.host());
      }
    }
    return new Members(OptionalInt.of(members.size()), owners);
  }

  /** A task reads one partition of each topic that its part of the topology begins with. */
  private Members streamsMembers(String group) {
    StreamsGroupDescription described =
        Offsets.get(admin.describeStreamsGroups(List.of(group)).describedGroups().get(group));
    Map<String, List<String>> topics = new HashMap<>();
    described
        .subtopologies()
        .forEach(part -> topics.put(part.subtopologyId(), part.sourceTopics()));
    Map<TopicPartition, String> owners = new HashMap<>();
    for (StreamsGroupMemberDescription member : described.members()) {
      for (StreamsGroupMemberAssignment.TaskIds tasks : member.assignment().activeTasks()) {
        for (String topic : topics.getOrDefault(tasks.subtopologyId(), List.of())) {
          tasks
              .partitions()
              .forEach(
                  partition ->
                      owners.put(
                          new TopicPartition(topic, partition),
                          member.clientId() + member.clientHost()));
        }
      }
    }
    return new Members(OptionalInt.of(described.members().size()), owners);
  }

  /** Members of a share group have no partitions to themselves. */
  private Members shareMembers(String group) {
    return new Members(
        OptionalInt.of(
            Offsets.get(admin.describeShareGroups(List.of(group)).describedGroups().get(group))
                .members()
                .size()),
        Map.of());
  }

  private static String state(GroupListing listing) {
    return listing
        .groupState()
        .map(GroupState::toString)
        .map(state -> state.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT))
        .orElse("?");
  }

  private static RecordCount sum(Map<TopicPartition, Content> contents) {
    return contents.values().stream()
        .map(Content::count)
        .reduce(RecordCount.ZERO, RecordCount::plus);
  }

  private static OptionalLong optional(Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  @Override
  public void close() {
    records.close();
    history.close();
  }
}
