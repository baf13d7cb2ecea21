// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import java.time.Duration;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Closes connections that keep us waiting. Jetty's own idle time begins anew with each byte, and
 * its own bound on connections lets the slow ones keep out all others. Thread-safe.
 */
final class HttpConnections implements Connection.Listener {

  /** Of a connection that waits for us. */
  private static final long NO_DEADLINE = Long.MAX_VALUE;

  private final HttpLimits limits;

  /** Until when the other side is waited for, by System.nanoTime less the start's. */
  private final Map<EndPoint, Long> deadlines = new ConcurrentHashMap<>();

  private final long start = System.nanoTime();

  HttpConnections(HttpLimits limits) {
    this.limits = limits;
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint opened = connection.getEndPoint();
    deadlines.put(opened, in(limits.header()));
    if (deadlines.size() > limits.connections()) {
      slowest().orElse(opened).close(new TimeoutException("others wait"));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    deadlines.remove(connection.getEndPoint());
  }

  private Optional<EndPoint> slowest() {
    return deadlines.entrySet().stream()
        .filter(entry -> entry.getValue() != NO_DEADLINE)
        .min(Entry.comparingByValue())
        .map(Entry::getKey);
  }

  private long in(Duration time) {
    return System.nanoTime() - start + time.toNanos();
  }

  /** The client sends the body of its request. */
  void reads(Request request) {
    set(request, in(limits.body()));
  }

  /** We are to answer. */
  void answers(Request request) {
    set(request, NO_DEADLINE);
  }

  /** The next request may come. */
  void waits(Request request) {
    set(request, in(limits.header()));
  }

  private void set(Request request, long deadline) {
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    deadlines.computeIfPresent(connection, (known, before) -> deadline);
  }

  /** Closes those that are late. */
  void closeLate() {
    long now = System.nanoTime() - start;
    deadlines.forEach(
        (connection, deadline) -> {
          if (deadline < now) {
            connection.close(new TimeoutException("too slow"));
          }
        });
  }
}
