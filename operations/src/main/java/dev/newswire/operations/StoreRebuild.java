// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import dev.newswire.operations.CommittedRecords.Span;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import dev.newswire.sink.Search;
import dev.newswire.sink.SearchQuery;
import dev.newswire.sink.SinkSettings;
import dev.newswire.sink.SinkStage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Fills an empty store with all that is on the topic of enriched articles: the sink's own stage,
 * under its own group, until it has stored what was there at the start. So the sink goes on where
 * this ends, and also where it was stopped.
 */
public final class StoreRebuild {

  private static final int PATIENT_LOOKS = 8;

  private final Cluster cluster;
  private final Admin admin;
  private final SinkSettings settings;
  private final String group;
  private final SortedMap<TopicPartition, Span> spans;

  public StoreRebuild(Cluster cluster, Admin admin, SinkSettings settings) {
    this.cluster = cluster;
    this.admin = admin;
    this.settings = settings;
    this.group = cluster.group("sink");
    this.spans = new TreeMap<>(Offsets.BY_NAME);
    spans.putAll(TopicReader.everything(admin, cluster.topics().enriched()));
  }

  /** For every partition of the enriched articles the offsets that are stored. */
  public SortedMap<TopicPartition, Span> spans() {
    return Collections.unmodifiableSortedMap(spans);
  }

  /** Name of the store, for people. */
  public String store() {
    return settings.database().name();
  }

  /**
   * Works until all is stored, or the process is told to stop.
   *
   * @return whether all is stored
   * @throws UserError where the store holds articles, or a sink is running
   */
  public boolean run(ProgressListener progress, Runnable whenStopped) {
    requireEmptyStore();
    forgetGroup();
    BoundedRun run = new BoundedRun(cluster, admin, group, spans, PATIENT_LOOKS);
    return run.stoppable(
        () -> {
          boolean done = store(run, progress);
          if (!done) {
            whenStopped.run();
          }
          return done;
        });
  }

  private void requireEmptyStore() {
    long held;
    try (Search search = settings.database().search()) {
      held = search.count(SearchQuery.of(""));
    } catch (UserError e) {
      // It is not there yet, or it can't be reached, which the sink then says.
      held = 0;
    }
    if (held > 0) {
      throw new UserError(
          "the store "
              + settings.database().name()
              + " holds "
              + held
              + " articles; give one that is empty, or let 'newswire sink' go on with this one");
    }
  }

  /** What Kafka was told of a store that is lost says nothing of this one. */
  private void forgetGroup() {
    try {
      int members =
          Offsets.get(admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
              .members()
              .size();
      if (members > 0) {
        throw new UserError(
            "the group " + group + " has " + members + " members: stop the sinks first");
      }
      Offsets.get(admin.deleteConsumerGroups(List.of(group)).all());
    } catch (GroupIdNotFoundException e) {
      // There is nothing to forget.
      return;
    }
  }

  private boolean store(BoundedRun run, ProgressListener progress) {
    long all = spans.values().stream().mapToLong(Span::offsets).sum();
    try (SinkStage stage = new SinkStage(cluster, settings, new SimpleMeterRegistry())) {
      return run.await(stage, open -> progress.at(all - open, 1 - open / (double) all));
    }
  }
}
