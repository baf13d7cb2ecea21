// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import dev.newswire.schemas.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing and compares those that are there. Nothing that exists is
 * changed: what to do about a difference is for people to decide.
 */
public final class TopicCreation {

  private static final Duration VISIBILITY_PAUSE = Duration.ofMillis(100);
  private static final int VISIBILITY_ATTEMPTS = 300;

  private final Admin admin;
  private final Optional<Short> replication;

  /**
   * Works through an admin client, which stays the caller's to close.
   *
   * @param replication number of replicas of new topics; empty for the brokers' default
   */
  public TopicCreation(Admin admin, Optional<Short> replication) {
    this.admin = admin;
    this.replication = replication;
  }

  /**
   * Makes sure that all these topics exist.
   *
   * @return a report for each, in their order
   * @throws KafkaException where the cluster can't be asked, or refuses
   */
  public List<TopicReport> ensure(Collection<TopicSpec<?>> topics) {
    return topics.stream().map(this::ensure).toList();
  }

  private TopicReport ensure(TopicSpec<?> topic) {
    if (describe(topic.name()).isEmpty() && create(topic)) {
      awaitVisible(topic.name());
      return new TopicReport(topic.name(), TopicReport.Outcome.CREATED, List.of());
    }
    List<String> differences = differences(topic, awaitVisible(topic.name()));
    return new TopicReport(
        topic.name(),
        differences.isEmpty() ? TopicReport.Outcome.EXISTS : TopicReport.Outcome.DIFFERS,
        differences);
  }

  /** A new topic takes a moment to be known to every broker. */
  private TopicDescription awaitVisible(String name) {
    for (int attempt = 0; attempt < VISIBILITY_ATTEMPTS; attempt++) {
      Optional<TopicDescription> found = describe(name);
      if (found.isPresent()) {
        return found.get();
      }
      pause();
    }
    throw new KafkaException("the topic " + name + " was created but no broker knows it yet");
  }

  private static void pause() {
    try {
      Thread.sleep(VISIBILITY_PAUSE.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private Optional<TopicDescription> describe(String name) {
    try {
      return Optional.of(get(admin.describeTopics(List.of(name)).topicNameValues().get(name)));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  /** False where another process made the topic in the meantime. */
  private boolean create(TopicSpec<?> topic) {
    NewTopic wanted =
        new NewTopic(topic.name(), Optional.of(topic.partitions()), replication)
            .configs(topic.configuration());
    try {
      get(admin.createTopics(List.of(wanted)).all());
      return true;
    } catch (TopicExistsException e) {
      return false;
    }
  }

  private List<String> differences(TopicSpec<?> topic, TopicDescription found) {
    List<String> differences = new ArrayList<>();
    compare(differences, "partitions", topic.partitions(), found.partitions().size());
    int replicas = found.partitions().get(0).replicas().size();
    replication.ifPresent(wanted -> compare(differences, "replication", wanted, replicas));
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    Config config = get(admin.describeConfigs(List.of(resource)).values().get(resource));
    for (Map.Entry<String, String> wanted : topic.configuration().entrySet()) {
      compare(differences, wanted.getKey(), wanted.getValue(), config.get(wanted.getKey()).value());
    }
    return differences;
  }

  private static void compare(List<String> differences, String name, Object wanted, Object found) {
    if (!wanted.toString().equals(String.valueOf(found))) {
      differences.add(name + " is " + found + ", not " + wanted);
    }
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException cause) {
        throw cause;
      }
      throw new KafkaException(e.getCause());
    }
  }
}
