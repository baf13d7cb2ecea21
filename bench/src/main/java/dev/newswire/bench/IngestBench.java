// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.newswire.broker.Broker;
import dev.newswire.ingest.Publisher;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.ingest.formats.Output;
import dev.newswire.ingest.formats.Reject;
import dev.newswire.schemas.Cluster;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.TopicCreation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Parsing beside the bare XML and JSON parsers; publishing beside Kafka's bare producer. */
final class IngestBench {

  private static final int ITEMS = 200;
  private static final int RECORDS = 10_000;
  private static final String PARAGRAPH =
      "<p>The two delegations met in Vienna on Monday &amp; agreed to meet again, officials said.</p>";

  private final Formats formats = new Formats();

  void formats() throws Exception {
    xml("rss", rss(ITEMS));
    xml("atom", atom());
    xml("nitf", nitf());
    xml("newsml-g2", newsMlG2());
    json();
  }

  private void xml(String name, String document) throws Exception {
    byte[] bytes = document.getBytes(UTF_8);
    WstxInputFactory factory = new WstxInputFactory();
    long items = parse(bytes);
    Contest.run(
        name + ", items",
        1 / 3.0,
        () -> {
          for (int round = 0; round < 20; round++) {
            parse(bytes);
          }
          return 20 * items;
        },
        "bare XML parser",
        () -> {
          for (int round = 0; round < 20; round++) {
            read(factory, bytes);
          }
          return 20 * items;
        });
  }

  private static void read(WstxInputFactory factory, byte[] bytes) throws XMLStreamException {
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
    long characters = 0;
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamReader.CHARACTERS) {
        characters += reader.getTextLength();
      }
    }
    if (characters == 0) {
      throw new IllegalStateException("the document holds no text");
    }
  }

  private void json() throws Exception {
    String items =
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    "{\"id\":\"%d\",\"title\":\"Talks %d\",\"content_html\":\"%s\"}"
                        .formatted(i, i, PARAGRAPH.repeat(6)))
            .collect(Collectors.joining(","));
    byte[] bytes =
        ("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"t\",\"items\":["
                + items
                + "]}")
            .getBytes(UTF_8);
    JsonFactory factory = new JsonFactory();
    Contest.run(
        "json-feed, items",
        1 / 3.0,
        () -> parse(bytes),
        "bare JSON parser",
        () -> {
          try (JsonParser parser = factory.createParser(bytes)) {
            while (parser.nextToken() != null) {
              parser.getText();
            }
          }
          return ITEMS;
        });
  }

  private long parse(byte[] bytes) throws IOException {
    AtomicLong articles = new AtomicLong();
    formats.parse(
        Delivery.of("bench", "bench", "bench", Instant.EPOCH),
        new ByteArrayInputStream(bytes),
        new Output() {
          @Override
          public void article(RawArticle raw) {
            articles.incrementAndGet();
          }

          @Override
          public void reject(Reject reject) {
            throw new IllegalStateException(reject.reason());
          }
        });
    return articles.get();
  }

  private static String rss(int items) {
    return "<rss version=\"2.0\"><channel><title>t</title>"
        + IntStream.range(0, items)
            .mapToObj(
                i ->
                    "<item><guid>%d</guid><title>Talks %d</title><pubDate>Mon, 07 Apr 2025 10:00:00 GMT</pubDate><description><![CDATA[%s]]></description></item>"
                        .formatted(i, i, PARAGRAPH.repeat(6)))
            .collect(Collectors.joining())
        + "</channel></rss>";
  }

  private static String atom() {
    return "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>u</id><title>t</title><updated>2025-04-07T10:00:00Z</updated>"
        + IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    "<entry><id>urn:%d</id><title>Talks %d</title><updated>2025-04-07T10:00:00Z</updated><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">%s</div></content></entry>"
                        .formatted(i, i, PARAGRAPH.repeat(6)))
            .collect(Collectors.joining())
        + "</feed>";
  }

  private static String nitf() {
    return "<nitf><head><docdata><doc-id id-string=\"1\"/><date.issue norm=\"20250407T100000Z\"/></docdata></head><body><body.head><hedline><hl1>Talks</hl1></hedline></body.head><body.content>"
        + PARAGRAPH.repeat(60)
        + "</body.content></body></nitf>";
  }

  private static String newsMlG2() {
    String item =
        "<newsItem guid=\"urn:%d\" version=\"1\"><itemMeta><itemClass qcode=\"ninat:text\"/><provider literal=\"b\"/><versionCreated>2025-04-07T10:00:00Z</versionCreated></itemMeta><contentMeta><headline>Talks</headline></contentMeta><contentSet><inlineXML contenttype=\"application/xhtml+xml\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><body>%s</body></html></inlineXML></contentSet></newsItem>";
    return "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><header/><itemSet>"
        + IntStream.range(0, ITEMS)
            .mapToObj(i -> item.formatted(i, PARAGRAPH.repeat(6)))
            .collect(Collectors.joining())
        + "</itemSet></newsMessage>";
  }

  /** Ours is parsing, looking up and serialising besides; the other only sends the bytes. */
  void publishing() throws Exception {
    Path folder = Files.createTempDirectory("newswire-bench");
    try (Broker broker = Broker.start(folder)) {
      Cluster cluster = Cluster.at(broker.bootstrapServers(), Cluster.IN_PROCESS_REGISTRY);
      try (Admin admin = Admin.create(cluster.clientProperties())) {
        new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
      }
      Map<String, Object> properties = cluster.producerProperties();
      properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "bare");
      int[] run = {0};
      byte[] record = rss(1).repeat(3).getBytes(UTF_8);
      try (Publisher publisher = new Publisher(cluster, "bench", formats);
          KafkaProducer<byte[], byte[]> bare =
              new KafkaProducer<>(
                  properties, new ByteArraySerializer(), new ByteArraySerializer())) {
        bare.initTransactions();
        Contest.run(
            "published, items",
            0.5,
            () -> {
              byte[] feed = rss(RECORDS).getBytes(UTF_8);
              Delivery delivery = Delivery.of("bench", "bench-" + run[0]++, "bench", Instant.EPOCH);
              return publisher
                  .publish(delivery, new ByteArrayInputStream(feed), counts -> {})
                  .published();
            },
            "bare producer, same settings",
            () -> send(cluster, bare, record));
      }
    }
  }

  // A send that fails makes the commit fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static long send(Cluster cluster, KafkaProducer<byte[], byte[]> bare, byte[] record) {
    for (int begin = 0; begin < RECORDS; begin += 500) {
      bare.beginTransaction();
      for (int i = 0; i < 500; i++) {
        bare.send(
            new ProducerRecord<>(
                cluster.topics().raw().name(), ("k" + begin + i).getBytes(UTF_8), record));
      }
      bare.commitTransaction();
    }
    return RECORDS;
  }
}
