// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether the cluster can do what the stages need: its controllers have a
 * quorum, and every partition of our topics has a leader. Clients of Kafka wait in silence where it
 * can't; this says so, once when it begins and once when it ends. Who may not ask for the quorum is
 * told of the partitions alone. Thread-safe.
 */
public final class BrokerWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final List<String> topics;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "newswire-brokers");
  private volatile Optional<String> trouble = Optional.empty();
  private boolean mayAskForQuorum = true;

  private BrokerWatch(Cluster cluster) {
    this.cluster = cluster;
    topics = cluster.topics().all().stream().map(topic -> topic.name()).toList();
    thread.setDaemon(true);
  }

  /** Watches a cluster from now on. */
  public static BrokerWatch of(Cluster cluster) {
    BrokerWatch watch = new BrokerWatch(cluster);
    watch.thread.start();
    return watch;
  }

  /** What the cluster can't do now, in one line; empty where nothing is known to be wrong. */
  public Optional<String> trouble() {
    return trouble;
  }

  private void watch() {
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      do {
        tell(look(admin));
      } while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      LOG.warn("the brokers are not watched: {}", e.toString());
    }
  }

  private void tell(Optional<String> found) {
    if (found.isPresent() && trouble.isEmpty()) {
      LOG.warn("brokers lost: {}", found.get());
    } else if (found.isEmpty() && trouble.isPresent()) {
      LOG.info("brokers found again at {}", cluster.bootstrapServers());
    }
    trouble = found;
  }

  private Optional<String> look(Admin admin) throws InterruptedException {
    try {
      if (mayAskForQuorum) {
        askForQuorum(admin);
      }
      return withoutLeader(admin);
    } catch (TimeoutException | org.apache.kafka.common.errors.TimeoutException e) {
      return Optional.of("no answer from a quorum of the brokers at " + cluster.bootstrapServers());
    } catch (KafkaException e) {
      return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private void askForQuorum(Admin admin) throws InterruptedException, TimeoutException {
    var options = new DescribeMetadataQuorumOptions().timeoutMs((int) PATIENCE.toMillis());
    try {
      get(admin.describeMetadataQuorum(options).quorumInfo());
    } catch (AuthorizationException | UnsupportedVersionException e) {
      LOG.debug("nobody tells of the quorum", e);
      mayAskForQuorum = false;
    }
  }

  private Optional<String> withoutLeader(Admin admin)
      throws InterruptedException, TimeoutException {
    var options = new DescribeTopicsOptions().timeoutMs((int) PATIENCE.toMillis());
    for (KafkaFuture<TopicDescription> described :
        admin.describeTopics(topics, options).topicNameValues().values()) {
      try {
        TopicDescription topic = get(described);
        for (TopicPartitionInfo partition : topic.partitions()) {
          if (partition.leader() == null || partition.leader().isEmpty()) {
            return Optional.of(
                "partition " + partition.partition() + " of " + topic.name() + " has no leader");
          }
        }
      } catch (AuthorizationException | UnknownTopicOrPartitionException e) {
        LOG.debug("a topic that is not this stage's is not watched", e);
      }
    }
    return Optional.empty();
  }

  private static <T> T get(KafkaFuture<T> future) throws InterruptedException, TimeoutException {
    try {
      return future.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }

  @Override
  public void close() {
    stop.countDown();
    thread.interrupt();
  }
}
