// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.GroupProtocol;
import dev.newswire.runtime.UserError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which Kafka cluster and schema registry a command works with. */
public final class ClusterOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private DataOptions data;

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description =
          "Kafka's brokers, several separated by commas. Default: the 'newswire run' that is"
              + " running on the data folder.")
  private String bootstrapServer;

  @Option(
      names = "--schema-registry-url",
      paramLabel = "URL",
      description =
          "A schema registry that speaks Confluent's API. Default: the one inside the process.")
  private String schemaRegistryUrl;

  @Option(
      names = "--topic-prefix",
      paramLabel = "NAME",
      defaultValue = Cluster.DEFAULT_PREFIX,
      description =
          "What the names of all topics and consumer groups begin with. Default: ${DEFAULT-VALUE}.")
  private String prefix;

  @Option(
      names = {"-X", "--kafka"},
      paramLabel = "KEY=VALUE",
      description =
          "Any property of a Kafka client or of Confluent's serializer: TLS, SASL, timeouts. Can be"
              + " repeated; in a properties file kafka.KEY, in the environment NEWSWIRE_KAFKA_KEY.")
  private Map<String, String> kafkaProperties = new LinkedHashMap<>();

  @Option(
      names = "--group-protocol",
      paramLabel = "PROTOCOL",
      description =
          "How the instances of a stage share its partitions. classic: among themselves. consumer:"
              + " the brokers share them out for ingest and sink (KIP-848). streams: for enrich and"
              + " stories too (KIP-1071); a later version may then need a new consumer group. Default:"
              + " consumer if the brokers have it, else classic.")
  private GroupProtocol groupProtocol;

  /**
   * The cluster that was given, or that of the process running on the data folder.
   *
   * @throws UserError where neither is there
   */
  public Cluster cluster() {
    Optional<String> running = Optional.empty();
    if (bootstrapServer == null) {
      running = data.folder().runningBroker();
      if (running.isEmpty()) {
        throw new UserError(
            "no Kafka cluster: give --bootstrap-server, or start 'newswire run' on "
                + data.folder().path());
      }
    }
    return cluster(running.orElse(bootstrapServer));
  }

  /** The cluster with these brokers, everything else as given. */
  public Cluster cluster(String bootstrapServers) {
    if (!prefix.matches("[a-zA-Z0-9._-]{1,100}")) {
      throw new UserError(
          "--topic-prefix: '" + prefix + "' is not made of letters, digits, dots, _ and - alone");
    }
    Map<String, String> properties = new HashMap<>();
    if (spec.root().defaultValueProvider() instanceof ConfiguredValues given) {
      properties.putAll(given.kafkaProperties());
    }
    properties.putAll(kafkaProperties);
    return new Cluster(
        bootstrapServers,
        schemaRegistryUrl == null ? Cluster.IN_PROCESS_REGISTRY : schemaRegistryUrl,
        prefix,
        properties,
        groupProtocol == null ? GroupProtocol.CLASSIC : groupProtocol);
  }

  /**
   * The same cluster, for members of its groups: where no protocol was given, it is asked for one.
   */
  public Cluster forMembers(Cluster cluster) {
    return groupProtocol == null ? cluster.withNewestGroupProtocol() : cluster;
  }

  /** The data folder that was given. */
  public DataFolder dataFolder() {
    return data.folder();
  }
}
