// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose fault it is that a record can't be read: its own, or the registry's. */
class RecordDeserializerTest {

  private final TopicSerdes serdes = serdes(TopicSerdes.IN_PROCESS_REGISTRY);
  private final TopicSpec<RawArticle> topic = serdes.topics().raw();

  /** Avro may have decoded before, and then has its own limits in use. */
  @Test
  void aListThatClaimsTwoThousandMillionItemsIsUnreadable() {
    Feed.newBuilder().setName("a").setProvider("a").setUrl("https://a.example/").build();
    byte[] valid = serialize(topic, Samples.raw());
    int lists = valid.length - 2; // An empty list of warnings and no page end a raw article.
    assertThat(valid).endsWith(0, 0);
    ByteBuffer hostile = ByteBuffer.allocate(lists + 5).put(valid, 0, lists);
    for (long rest = 2L * (Integer.MAX_VALUE - 8); rest != 0; rest >>>= 7) {
      hostile.put((byte) (rest > 0x7f ? (rest & 0x7f) | 0x80 : rest));
    }

    assertThatThrownBy(() -> read(serdes, hostile.array()))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining("2147483639");
  }

  @Test
  void noBytesAtAllAreUnreadable() {
    assertThatThrownBy(() -> read(serdes, new byte[0])).isInstanceOf(UnreadableRecord.class);
  }

  @Test
  void aRecordOfAnotherTypeIsUnreadableAndSaysWhichItIs() {
    byte[] rules =
        serialize(serdes.topics().taxonomy(), new Rules(1L, Instant.EPOCH, "topics:", null, null));

    assertThatThrownBy(() -> read(serdes, rules))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining("Rules")
        .hasMessageContaining("RawArticle");
  }

  @Test
  void aSchemaThatTheRegistryDoesNotHaveMakesARecordUnreadable() {
    byte[] record = ByteBuffer.allocate(40).put((byte) 0).putInt(4711).array();

    assertThatThrownBy(() -> read(serdes, record))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining("4711");
  }

  @Test
  void whateverIsChangedInARecordItIsReadOrUnreadable() {
    byte[] valid = serialize(topic, Samples.raw());
    Random random = new Random(16);
    try (Deserializer<RawArticle> deserializer = serdes.deserializer(topic)) {
      for (int i = 0; i < 5_000; i++) {
        byte[] record = Arrays.copyOf(valid, 1 + random.nextInt(valid.length));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
          record[random.nextInt(record.length)] = (byte) random.nextInt();
        }
        try {
          assertThat(deserializer.deserialize(topic.name(), record)).isNotNull();
        } catch (UnreadableRecord e) {
          assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
      }
    }
  }

  /** A registry that says no such schema answers for certain; any other answer is an outage. */
  @ParameterizedTest
  @CsvSource({
    "404, 40403, false",
    "404, 404, true",
    "401, 40101, true",
    "403, 40301, true",
    "429, 429, true",
    "500, 50001, true",
    "503, 503, true"
  })
  void anAnswerOfTheRegistryIsAnOutageUnlessItSaysThatThereIsNoSuchSchema(
      int status, int code, boolean outage) throws IOException {
    byte[] record = serialize(topic, Samples.raw());
    try (ServerSocket server = new ServerSocket(0)) {
      answering(server, status, "{\"error_code\":" + code + ",\"message\":\"said so\"}");
      TopicSerdes other = serdes("http://localhost:" + server.getLocalPort());

      assertThatThrownBy(() -> read(other, record))
          .isInstanceOf(outage ? RegistryUnavailable.class : UnreadableRecord.class);
    }
  }

  @Test
  void aRegistryThatIsNotThereIsAnOutageForReaderAndWriter() throws IOException {
    byte[] record = serialize(topic, Samples.raw());
    int port;
    try (ServerSocket server = new ServerSocket(0)) {
      port = server.getLocalPort();
    }
    TopicSerdes other = serdes("http://localhost:" + port);

    assertThatThrownBy(() -> read(other, record))
        .isInstanceOf(RegistryUnavailable.class)
        .hasMessageContaining("schema registry");
    try (Serializer<RawArticle> serializer = other.serializer(topic)) {
      assertThatThrownBy(() -> serializer.serialize(topic.name(), Samples.raw()))
          .isInstanceOf(RegistryUnavailable.class)
          .hasMessageContaining("schema registry");
    }
  }

  @Test
  void aRefusedSchemaIsOneShortLine() throws IOException {
    String schema = "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"RawArticle\\\"}";
    try (ServerSocket server = new ServerSocket(0)) {
      answering(
          server,
          409,
          "{\"error_code\":409,\"message\":\"Schema being registered is incompatible; "
              + schema.repeat(100)
              + "\"}");
      TopicSerdes other = serdes("http://localhost:" + server.getLocalPort());
      try (Serializer<RawArticle> serializer = other.serializer(topic)) {
        assertThatThrownBy(() -> serializer.serialize(topic.name(), Samples.raw()))
            .isInstanceOf(RegistryUnavailable.class)
            .hasMessageContaining("incompatible")
            .message()
            .hasSizeLessThan(300)
            .doesNotContain("\n", "record");
      }
    }
  }

  @Test
  void onceAllSchemasAreRegisteredWritersNeedNotRegisterThem() throws Exception {
    TopicSerdes writer =
        new TopicSerdes(
            TopicSerdes.IN_PROCESS_REGISTRY,
            new Topics("registered"),
            Map.of("auto.register.schemas", "false"));

    Map<String, Integer> ids = writer.register();

    assertThat(ids).containsKeys("registered.raw-value", "registered.feed-state-value");
    assertThat(
            MockSchemaRegistry.getClientForScope("newswire")
                .getCompatibility("registered.raw-value"))
        .isEqualTo("FULL");
    try (Serializer<RawArticle> serializer = writer.serializer(writer.topics().raw())) {
      byte[] bytes = serializer.serialize("registered.raw", Samples.raw());
      assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(ids.get("registered.raw-value"));
    }
  }

  /** Answers every request alike until the server is closed. */
  private static void answering(ServerSocket server, int status, String body) {
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  socket.setSoTimeout(100);
                  skipRequest(socket.getInputStream());
                  socket
                      .getOutputStream()
                      .write(
                          ("HTTP/1.1 "
                                  + status
                                  + " Said\r\nContent-Type: application/json\r\n"
                                  + "Connection: close\r\nContent-Length: "
                                  + body.length()
                                  + "\r\n\r\n"
                                  + body)
                              .getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                  // The server is closed, or the client went away.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void skipRequest(InputStream in) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try {
      while (in.read(buffer) >= 0) {
        // Until the client has said all.
      }
    } catch (java.net.SocketTimeoutException e) {
      // It has.
    }
  }

  private static TopicSerdes serdes(String registry) {
    return new TopicSerdes(registry, new Topics("newswire"), Map.of());
  }

  private static <V> byte[] serialize(TopicSpec<V> topic, V value) {
    TopicSerdes serdes = serdes(TopicSerdes.IN_PROCESS_REGISTRY);
    try (Serializer<V> serializer = serdes.serializer(topic)) {
      return serializer.serialize(topic.name(), value);
    }
  }

  private RawArticle read(TopicSerdes from, byte[] bytes) {
    try (Deserializer<RawArticle> deserializer = from.deserializer(topic)) {
      return deserializer.deserialize(topic.name(), bytes);
    }
  }
}
