// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/** Collects the body of a request as it arrives. Jetty runs it again whenever there is more. */
final class BodyReading implements Runnable {

  private final Request request;
  private final int maximum;
  private final BodyBudget budget;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();

  BodyReading(Request request, int maximum, BodyBudget budget) {
    this.request = request;
    this.maximum = maximum;
    this.budget = budget;
  }

  static HttpFailure tooLarge(int maximum) {
    return new HttpFailure(413, "the body is larger than " + maximum + " bytes");
  }

  CompletableFuture<byte[]> body() {
    return body;
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        body.completeExceptionally(new HttpFailure(400, "the body did not arrive"));
        return;
      }
      boolean last = chunk.isLast();
      boolean taken = take(chunk.getByteBuffer());
      chunk.release();
      if (!taken) {
        return;
      }
      if (last) {
        body.complete(bytes.toByteArray());
        return;
      }
    }
  }

  private boolean take(ByteBuffer buffer) {
    int more = buffer.remaining();
    if (bytes.size() + more > maximum) {
      body.completeExceptionally(tooLarge(maximum));
      return false;
    }
    if (!budget.take(request, more)) {
      body.completeExceptionally(new HttpFailure(503, "too many large bodies at once; try again"));
      return false;
    }
    bytes.writeBytes(BufferUtil.toArray(buffer));
    return true;
  }
}
