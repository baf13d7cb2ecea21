// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a call is answered.
 *
 * @param status HTTP's
 * @param headers by name
 */
public record HttpAnswer(int status, Map<String, String> headers, Content content) {

  private static final String TYPE = "Content-Type";

  /** The body of an answer. */
  public sealed interface Content {}

  /** A body that is known. The array is not changed any more. */
  record Known(byte[] bytes) implements Content {}

  /** A body that is written piece by piece, on a thread of its own for as long as it takes. */
  record Written(Writer writer) implements Content {}

  /** A body that goes on for as long as both sides want. */
  record Lasting(Consumer<EventStream> opened) implements Content {}

  /** Writes a body. */
  @FunctionalInterface
  public interface Writer {

    /**
     * Writes all of it; waits where the client reads slowly.
     *
     * @throws IOException where the client has gone
     */
    void write(OutputStream out) throws IOException;
  }

  /** One of bytes. */
  public static HttpAnswer of(int status, String mediaType, byte[] bytes) {
    return new HttpAnswer(status, Map.of(TYPE, mediaType), new Known(bytes));
  }

  /** One of text, in UTF-8. */
  public static HttpAnswer of(int status, String mediaType, String text) {
    return of(status, mediaType + "; charset=utf-8", text.getBytes(UTF_8));
  }

  /** One of plain text. */
  public static HttpAnswer text(int status, String text) {
    return of(status, "text/plain", text);
  }

  /** One without a body. */
  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), new Known(new byte[0]));
  }

  /** One that is written piece by piece. */
  public static HttpAnswer written(String mediaType, Writer writer) {
    return new HttpAnswer(200, Map.of(TYPE, mediaType), new Written(writer));
  }

  /**
   * One of server-sent events.
   *
   * @param opened is given the stream once the client listens; must not block
   */
  public static HttpAnswer events(Consumer<EventStream> opened) {
    return new HttpAnswer(200, Map.of(TYPE, "text/event-stream"), new Lasting(opened));
  }

  /** The same with one header more. */
  public HttpAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, Map.copyOf(more), content);
  }
}
