// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newswire.broker.Broker;
import dev.newswire.runtime.Health.State;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitoringTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private InetSocketAddress address;
  private Monitoring monitoring;

  @BeforeEach
  void listen() {
    address = new InetSocketAddress("localhost", Broker.freePort());
    monitoring = Monitoring.listening(address);
  }

  @AfterEach
  void stop() {
    monitoring.close();
  }

  @Test
  void aStageIsReadyWhileItRunsAndLiveUntilItEnds() throws Exception {
    FakeStage stage = new FakeStage();
    assertThat(get("/live").statusCode()).isEqualTo(200);
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    monitoring.show(List.of(stage));

    stage.health = Health.of(State.RUNNING);
    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/ready").body()).isEqualTo("sink running\n");
    assertThat(get("/live").statusCode()).isEqualTo(200);

    stage.health = new Health(State.OUTAGE, "the database does not answer");
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").body()).isEqualTo("sink outage: the database does not answer\n");
    assertThat(get("/live").statusCode()).isEqualTo(200);

    stage.health = new Health(State.FAILED, "broken");
    assertThat(get("/live").statusCode()).isEqualTo(503);
  }

  @Test
  void metersAreGivenInTheFormatOfPrometheus() throws Exception {
    FakeStage stage = new FakeStage();
    monitoring.show(List.of(stage));
    monitoring
        .meters()
        .counter("newswire.outcomes", "stage", "sink", "outcome", "stored")
        .increment(3);

    HttpResponse<String> response = get("/metrics");

    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(response.body())
        .contains("newswire_outcomes_total{outcome=\"stored\",stage=\"sink\"} 3.0")
        .contains("newswire_running{stage=\"sink\"} 0.0")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void anythingElseIsRefused() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/live/../etc").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(uri("/live")).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void anAddressThatIsTakenIsNamed() {
    assertThatThrownBy(() -> Monitoring.listening(address))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("can't listen for HTTP on localhost:" + address.getPort());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + address.getPort() + path);
  }

  /** A stage that is as the test says. */
  private static final class FakeStage implements Stage {

    private volatile Health health = Health.of(State.STARTING);

    @Override
    public String name() {
      return "sink";
    }

    @Override
    public void start() {}

    @Override
    public Health health() {
      return health;
    }

    @Override
    public void await() {}

    @Override
    public void close() {}
  }
}
