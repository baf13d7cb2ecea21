// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that goes on: server-sent events. A client that does not read is let go once {@value
 * #MOST_WAITING} pieces wait for it; it comes back and says where it was. Thread-safe.
 */
public final class EventStream {

  private static final int MOST_WAITING = 1000;

  private final Response response;
  private final Callback end;
  private final Queue<String> waiting = new ArrayDeque<>();
  private boolean writing;
  private boolean closed;

  EventStream(Response response, Callback end) {
    this.response = response;
    this.end = end;
  }

  /**
   * Sends a piece of text behind what was sent before; does not wait.
   *
   * @return false once nobody listens any more
   */
  public synchronized boolean send(String text) {
    if (closed) {
      return false;
    }
    if (waiting.size() >= MOST_WAITING) {
      fail(new IllegalStateException("the client does not read"));
      return false;
    }
    waiting.add(text);
    writeNext();
    return true;
  }

  private void writeNext() {
    if (writing || closed) {
      return;
    }
    String text = waiting.poll();
    if (text == null) {
      return;
    }
    writing = true;
    response.write(
        false, ByteBuffer.wrap(text.getBytes(UTF_8)), Callback.from(this::written, this::fail));
  }

  private synchronized void written() {
    writing = false;
    writeNext();
  }

  private synchronized void fail(Throwable failure) {
    if (!closed) {
      closed = true;
      waiting.clear();
      end.failed(failure);
    }
  }

  /** Ends the answer. */
  public synchronized void close() {
    if (!closed) {
      closed = true;
      waiting.clear();
      end.succeeded();
    }
  }
}
