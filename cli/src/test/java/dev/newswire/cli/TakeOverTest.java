// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.newswire.broker.Broker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share feeds that never rest; one of them is killed. */
@Tag("slow")
class TakeOverTest {

  private static final int FEEDS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  /** How many items each feed has so far: each request finds one more, until they rest. */
  private final Map<String, AtomicInteger> items = new ConcurrentHashMap<>();

  /** Who asked for a feed last. */
  private final Map<String, String> askedBy = new ConcurrentHashMap<>();

  private volatile boolean resting;

  @Test
  void eachPollsItsShareAndTheOneThatLivesTakesAllOverWithoutLosingOrRepeatingAnArticle()
      throws Exception {
    HttpServer publisher =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    publisher.setExecutor(Executors.newCachedThreadPool());
    publisher.createContext("/", this::answer);
    publisher.start();
    try (Broker broker = Broker.start(folder.resolve("kafka"));
        FakeRegistry registry = new FakeRegistry()) {
      assertThat(newswire("init", "--bootstrap-server", broker.bootstrapServers()).exitCode())
          .isZero();
      Path opml = opml("http://localhost:" + publisher.getAddress().getPort());
      Console imported =
          newswire(
              "feeds",
              "import",
              opml,
              "--bootstrap-server",
              broker.bootstrapServers(),
              "--schema-registry-url",
              registry.url());
      assertThat(imported.exitCode()).as(imported.err()).isZero();
      try (ChildProcess first = ingest("first", broker, registry);
          ChildProcess second = ingest("second", broker, registry)) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(askedBy.values())
                        .as(() -> first.output() + second.output())
                        .hasSize(FEEDS)
                        .contains("first", "second"));

        first.kill();
        askedBy.values().removeIf("first"::equals);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(askedBy)
                        .as(second::output)
                        .hasSize(FEEDS)
                        .doesNotContainValue("first"));
        resting = true;
        Set<String> all =
            items.entrySet().stream()
                .flatMap(
                    feed ->
                        IntStream.rangeClosed(1, feed.getValue().get())
                            .mapToObj(item -> feed.getKey() + "/urn:" + feed.getKey() + ":" + item))
                .collect(Collectors.toSet());
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(
                () ->
                    assertThat(published(broker))
                        .as(second::output)
                        .containsAll(all)
                        .doesNotHaveDuplicates());
        assertThat(published(broker)).hasSameSizeAs(all);
      }
    } finally {
      publisher.stop(0);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String feed = exchange.getRequestURI().getPath().substring(1);
      String agent = exchange.getRequestHeaders().getFirst("User-Agent");
      AtomicInteger count = items.computeIfAbsent(feed, name -> new AtomicInteger());
      int number = resting ? count.get() : count.incrementAndGet();
      String list =
          IntStream.rangeClosed(1, number)
              .mapToObj(
                  item ->
                      "<item><guid>urn:%s:%d</guid><title>Item %d</title></item>"
                          .formatted(feed, item, item))
              .collect(Collectors.joining());
      byte[] body =
          ("<rss version=\"2.0\"><channel><title>H</title>" + list + "</channel></rss>")
              .getBytes(UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      askedBy.put(feed, agent.contains("first") ? "first" : "second");
    }
  }

  private Path opml(String publisher) throws IOException {
    String outlines =
        IntStream.range(0, FEEDS)
            .mapToObj(
                number ->
                    "<outline text='feed-%1$d' xmlUrl='%2$s/feed-%1$d'/>"
                        .formatted(number, publisher))
            .collect(Collectors.joining());
    return Files.writeString(
        folder.resolve("feeds.opml"), "<opml version='2.0'><body>" + outlines + "</body></opml>");
  }

  private ChildProcess ingest(String contact, Broker broker, FakeRegistry registry) {
    return ChildProcess.newswire(
        folder,
        "ingest",
        "--bootstrap-server",
        broker.bootstrapServers(),
        "--schema-registry-url",
        registry.url(),
        "--private-addresses",
        "--contact",
        contact,
        "--poll-interval",
        "1s",
        "--poll-interval-max",
        "1s",
        "-X",
        "session.timeout.ms=6000",
        "-X",
        "heartbeat.interval.ms=1000",
        "-X",
        "transaction.timeout.ms=6000");
  }

  /** Ids of the articles that were published, each as often as it was. */
  private static List<String> published(Broker broker) {
    List<String> ids = new ArrayList<>();
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("newswire.raw").stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(article -> ids.add(article.key()));
      }
    }
    return ids;
  }
}
