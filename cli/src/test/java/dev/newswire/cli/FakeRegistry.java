// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of a schema registry's HTTP API (Confluent's) as a serializer and a deserializer ask for.
 */
final class FakeRegistry implements AutoCloseable {

  private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(\\d+)");
  private static final String SCHEMA = "schema";

  private final ObjectMapper mapper = new ObjectMapper();
  private final List<String> schemas = new ArrayList<>();
  private final HttpServer server;

  FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** How many schemas were registered with it. */
  synchronized int size() {
    return schemas.size();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher id = BY_ID.matcher(exchange.getRequestURI().getPath());
      if (exchange.getRequestMethod().equals("POST")) {
        String schema = mapper.readTree(exchange.getRequestBody()).get(SCHEMA).asText();
        if (!schemas.contains(schema)) {
          schemas.add(schema);
        }
        int number = schemas.indexOf(schema) + 1;
        send(exchange, Map.of("id", number, "version", 1, SCHEMA, schema, "subject", "any"));
      } else if (id.matches()) {
        send(exchange, Map.of(SCHEMA, schemas.get(Integer.parseInt(id.group(1)) - 1)));
      } else {
        send(exchange, List.of());
      }
    }
  }

  private void send(HttpExchange exchange, Object body) throws IOException {
    byte[] bytes = mapper.writeValueAsString(body).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
