// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.newswire.runtime.Health.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Says over HTTP how the stages of a process are, for orchestrators and Prometheus. {@code /live}
 * fails once a stage has ended or failed, so that the process should be started anew; {@code
 * /ready} fails unless all stages run, so also in an outage; {@code /metrics} gives the meters.
 *
 * <p>Thread-safe.
 */
public final class Monitoring implements AutoCloseable {

  private static final int THREADS = 2;

  private final MeterRegistry meters;
  private final Optional<HttpServer> server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Monitoring::thread);
  private volatile List<Stage> stages = List.of();
  private volatile Supplier<Optional<String>> brokers = Optional::empty;

  private Monitoring(MeterRegistry meters, Optional<HttpServer> server) {
    this.meters = meters;
    this.server = server;
  }

  /** One that nobody listens to. */
  public static Monitoring silent() {
    return new Monitoring(new SimpleMeterRegistry(), Optional.empty());
  }

  /**
   * One that answers on an address. Nothing is ready until {@link #show} is called.
   *
   * @throws UserError where the address can't be listened on
   */
  public static Monitoring listening(InetSocketAddress address) {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    HttpServer server;
    try {
      if (address.isUnresolved()) {
        throw new IOException("no such host");
      }
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UserError(
          "can't listen for HTTP on "
              + address.getHostString()
              + ":"
              + address.getPort()
              + ": "
              + e.getMessage(),
          e);
    }
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    Monitoring monitoring = new Monitoring(meters, Optional.of(server));
    server.createContext("/live", exchange -> monitoring.health(exchange, Monitoring::isAlive));
    server.createContext("/ready", exchange -> monitoring.health(exchange, Monitoring::isReady));
    server.createContext("/metrics", exchange -> metrics(exchange, meters));
    server.setExecutor(monitoring.threads);
    server.start();
    return monitoring;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "newswire-http");
    thread.setDaemon(true);
    return thread;
  }

  /** Where the stages count. */
  public MeterRegistry meters() {
    return meters;
  }

  /** The stages that are told of from now on. */
  public void show(Collection<? extends Stage> shown) {
    stages = List.copyOf(shown);
    for (Stage stage : stages) {
      Gauge.builder("newswire.running", stage, known -> isReady(known.health()) ? 1 : 0)
          .description("1 while the stage runs; 0 while it starts, in an outage, and at the end.")
          .tag("stage", stage.name())
          .register(meters);
    }
  }

  /**
   * The same, while the brokers are watched: without a quorum of them no process is ready.
   *
   * @param watch closed by the caller
   */
  public void show(Collection<? extends Stage> shown, BrokerWatch watch) {
    show(shown);
    brokers = watch::trouble;
    Gauge.builder("newswire.brokers.available", watch, known -> known.trouble().isEmpty() ? 1 : 0)
        .description("1 while the brokers have a quorum and each partition has a leader.")
        .register(meters);
  }

  private static boolean isAlive(Health health) {
    return health.state() != State.FAILED && health.state() != State.STOPPED;
  }

  private static boolean isReady(Health health) {
    return health.state() == State.RUNNING;
  }

  private void health(HttpExchange exchange, Predicate<Health> good) throws IOException {
    List<Stage> shown = stages;
    boolean live = exchange.getHttpContext().getPath().equals("/live");
    Optional<String> lost = brokers.get();
    StringBuilder text = new StringBuilder();
    boolean all = live || (!shown.isEmpty() && lost.isEmpty());
    lost.ifPresent(why -> text.append("brokers lost: ").append(printable(why)).append('\n'));
    for (Stage stage : shown) {
      Health health = stage.health();
      all &= good.test(health);
      text.append(stage.name())
          .append(' ')
          .append(health.state().name().toLowerCase(Locale.ROOT))
          .append(health.detail().isEmpty() ? "" : ": " + printable(health.detail()))
          .append('\n');
    }
    answer(
        exchange,
        all ? 200 : 503,
        "text/plain; charset=utf-8",
        text.isEmpty() ? "starting\n" : text.toString());
  }

  /** The text on one line, without control characters. */
  private static String printable(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}]", "");
  }

  private static void metrics(HttpExchange exchange, PrometheusMeterRegistry meters)
      throws IOException {
    answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape());
  }

  private static void answer(HttpExchange exchange, int code, String mediaType, String text)
      throws IOException {
    try (exchange) {
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (!head && !exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      if (!exchange.getRequestURI().getPath().equals(exchange.getHttpContext().getPath())) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", mediaType);
      exchange.sendResponseHeaders(code, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.ifPresent(listening -> listening.stop(0));
    threads.shutdownNow();
    meters.close();
  }
}
