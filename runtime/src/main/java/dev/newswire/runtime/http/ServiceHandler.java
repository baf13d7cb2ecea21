// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import dev.newswire.runtime.http.HttpAnswer.Known;
import dev.newswire.runtime.http.HttpAnswer.Lasting;
import dev.newswire.runtime.http.HttpAnswer.Written;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands requests to the service, and its answers to Jetty. */
final class ServiceHandler extends Handler.Abstract.NonBlocking {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceHandler.class);

  private final HttpService service;
  private final HttpConnections connections;
  private final BodyBudget budget;

  ServiceHandler(HttpService service, HttpConnections connections, BodyBudget budget) {
    this.service = service;
    this.connections = connections;
    this.budget = budget;
  }

  @Override
  public InvocationType getInvocationType() {
    // A service may ask a database.
    return InvocationType.BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    connections.answers(request);
    Callback end =
        Callback.from(
            callback,
            () -> {
              budget.release(request);
              connections.waits(request);
            });
    var unused =
        called(request)
            .exceptionally(failure -> failed(request, failure))
            .thenAccept(answer -> write(answer, request, response, end));
    return true;
  }

  private CompletableFuture<HttpAnswer> called(Request request) {
    try {
      return service.answer(new HttpCall(request, connections, budget));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static HttpAnswer failed(Request request, Throwable thrown) {
    Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (failure instanceof HttpFailure known) {
      return HttpAnswer.text(known.status(), known.getMessage() + "\n");
    }
    LOG.error("{} {} fails", request.getMethod(), Request.getPathInContext(request), failure);
    return HttpAnswer.text(500, "this is a fault of the server; its log says more\n");
  }

  private void write(HttpAnswer answer, Request request, Response response, Callback end) {
    response.setStatus(answer.status());
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    if (answer.content() instanceof Known known) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, known.bytes().length);
      response.write(true, ByteBuffer.wrap(known.bytes()), end);
    } else if (answer.content() instanceof Written written) {
      request.getComponents().getExecutor().execute(() -> write(written, response, end));
    } else if (answer.content() instanceof Lasting lasting) {
      // The header goes out at once, so that the client knows that it listens.
      response.write(
          false,
          ByteBuffer.allocate(0),
          Callback.from(
              () -> lasting.opened().accept(new EventStream(response, end)), end::failed));
    }
  }

  private static void write(Written written, Response response, Callback end) {
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      written.writer().write(out);
    } catch (EofException e) {
      end.failed(e);
      return;
    } catch (IOException | RuntimeException | Error e) {
      // The status is out; all that can be done is to end the answer short of its end.
      LOG.warn("an answer breaks off", e);
      end.failed(e);
      return;
    }
    end.succeeded();
  }
}
