// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves HTTP/1.1 on one address until it is closed. Thread-safe. */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int LONGEST_HEADER = 16 * 1024;

  /** One accepts connections, one waits for what they bring. */
  private static final int THREADS_OF_JETTY = 2;

  /** What waits for a thread; beyond it Jetty closes connections. */
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final Server server;
  private final ServerConnector connector;
  private final HttpConnections connections;
  private final Scheduler scheduler = new ScheduledExecutorScheduler("newswire-http-time", true);

  private HttpServer(InetSocketAddress address, HttpLimits limits, HttpService service) {
    QueuedThreadPool threads = new QueuedThreadPool(limits.threads() + THREADS_OF_JETTY, 1);
    threads.setName("newswire-http");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    server = new Server(threads, scheduler, null);
    server.setStopTimeout(0);
    server.setErrorHandler(new ErrorLines());
    connections = new HttpConnections(limits);
    connector = new ServerConnector(server, null, null, null, 1, 1, protocol());
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(Math.max(limits.header().toMillis(), limits.body().toMillis()));
    connector.addBean(connections);
    server.addConnector(connector);
    server.setHandler(new ServiceHandler(service, connections, new BodyBudget(limits.bodyBytes())));
  }

  private static HttpConnectionFactory protocol() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    configuration.setRequestHeaderSize(LONGEST_HEADER);
    return new HttpConnectionFactory(configuration);
  }

  /**
   * Starts listening.
   *
   * @param address port 0 is any free one
   * @throws UserError where the address can't be listened on
   */
  public static HttpServer listen(
      InetSocketAddress address, HttpLimits limits, HttpService service) {
    HttpServer made = new HttpServer(address, limits, service);
    try {
      if (address.isUnresolved()) {
        throw new IOException("no such host");
      }
      made.connector.open();
      made.server.start();
    } catch (Exception e) {
      made.close();
      throw new UserError("can't listen for HTTP on " + text(address) + ": " + reason(e), e);
    }
    made.sweep();
    return made;
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /** Jetty repeats the address; the cause says what is wrong. */
  private static String reason(Exception e) {
    return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
  }

  private void sweep() {
    connections.closeLate();
    if (scheduler.isRunning()) {
      scheduler.schedule(this::sweep, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      connector.close();
      server.stop();
    } catch (Exception e) {
      // Nothing is to be done about it; the port is closed at the latest with the process.
      LOG.debug("the HTTP server does not stop", e);
    }
  }
}
