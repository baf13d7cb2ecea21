// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process says while Kafka's quorum is gone, though its own stage has noticed nothing. */
class BrokerWatchTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void aProcessIsNotReadyWithoutAQuorumAndReadyAgainWithOne() throws Exception {
    int port = Broker.freePort();
    InetSocketAddress address = new InetSocketAddress("localhost", Broker.freePort());
    Broker broker = Broker.start(folder, port, Map.of());
    try (Monitoring monitoring = Monitoring.listening(address);
        BrokerWatch watch =
            BrokerWatch.of(Cluster.at(broker.bootstrapServers(), Cluster.IN_PROCESS_REGISTRY))) {
      monitoring.show(List.of(new RunningStage()), watch);
      assertThat(ready(address).statusCode()).isEqualTo(200);

      broker.close();
      await().atMost(PATIENCE).until(() -> ready(address).statusCode() == 503);
      assertThat(ready(address).body()).startsWith("brokers lost: ").contains("sink running");
      assertThat(monitoring.meters().get("newswire.brokers.available").gauge().value()).isZero();

      broker = Broker.start(folder, port, Map.of());
      await().atMost(PATIENCE).until(() -> ready(address).statusCode() == 200);
    } finally {
      broker.close();
    }
  }

  private static HttpResponse<String> ready(InetSocketAddress address) throws Exception {
    URI uri = URI.create("http://localhost:" + address.getPort() + "/ready");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static final class RunningStage implements Stage {

    @Override
    public String name() {
      return "sink";
    }

    @Override
    public void start() {}

    @Override
    public Health health() {
      return Health.of(Health.State.RUNNING);
    }

    @Override
    public void await() {}

    @Override
    public void close() {}
  }
}
