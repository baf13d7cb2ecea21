// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import dev.newswire.runtime.Health.State;
import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.runtime.http.HttpCall;
import dev.newswire.runtime.http.HttpLimits;
import dev.newswire.runtime.http.HttpServer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

  private static final int THREADS = 4;
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final MeterRegistry meters;
  private volatile List<Stage> stages = List.of();
  private volatile Supplier<Optional<String>> brokers = Optional::empty;
  private Optional<HttpServer> server = Optional.empty();

  private Monitoring(MeterRegistry meters) {
    this.meters = meters;
  }

  /** One that nobody listens to. */
  public static Monitoring silent() {
    return new Monitoring(new SimpleMeterRegistry());
  }

  /**
   * One that answers on an address. Nothing is ready until {@link #show} is called.
   *
   * @throws UserError where the address can't be listened on
   */
  public static Monitoring listening(InetSocketAddress address) {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Monitoring monitoring = new Monitoring(meters);
    monitoring.server =
        Optional.of(
            HttpServer.listen(
                address,
                HttpLimits.ofThreads(THREADS),
                call -> CompletableFuture.completedFuture(monitoring.answer(call, meters))));
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    return monitoring;
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

  private HttpAnswer answer(HttpCall call, PrometheusMeterRegistry scraped) {
    HttpAnswer answer =
        switch (call.path()) {
          case "/live" -> live();
          case "/ready" -> ready();
          case "/metrics" -> HttpAnswer.of(200, "text/plain; version=0.0.4", scraped.scrape());
          default -> HttpAnswer.empty(404);
        };
    return answer.status() == 404 || METHODS.contains(call.method())
        ? answer
        : HttpAnswer.empty(405).with("Allow", "GET, HEAD");
  }

  private HttpAnswer live() {
    return health(new StringBuilder(), true, Monitoring::isAlive);
  }

  private HttpAnswer ready() {
    Optional<String> lost = brokers.get();
    StringBuilder text = new StringBuilder();
    lost.ifPresent(why -> text.append("brokers lost: ").append(printable(why)).append('\n'));
    return health(text, !stages.isEmpty() && lost.isEmpty(), Monitoring::isReady);
  }

  private HttpAnswer health(StringBuilder text, boolean known, Predicate<Health> good) {
    boolean all = known;
    for (Stage stage : stages) {
      Health health = stage.health();
      all &= good.test(health);
      text.append(stage.name())
          .append(' ')
          .append(health.state().name().toLowerCase(Locale.ROOT))
          .append(health.detail().isEmpty() ? "" : ": " + printable(health.detail()))
          .append('\n');
    }
    return HttpAnswer.text(all ? 200 : 503, text.isEmpty() ? "starting\n" : text.toString());
  }

  /** The text on one line, without control characters. */
  private static String printable(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}]", "");
  }

  @Override
  public void close() {
    server.ifPresent(HttpServer::close);
    meters.close();
  }
}
