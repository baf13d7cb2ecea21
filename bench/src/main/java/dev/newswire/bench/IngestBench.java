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
import dev.newswire.ingest.formats.ParsedArticle;
import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.RawArticle;
import dev.newswire.runtime.TopicCreation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Parsing beside the bare XML and JSON parsers; publishing beside Kafka's bare producer. */
final class IngestBench {

  private static final int TEXTS = 200;
  private static final int RECORDS = 5_000;
  private static final int TRANSACTION = 500;
  private static final Instant RECEIVED = Instant.parse("2025-04-07T10:10:00Z");
  private static final int REPETITIONS = 30;

  private final Path corpora;
  private final Formats formats = new Formats();

  IngestBench(Path corpora) {
    this.corpora = corpora;
  }

  void formats() throws Exception {
    WireDocuments documents = new WireDocuments(Corpora.articles(corpora, TEXTS));
    xml("rss", documents.rss());
    xml("atom", documents.atom());
    xml("nitf", documents.nitf());
    xml("newsml-g2", documents.newsMlG2());
    json("json-feed", documents.jsonFeed());
  }

  private void xml(String name, List<byte[]> wire) throws Exception {
    WstxInputFactory factory = new WstxInputFactory();
    contest(name, wire, "bare XML parser", document -> read(factory, document));
  }

  private void json(String name, List<byte[]> wire) throws Exception {
    JsonFactory factory = new JsonFactory();
    contest(name, wire, "bare JSON parser", document -> read(factory, document));
  }

  /** Reads a document and says how many characters of text it holds. */
  private interface BareParser {
    long read(byte[] document) throws Exception;
  }

  private void contest(String name, List<byte[]> wire, String otherName, BareParser other)
      throws Exception {
    long items = 0;
    for (byte[] document : wire) {
      items += parse(document).size();
    }
    long units = REPETITIONS * items;
    Contest.run(
        name + ", items",
        1 / 3.0,
        () -> {
          long parsed = 0;
          for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            for (byte[] document : wire) {
              parsed += parse(document).size();
            }
          }
          return parsed;
        },
        otherName,
        () -> {
          long characters = 0;
          for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            for (byte[] document : wire) {
              characters += other.read(document);
            }
          }
          if (characters == 0) {
            throw new IllegalStateException("the documents hold no text");
          }
          return units;
        });
  }

  /** All events, with the names, values and texts that they hold. */
  private static long read(WstxInputFactory factory, byte[] document) throws XMLStreamException {
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
    long characters = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          characters += reader.getLocalName().length();
          for (int i = 0; i < reader.getAttributeCount(); i++) {
            characters += reader.getAttributeValue(i).length();
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            characters += reader.getText().length();
        default -> {}
      }
    }
    return characters;
  }

  /** All tokens, with the names, values and texts that they hold. */
  private static long read(JsonFactory factory, byte[] document) throws IOException {
    long characters = 0;
    try (JsonParser parser = factory.createParser(document)) {
      while (parser.nextToken() != null) {
        characters += parser.getText().length();
      }
    }
    return characters;
  }

  private List<ParsedArticle> parse(byte[] document) {
    Formats.Content content =
        formats.read(Delivery.of("bench", "bench", "bench", RECEIVED), document);
    if (!content.rejects().isEmpty()) {
      throw new IllegalStateException(content.rejects().get(0).reason());
    }
    return content.articles();
  }

  /**
   * A backfill: ours is unpacking, parsing, looking up, serialising, sending and remembering; the
   * other only sends records of the same sizes, as many in a transaction.
   */
  void publishing() throws Exception {
    byte[] backfill = zip(new WireDocuments(Corpora.articles(corpora, RECORDS)).rss());
    Path folder = Files.createTempDirectory("newswire-bench");
    try (Broker broker = Broker.start(folder)) {
      Cluster cluster = Cluster.at(broker.bootstrapServers(), Cluster.IN_PROCESS_REGISTRY);
      try (Admin admin = Admin.create(cluster.clientProperties())) {
        new TopicCreation(admin, Optional.empty()).ensure(cluster.topics().all());
      }
      List<byte[]> records = serialised(cluster, backfill);
      Map<String, Object> properties = cluster.producerProperties();
      properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "bare");
      int[] run = {0};
      try (Publisher publisher = new Publisher(cluster, "bench", formats);
          KafkaProducer<byte[], byte[]> bare =
              new KafkaProducer<>(
                  properties, new ByteArraySerializer(), new ByteArraySerializer())) {
        bare.initTransactions();
        Contest.run(
            "published, items",
            0.5,
            () -> {
              Delivery delivery = Delivery.of("bench", "bench-" + run[0]++, "bench", RECEIVED);
              return publisher
                  .publish(delivery, new ByteArrayInputStream(backfill), counts -> {})
                  .counts()
                  .published();
            },
            "bare producer, same settings",
            () -> send(cluster, bare, records));
      }
    }
  }

  private static byte[] zip(List<byte[]> documents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (byte[] document : documents) {
        zip.putNextEntry(new ZipEntry("feed-" + bytes.size() + ".xml"));
        zip.write(document);
      }
    }
    return bytes.toByteArray();
  }

  /** What of a backfill is sent, so that the other sends records of these sizes. */
  private List<byte[]> serialised(Cluster cluster, byte[] backfill) {
    List<byte[]> records = new ArrayList<>();
    try (Serializer<RawArticle> serializer = cluster.serializer(cluster.topics().raw())) {
      parse(backfill)
          .forEach(
              article ->
                  records.add(serializer.serialize(cluster.topics().raw().name(), article.raw())));
    }
    return records;
  }

  // A send that fails makes the commit fail.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static long send(
      Cluster cluster, KafkaProducer<byte[], byte[]> bare, List<byte[]> records) {
    for (int begin = 0; begin < records.size(); begin += TRANSACTION) {
      bare.beginTransaction();
      for (int i = begin; i < Math.min(begin + TRANSACTION, records.size()); i++) {
        bare.send(
            new ProducerRecord<>(
                cluster.topics().raw().name(), ("key-" + i).getBytes(UTF_8), records.get(i)));
      }
      bare.commitTransaction();
    }
    return records.size();
  }
}
