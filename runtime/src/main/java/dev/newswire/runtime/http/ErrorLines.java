// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Request.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses is said in one line of text, without a word about Jetty. */
final class ErrorLines implements Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    String line = HttpStatus.getMessage(response.getStatus()) + "\n";
    Content.Sink.write(response, true, line, callback);
    return true;
  }
}
