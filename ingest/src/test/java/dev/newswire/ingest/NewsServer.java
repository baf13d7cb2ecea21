// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A publisher's web server, which answers as the test wants. */
final class NewsServer implements AutoCloseable {

  /** What it does with a request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final String site;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ConcurrentLinkedQueue<String> paths = new ConcurrentLinkedQueue<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  volatile Answer answer;

  NewsServer() throws IOException {
    this(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
        "http://localhost");
  }

  /** One of many hosts, by a loopback address of its own. */
  NewsServer(String address) throws IOException {
    this(HttpServer.create(new InetSocketAddress(address, 0), 0), "http://" + address);
  }

  /** A server that speaks TLS. */
  NewsServer(SSLContext tls) throws IOException {
    this(secure(tls), "https://localhost");
  }

  private static HttpServer secure(SSLContext tls) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private NewsServer(HttpServer server, String site) {
    this.server = server;
    this.site = site;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    paths.add(exchange.getRequestURI().getPath());
    exchange.setStreams(null, new Body(exchange.getResponseBody()));
    try (exchange) {
      answer.to(exchange);
    }
  }

  /** Ends its request where it begins: once the client has all of it, it may ask again at once. */
  private final class Body extends FilterOutputStream {

    private boolean begun;

    Body(OutputStream body) {
      super(body);
    }

    @Override
    public void write(int octet) throws IOException {
      begin();
      out.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      begin();
      out.write(octets, offset, length);
    }

    @Override
    public void close() throws IOException {
      begin();
      super.close();
    }

    private void begin() {
      if (!begun) {
        begun = true;
        atOnce.decrementAndGet();
      }
    }
  }

  /** Paths that were asked for so far. */
  List<String> paths() {
    return List.copyOf(paths);
  }

  /** The most requests that it had to deal with at once. */
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  String url(String path) {
    return site + ":" + server.getAddress().getPort() + path;
  }

  /** Answers 200 with this text. */
  static void send(HttpExchange exchange, String text) throws IOException {
    send(exchange, 200, text.getBytes(UTF_8));
  }

  /** Answers with these bytes. */
  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    // Zero means in chunks, the last of which is sent at the close; -1 would send all of it now.
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
