// SPDX-License-Identifier: Apache-2.0
package dev.newswire.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One KRaft node, broker and controller in one, bound to localhost, with its log in a folder. A
 * folder that an earlier run left, even one that was killed, is taken up where it stopped.
 *
 * <p>Thread-safe. At most one broker may use a folder at a time; seeing to that is the caller's.
 */
public final class Broker implements AutoCloseable {

  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final int port;
  private boolean closed;

  private Broker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts a broker on a free port; returns once it takes requests. */
  public static Broker start(Path folder) {
    return start(folder, freePort(), Map.of());
  }

  /**
   * Starts a broker; returns once it takes requests.
   *
   * @param folder where its log is, made where missing
   * @param port the port that clients connect to, free
   * @param settings further settings of Kafka's broker, which win over those made here
   * @throws UncheckedIOException where the folder can't be written
   * @throws IllegalStateException where the broker can't start
   */
  public static Broker start(Path folder, int port, Map<String, String> settings) {
    Map<String, Object> properties = properties(folder, port);
    properties.putAll(settings);
    format(folder);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw new IllegalStateException("the broker in " + folder + " can't start", e);
    }
    return new Broker(server, port);
  }

  /** A port of localhost that is free at this moment. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect: {@code localhost:port}. */
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** Stops the broker with everything flushed to its log. Again is harmless. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      server.shutdown();
      server.awaitShutdown();
    }
  }

  private static Map<String, Object> properties(Path folder, int port) {
    int controllerPort = freePort();
    Map<String, Object> properties = new HashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE));
    properties.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
    properties.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", folder.toAbsolutePath().toString());
    // Three a listener by default; each holds two of the process's open files, and one is enough
    // here.
    properties.put("num.network.threads", "1");
    properties.put("auto.create.topics.enable", "false");
    properties.put("default.replication.factor", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    // A transaction that begins before the last has its markers everywhere waits for them here, up
    // to
    // this long. After Kafka's 100 ms the producer is told to try again, and whatever it has sent
    // meanwhile is an error in the log: it is out of order (KAFKA-18202).
    properties.put("add.partitions.to.txn.retry.backoff.max.ms", "10000");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    // With one member there is nobody to wait for before the first assignment.
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    return properties;
  }

  private static void format(Path folder) {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    Formatter formatter =
        new Formatter()
            .setNodeId(NODE)
            .setClusterId(Uuid.randomUuid().toString())
            .setControllerListenerName("CONTROLLER")
            .setMetadataLogDirectory(folder.toAbsolutePath().toString())
            .addDirectory(folder.toAbsolutePath().toString())
            .setReleaseVersion(MetadataVersion.latestProduction())
            .setIgnoreFormatted(true)
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      Files.createDirectories(folder);
      formatter.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the folder " + folder + " can't be made a Kafka log", e);
    }
  }
}
