// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the members of a group come by their partitions: Kafka's {@code group.protocol}. See
 * docs/decisions/0014 for which is used when.
 */
public enum GroupProtocol {
  /** The members share the partitions among themselves; every change stops them all. */
  CLASSIC,

  /**
   * The brokers share them out, member by member (KIP-848). A Streams application stays classic.
   */
  CONSUMER,

  /** As {@link #CONSUMER}, and the brokers share out a Streams application's tasks (KIP-1071). */
  STREAMS;

  private static final Logger LOG = LoggerFactory.getLogger(GroupProtocol.class);

  /** What the brokers finalise where they have KIP-848. */
  private static final String GROUP_FEATURE = "group.version";

  private static final long ANSWER_SECONDS = 10;

  /**
   * Settings that only the classic protocol takes. The name of an instance is taken by both, but a
   * process that was killed gets its place back at once only in the classic one: the brokers refuse
   * the name until the session of the dead process has timed out.
   */
  private static final SortedSet<String> CLASSIC_SETTINGS =
      new TreeSet<>(
          Set.of(
              ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
              ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
              ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
              ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG));

  /** Its name in Kafka's configuration. */
  public String configured() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a plain consumer is set to. */
  String ofConsumers() {
    return (this == CLASSIC ? CLASSIC : CONSUMER).configured();
  }

  /** What a Streams application is set to. */
  public String ofStreams() {
    return (this == STREAMS ? STREAMS : CLASSIC).configured();
  }

  /**
   * Refuses settings that the protocol does not take.
   *
   * @throws UserError naming the first
   */
  void check(Map<String, String> kafkaProperties) {
    if (kafkaProperties.containsKey(ConsumerConfig.GROUP_PROTOCOL_CONFIG)) {
      throw new UserError("group.protocol is no property to pass through: it has an option");
    }
    for (String setting : CLASSIC_SETTINGS) {
      if (this != CLASSIC
          && kafkaProperties.containsKey(setting)
          && !setting.equals(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)) {
        throw new UserError(
            setting
                + " is set, and the group protocol "
                + configured()
                + " leaves that to the brokers: take it out, or use the protocol classic");
      }
    }
  }

  /**
   * The newest protocol of plain consumers that serves a cluster: {@link #CONSUMER}, unless its
   * brokers don't have it or a setting was given that only the classic one takes. Brokers that
   * don't answer in time are taken to have it.
   */
  static GroupProtocol newest(Cluster cluster) {
    Optional<String> classic =
        CLASSIC_SETTINGS.stream().filter(cluster.kafkaProperties()::containsKey).findFirst();
    if (classic.isPresent()) {
      LOG.info("the classic group protocol is used, since {} is set", classic.get());
      return CLASSIC;
    }
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      FinalizedVersionRange version =
          admin
              .describeFeatures()
              .featureMetadata()
              .get(ANSWER_SECONDS, TimeUnit.SECONDS)
              .finalizedFeatures()
              .get(GROUP_FEATURE);
      if (version == null || version.maxVersionLevel() < 1) {
        LOG.info("the classic group protocol is used, since the brokers have no other");
        return CLASSIC;
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the brokers don't say which group protocols they have", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    return CONSUMER;
  }
}
