// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newswire.broker.Broker;
import dev.newswire.cli.demo.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One {@code newswire run} with its desk, on the sample items, for all test classes that ask for
 * it. It runs until the tests end.
 */
final class RunningDesk implements AutoCloseable {

  /** Of the 40 sample items: the others are repeats, older revisions, killed, or dead letters. */
  static final int ARTICLES = 30;

  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final Path data;
  private final ChildProcess process;
  private final URI address;

  private RunningDesk() throws IOException {
    folder = Files.createTempDirectory("newswire-desk");
    data = folder.resolve("data");
    process =
        ChildProcess.newswire(
            folder,
            "run",
            "--data",
            data,
            "--kafka-port",
            Broker.freePort(),
            "--desk-port",
            Broker.freePort(),
            "--drop-settle",
            "200ms");
    Path file = data.resolve("desk");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(file).as(process::output).isNotEmptyFile());
    address = URI.create(Files.readString(file).strip());
    for (Samples.Sample sample : Samples.all()) {
      try (InputStream content = sample.open()) {
        drop(sample.provider(), sample.path().replace('/', '-'), content.readAllBytes());
      }
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(get("articles").path("total").asInt())
                    .as(process::output)
                    .isEqualTo(ARTICLES));
  }

  /** Gives the running desk to those who ask for it. */
  static final class Extension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RunningDesk.class;
    }

    @Override
    public RunningDesk resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(RunningDesk.class, type -> start(), RunningDesk.class);
    }

    private static RunningDesk start() {
      try {
        return new RunningDesk();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /** The address with the token in it. */
  URI address() {
    return address;
  }

  /** The address without it, ending in a slash. */
  String base() {
    return address.toString().substring(0, address.toString().indexOf('?'));
  }

  String token() {
    return address.getQuery().substring("token=".length());
  }

  Path data() {
    return data;
  }

  String output() {
    return process.output();
  }

  /** Puts a file into the folder that ingest reads, at once. */
  void drop(String provider, String name, byte[] content) throws IOException {
    Path into = Files.createDirectories(data.resolve("drop").resolve(provider));
    Path written = Files.write(folder.resolve(name), content);
    Files.move(written, into.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Puts an RSS feed of one item there. */
  void dropItem(String provider, String guid, String title, String text) throws IOException {
    String feed =
        """
        <rss version="2.0"><channel><title>%s</title><link>https://%s.example/</link>
        <item><guid isPermaLink="false">%s</guid><title>%s</title><description>%s</description>
        <pubDate>%s</pubDate></item></channel></rss>
        """
            .formatted(
                provider,
                provider,
                guid,
                escaped(title),
                escaped(text),
                java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC)));
    drop(provider, guid + "-" + System.nanoTime() + ".xml", feed.getBytes(UTF_8));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base() + path));
  }

  HttpRequest.Builder authorized(String path) {
    return request(path).header("Authorization", "Bearer " + token());
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The lines of an answer that goes on. */
  Stream<String> lines(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofLines()).body();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the API answers whoever has the token. */
  HttpResponse<String> call(String path) {
    return send(authorized("api/v1/" + path));
  }

  /** The same, which must be right, as JSON. */
  JsonNode get(String path) {
    HttpResponse<String> response = call(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** An address's query. */
  static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + java.net.URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public void close() throws IOException {
    process.stop();
    process.awaitEnd();
    process.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
