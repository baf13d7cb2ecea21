// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.http.HttpLimits;
import dev.newswire.runtime.http.HttpServer;
import dev.newswire.sink.Database;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * Pages and API over a store and a cluster, for whoever sits at this machine and has the address
 * with the token in it. It starts where the store or Kafka does not answer, and says so on the
 * page. Thread-safe.
 */
public final class Desk implements AutoCloseable {

  private static final int THREADS = 8;

  private final HttpServer server;
  private final Stores stores;
  private final LiveWire live;
  private final PipelineWatch watch;
  private final URI address;

  private Desk(HttpServer server, Stores stores, LiveWire live, PipelineWatch watch, URI address) {
    this.server = server;
    this.stores = stores;
    this.live = live;
    this.watch = watch;
    this.address = address;
  }

  /**
   * Opens the desk.
   *
   * @param port of localhost to listen on; 0 for any free one
   * @throws dev.newswire.runtime.UserError where the port is taken
   */
  public static Desk open(Database database, Cluster cluster, int port) {
    Stores stores = new Stores(database);
    LiveWire live = new LiveWire(cluster, stores);
    PipelineWatch watch = new PipelineWatch(cluster);
    // The gate must know the port, which is known only once the server listens.
    CompletableFuture<DeskService> service = new CompletableFuture<>();
    HttpServer server =
        HttpServer.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            HttpLimits.ofThreads(THREADS),
            call -> service.thenCompose(ready -> ready.answer(call)));
    Gate gate = new Gate(server.port());
    String base = "http://localhost:" + server.port() + "/";
    service.complete(new DeskService(gate, api(stores, cluster, live, watch, base)));
    live.start();
    watch.start();
    return new Desk(server, stores, live, watch, URI.create(base + "?token=" + gate.token()));
  }

  private static Api api(
      Stores stores, Cluster cluster, LiveWire live, PipelineWatch watch, String base) {
    Api api = new Api();
    RulesInUse rules = new RulesInUse(cluster);
    rules.addTo(api);
    new ArticleCalls(stores, live, rules).addTo(api);
    new StoryCalls(stores).addTo(api);
    new TrendCalls(stores).addTo(api);
    new PipelineCalls(cluster, watch).addTo(api);
    new Syndication(stores, base).addTo(api);
    return api;
  }

  /** Where a browser is to go: the page, with the token that opens it. */
  public URI address() {
    return address;
  }

  @Override
  public void close() {
    live.close();
    watch.close();
    server.close();
    stores.close();
  }
}
