// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Sees at start whether the cluster and the registry that were given answer at all. */
public final class Connection {

  private static final int SECONDS = 10;

  private Connection() {}

  /**
   * Asks brokers and registry for a sign of life.
   *
   * @return an admin client of the cluster, the caller's to close
   * @throws UserError where one of them does not answer
   */
  public static Admin check(Cluster cluster) {
    Admin admin = checkBrokers(cluster);
    try {
      checkRegistry(cluster);
      return admin;
    } catch (UserError e) {
      admin.close(java.time.Duration.ZERO);
      throw e;
    }
  }

  /**
   * Asks the brokers alone for a sign of life.
   *
   * @return an admin client of the cluster, the caller's to close
   * @throws UserError where none answers
   */
  public static Admin checkBrokers(Cluster cluster) {
    Admin admin = admin(cluster);
    try {
      admin.describeCluster().nodes().get(SECONDS, TimeUnit.SECONDS);
      return admin;
    } catch (InterruptedException e) {
      admin.close(java.time.Duration.ZERO);
      throw new InterruptException(e);
    } catch (ExecutionException | TimeoutException e) {
      admin.close(java.time.Duration.ZERO);
      throw new UserError(
          "--bootstrap-server: no Kafka broker answers at '" + cluster.bootstrapServers() + "'", e);
    }
  }

  private static Admin admin(Cluster cluster) {
    try {
      return Admin.create(cluster.clientProperties());
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new UserError("--bootstrap-server or a Kafka property: " + reason.getMessage(), e);
    }
  }

  private static void checkRegistry(Cluster cluster) {
    if (cluster.schemaRegistryUrl().startsWith("mock://")) {
      return;
    }
    try (SchemaRegistryClient client =
        new CachedSchemaRegistryClient(
            List.of(cluster.schemaRegistryUrl()), 10, cluster.kafkaProperties())) {
      client.getAllSubjects();
    } catch (IOException | RestClientException | IllegalArgumentException e) {
      throw new UserError(
          "--schema-registry-url: no schema registry answers at '"
              + cluster.schemaRegistryUrl()
              + "': "
              + e.getMessage(),
          e);
    }
  }
}
