// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;

/** Keeps the bodies of all requests together within a number of bytes. Thread-safe. */
final class BodyBudget {

  private final long maximum;
  private final AtomicLong taken = new AtomicLong();
  private final Map<Request, Long> byRequest = new ConcurrentHashMap<>();

  BodyBudget(long maximum) {
    this.maximum = maximum;
  }

  /** Takes room for bytes that came, which a request holds until {@link #release}. */
  boolean take(Request request, int bytes) {
    if (taken.addAndGet(bytes) > maximum) {
      taken.addAndGet(-bytes);
      return false;
    }
    byRequest.merge(request, (long) bytes, Long::sum);
    return true;
  }

  /** Gives back all that a request holds. */
  void release(Request request) {
    Long held = byRequest.remove(request);
    if (held != null) {
      taken.addAndGet(-held);
    }
  }
}
