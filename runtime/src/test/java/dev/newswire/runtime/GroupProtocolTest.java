// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupProtocolTest {

  private static final String TOPIC = "topic";

  @TempDir static Path folder;

  private static Broker broker;
  private static Admin admin;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = Broker.start(folder);
    admin = Admin.create(cluster(Map.of()).clientProperties());
    admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  @Test
  void theNewestIsThatOfConsumersWhereTheBrokersHaveIt() {
    assertThat(cluster(Map.of()).withNewestGroupProtocol().groupProtocol())
        .isEqualTo(GroupProtocol.CONSUMER);
  }

  @Test
  void theNewestIsTheClassicOneWhereTheBrokersHaveNoOther(@TempDir Path other) throws Exception {
    try (Broker old = Broker.start(other);
        Admin oldAdmin = Admin.create(Map.of("bootstrap.servers", old.bootstrapServers()))) {
      oldAdmin
          .updateFeatures(
              Map.of(
                  "group.version",
                  new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
              new UpdateFeaturesOptions())
          .all()
          .get();
      assertThat(
              Cluster.at(old.bootstrapServers(), Cluster.IN_PROCESS_REGISTRY)
                  .withNewestGroupProtocol()
                  .groupProtocol())
          .isEqualTo(GroupProtocol.CLASSIC);
    }
  }

  @Test
  void aSettingOfTheClassicProtocolKeepsItClassic() {
    for (String setting : List.of("session.timeout.ms", "group.instance.id")) {
      Cluster classic = cluster(Map.of(setting, "6000")).with(GroupProtocol.CLASSIC);
      assertThat(classic.withNewestGroupProtocol().groupProtocol())
          .isEqualTo(GroupProtocol.CLASSIC);
    }
  }

  @Test
  void aSettingThatTheProtocolDoesNotTakeIsRefused() {
    Cluster classic = cluster(Map.of("session.timeout.ms", "6000")).with(GroupProtocol.CLASSIC);
    assertThatThrownBy(() -> classic.with(GroupProtocol.CONSUMER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("session.timeout.ms")
        .hasMessageContaining("classic");
  }

  @Test
  void theProtocolIsNoPropertyToPassThrough() {
    assertThatThrownBy(() -> cluster(Map.of("group.protocol", "classic")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("group.protocol");
  }

  @Test
  void aMemberJoinsByTheProtocolOfItsCluster() throws Exception {
    for (GroupProtocol protocol : GroupProtocol.values()) {
      String group = "joins-" + protocol.configured();
      try (KafkaConsumer<byte[], byte[]> member = member(cluster(Map.of()).with(protocol), group)) {
        awaitAssignment(member, 2);
        assertThat(type(group))
            .isEqualTo(protocol == GroupProtocol.CLASSIC ? GroupType.CLASSIC : GroupType.CONSUMER);
      }
    }
  }

  @Test
  void aGroupMovesFromClassicToConsumerMemberByMember() throws Exception {
    Cluster cluster = cluster(Map.of());
    try (KafkaConsumer<byte[], byte[]> old = member(cluster.with(GroupProtocol.CLASSIC), "moves");
        KafkaConsumer<byte[], byte[]> upgraded =
            member(cluster.with(GroupProtocol.CONSUMER), "moves")) {
      awaitAssignment(old, 2);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                old.poll(Duration.ofMillis(50));
                upgraded.poll(Duration.ofMillis(50));
                return old.assignment().size() == 1 && upgraded.assignment().size() == 1;
              });
    }
  }

  /** Kafka's rule that decision 14 tells of; newswire run depends on it after a kill. */
  @Test
  void aNameIsTakenUntilTheDeadMemberIsRemoved() throws Exception {
    Cluster cluster = cluster(Map.of()).with(GroupProtocol.CONSUMER).withGroupInstance("instance");
    // Until it is closed, the brokers think as of one that was killed: its session is not over.
    try (KafkaConsumer<byte[], byte[]> dead = member(cluster, "named")) {
      awaitAssignment(dead, 2);
      try (KafkaConsumer<byte[], byte[]> next = member(cluster, "named")) {
        assertThatThrownBy(() -> awaitAssignment(next, 2))
            .isInstanceOf(UnreleasedInstanceIdException.class);
      }
      admin
          .removeMembersFromConsumerGroup(
              "named",
              new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove("instance"))))
          .all()
          .get();
      try (KafkaConsumer<byte[], byte[]> next = member(cluster, "named")) {
        awaitAssignment(next, 2);
      }
    }
  }

  private static KafkaConsumer<byte[], byte[]> member(Cluster cluster, String group) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            cluster.memberProperties(group),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(TOPIC));
    return consumer;
  }

  private static void awaitAssignment(KafkaConsumer<?, ?> member, int partitions) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              member.poll(Duration.ofMillis(50));
              return member.assignment().size() == partitions;
            });
  }

  private static GroupType type(String group) throws Exception {
    return admin.listGroups().all().get().stream()
        .filter(listing -> listing.groupId().equals(group))
        .findFirst()
        .flatMap(GroupListing::type)
        .orElseThrow();
  }

  private static Cluster cluster(Map<String, String> properties) {
    return new Cluster(
        broker.bootstrapServers(),
        Cluster.IN_PROCESS_REGISTRY,
        "test",
        properties,
        GroupProtocol.CLASSIC);
  }
}
