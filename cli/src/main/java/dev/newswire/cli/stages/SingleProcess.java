// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import dev.newswire.broker.Broker;
import dev.newswire.cli.options.DataFolder;
import dev.newswire.operations.Offsets;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Stage;
import dev.newswire.runtime.TopicCreation;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.TopicSpec;
import dev.newswire.schemas.Topics;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline in one process: the data folder, the broker and the stages. Closing it stops all in
 * the order of the flow, so that the sink still stores what ingest and enrich finished.
 */
public final class SingleProcess implements AutoCloseable {

  /** Where the broker listens unless told otherwise, if it is free. */
  static final int USUAL_PORT = 19092;

  /** What the process is called in its groups. */
  private static final String INSTANCE = "single-process";

  /** Of Kafka Streams' tasks on a process that was killed, the brokers wait no longer than this. */
  private static final Map<String, String> BROKER_SETTINGS =
      Map.of(
          "group.streams.min.session.timeout.ms", "10000",
          "group.streams.session.timeout.ms", "10000");

  private static final int ATTEMPTS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(SingleProcess.class);

  private final DataFolder folder;
  private final DataFolder.Held held;
  private final Broker broker;
  private final Cluster cluster;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private boolean closed;

  private SingleProcess(DataFolder folder, DataFolder.Held held, Broker broker, Cluster cluster) {
    this.folder = folder;
    this.held = held;
    this.broker = broker;
    this.cluster = cluster;
  }

  /**
   * Takes the folder, starts the broker and creates the topics.
   *
   * @param clusters the cluster with these brokers
   * @param port the broker's port; empty for the usual one, or any free one where that is taken
   * @throws UserError where the folder or the port is taken
   */
  public static SingleProcess start(
      DataFolder folder, Function<String, Cluster> clusters, OptionalInt port) {
    DataFolder.Held held = folder.hold();
    Broker broker = null;
    try {
      broker = startBroker(folder, port);
      Cluster cluster = clusters.apply(broker.bootstrapServers()).withGroupInstance(INSTANCE);
      try (Admin admin = Admin.create(cluster.clientProperties())) {
        new TopicCreation(admin, Optional.of((short) 1)).ensure(topics(cluster.topics()));
        removeKilled(admin);
      }
      folder.announceBroker(broker.bootstrapServers());
      return new SingleProcess(folder, held, broker, cluster);
    } catch (RuntimeException e) {
      if (broker != null) {
        broker.close();
      }
      held.close();
      throw e;
    }
  }

  /**
   * The topics of one process. What only one stage of one instance reads needs one partition: each
   * more is an open file.
   */
  private static List<TopicSpec<?>> topics(Topics topics) {
    List<TopicSpec<?>> shared = List.of(topics.raw(), topics.enriched());
    return topics.all().stream()
        .<TopicSpec<?>>map(topic -> shared.contains(topic) ? topic : topic.withPartitions(1))
        .toList();
  }

  /**
   * Takes what a process that was killed left in the groups. The folder is held, so that it is
   * gone; but where the brokers assign partitions they would keep its place until its session times
   * out.
   */
  private static void removeKilled(Admin admin) {
    for (GroupListing group : Offsets.get(admin.listGroups().all())) {
      if (group.type().filter(type -> type == GroupType.CONSUMER).isPresent()) {
        try {
          admin
              .removeMembersFromConsumerGroup(
                  group.groupId(),
                  new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(INSTANCE))))
              .all()
              .get();
        } catch (ExecutionException e) {
          LOG.debug("nobody was left in {}", group.groupId(), e);
        } catch (InterruptedException e) {
          throw new InterruptException(e);
        }
      }
    }
  }

  /** Another process may take the port after it was seen to be free. */
  private static Broker startBroker(DataFolder folder, OptionalInt port) {
    int chosen = choose(port);
    for (int attempt = 1; ; attempt++) {
      try {
        return Broker.start(folder.kafka(), chosen, BROKER_SETTINGS);
      } catch (IllegalStateException e) {
        boolean taken =
            Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(BindException.class::isInstance);
        if (!taken || attempt == ATTEMPTS) {
          throw e;
        }
        if (port.isPresent()) {
          throw taken(chosen);
        }
        chosen = Broker.freePort();
      }
    }
  }

  private static UserError taken(int port) {
    return new UserError("--kafka-port: port " + port + " of localhost is taken");
  }

  private static int choose(OptionalInt port) {
    int wanted = port.orElse(USUAL_PORT);
    if (isFree(wanted)) {
      return wanted;
    }
    if (port.isPresent()) {
      throw taken(wanted);
    }
    int free = Broker.freePort();
    LOG.info("port {} is taken, so Kafka listens on {}", wanted, free);
    return free;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  public Cluster cluster() {
    return cluster;
  }

  public DataFolder folder() {
    return folder;
  }

  /** Starts a stage; it is stopped with the others. */
  public void start(Stage stage) {
    parts.addLast(stage);
    stage.start();
  }

  /** Has a part closed before all stages, since it uses what they make. */
  public void closeFirst(AutoCloseable part) {
    parts.addFirst(part);
  }

  /**
   * Stops the stages in the order in which they were started, then the broker. Again is harmless.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    RuntimeException failure = null;
    while (!parts.isEmpty()) {
      failure = close(parts.pollFirst(), failure);
    }
    failure = close(broker, failure);
    failure = close(held, failure);
    if (failure != null) {
      throw failure;
    }
  }

  /** Closes one part; what it throws must not keep the next ones from being closed. */
  private static RuntimeException close(AutoCloseable part, RuntimeException earlier) {
    try {
      part.close();
      return earlier;
    } catch (Exception e) {
      RuntimeException failure = new IllegalStateException("can't stop " + part, e);
      if (earlier != null) {
        failure.addSuppressed(earlier);
      }
      return failure;
    }
  }
}
