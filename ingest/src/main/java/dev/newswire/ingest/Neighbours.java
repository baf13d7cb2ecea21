// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.TopicSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The other instances of ingest, to which is passed on what a hub says here of their feeds: a hub
 * knows but one address of them all. Where an instance takes calls is part of its consumer's client
 * id, so that the group's coordinator tells who has which feed, and where. Thread-safe.
 */
final class Neighbours implements AutoCloseable {

  /** Marks what was passed on once, so that it does not go round. */
  static final String PASSED_ON = "Newswire-Passed-On";

  private static final char BEFORE_ADDRESS = '@';
  private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "[::]");
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String group;
  private final String topic;
  private final Admin admin;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(FRESH).build();
  private Map<Integer, URI> byPartition = Map.of();
  private int partitions = 1;
  private Instant until = Instant.MIN;

  Neighbours(Cluster cluster, String group) {
    this.group = group;
    this.topic = cluster.topics().feeds().name();
    this.admin = Admin.create(cluster.clientProperties());
  }

  /** The client id of an instance that takes calls there. */
  static String clientId(String name, String host, int port) {
    return name + BEFORE_ADDRESS + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /**
   * Where the instance takes calls that has a feed.
   *
   * @return empty where nobody has it now, or whoever has it takes no calls
   * @throws KafkaException where the group's coordinator does not answer
   */
  synchronized Optional<URI> having(String feed) {
    Instant now = Instant.now();
    if (!now.isBefore(until)) {
      partitions = askPartitions();
      byPartition = ask();
      until = now.plus(FRESH);
    }
    return Optional.ofNullable(byPartition.get(TopicSpec.partition(feed, partitions)));
  }

  private int askPartitions() {
    var options = new DescribeTopicsOptions().timeoutMs((int) FRESH.toMillis());
    try {
      return admin
          .describeTopics(List.of(topic), options)
          .topicNameValues()
          .get(topic)
          .get()
          .partitions()
          .size();
    } catch (ExecutionException e) {
      throw new KafkaException("the topic of feeds can't be described", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private Map<Integer, URI> ask() {
    var options = new DescribeConsumerGroupsOptions().timeoutMs((int) FRESH.toMillis());
    Map<Integer, URI> found = new HashMap<>();
    try {
      admin
          .describeConsumerGroups(List.of(group), options)
          .describedGroups()
          .get(group)
          .get()
          .members()
          .forEach(
              member ->
                  address(member)
                      .ifPresent(
                          address ->
                              member.assignment().topicPartitions().stream()
                                  .map(TopicPartition::partition)
                                  .forEach(partition -> found.put(partition, address))));
    } catch (ExecutionException e) {
      throw new KafkaException("the group can't be described", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    return found;
  }

  private static Optional<URI> address(MemberDescription member) {
    int at = member.clientId().lastIndexOf(BEFORE_ADDRESS);
    int colon = member.clientId().lastIndexOf(':');
    if (at < 0 || colon < at) {
      return Optional.empty();
    }
    String host = member.clientId().substring(at + 1, colon);
    // One that listens everywhere can be reached where the brokers see it.
    String reached = ANY_ADDRESS.contains(host) ? member.host().replaceFirst("^/", "") : host;
    String port = member.clientId().substring(colon + 1);
    return Optional.of(URI.create("http://" + reached + ":" + port));
  }

  /**
   * Passes a hub's request on.
   *
   * @param query as it came; empty where there is none
   * @param headers those of the request that matter
   * @return what the neighbour answers
   * @throws IOException where it does not answer
   */
  Callback.Reply passOn(
      URI neighbour,
      String method,
      String feed,
      String token,
      Optional<String> query,
      Map<String, String> headers,
      HttpRequest.BodyPublisher body)
      throws IOException {
    String path = "/websub/" + feed + "/" + token + query.map(text -> "?" + text).orElse("");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(neighbour + path))
            .timeout(PATIENCE)
            .header(PASSED_ON, "yes")
            .method(method, body);
    headers.forEach(request::header);
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Callback.Reply(answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopping", e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
