// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.http.EventStream;
import dev.newswire.sink.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of each article that the store has taken or withdrawn, in order. It learns from
 * Kafka that there is something, and waits until the store's own offsets say that it is stored, so
 * that nobody is told of what a search does not find. While nobody listens it does not read.
 * Thread-safe.
 */
final class LiveWire implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveWire.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** What is remembered for those who come back. */
  private static final int REMEMBERED = 5_000;

  /** What waits for the store; the oldest leave, and listeners are told to look anew. */
  private static final int MOST_WAITING = 10_000;

  private final Cluster cluster;
  private final String topic;
  private final Stores stores;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final List<EventStream> listeners = new CopyOnWriteArrayList<>();
  private final Deque<Event> past = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Thread thread = new Thread(this::run, "newswire-live");
  private volatile boolean closed;
  private boolean following;
  private long number;
  private Instant lastSent = Instant.EPOCH;

  /** An event as it is sent. */
  private record Event(long number, String text) {}

  /** A record that the store may not have yet. */
  private record Waiting(int partition, long offset, String articleId) {}

  LiveWire(Cluster cluster, Stores stores) {
    this.cluster = cluster;
    this.topic = cluster.topics().enriched().name();
    this.stores = stores;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * Sends what comes from now on, and before it what a client missed.
   *
   * @param lastEventId what the client had last; empty for a new one
   */
  void listen(EventStream stream, Optional<String> lastEventId) {
    synchronized (past) {
      stream.send("retry: 1000\n\n");
      lastEventId.ifPresent(id -> missed(id).forEach(stream::send));
      if (following) {
        stream.send(event("hello", number, "{}"));
      }
      listeners.add(stream);
      past.notifyAll();
    }
  }

  private List<String> missed(String lastEventId) {
    long last = numberOf(lastEventId);
    long oldest = past.isEmpty() ? number + 1 : past.peekFirst().number;
    if (last < oldest - 1 || last > number) {
      return List.of(event("reset", number, "{}"));
    }
    return past.stream().filter(event -> event.number > last).map(Event::text).toList();
  }

  /** The number in an id of this run, or -1. */
  private long numberOf(String id) {
    String prefix = run + "-";
    String digits = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
  }

  private String event(String name, long id, String data) {
    return "id: " + run + "-" + id + "\nevent: " + name + "\ndata: " + data + "\n\n";
  }

  private void run() {
    while (!closed) {
      try {
        awaitListener();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
          follow(consumer);
        } finally {
          setFollowing(false);
        }
        // Nobody listens any more; whoever comes back looks anew.
        reset();
      } catch (InterruptedException | InterruptException e) {
        return;
      } catch (KafkaException | Problem e) {
        LOG.debug("the live wire pauses", e);
        pause();
        reset();
      } catch (RuntimeException | Error e) {
        LOG.error("the live wire fails, and begins anew", e);
        pause();
        reset();
      }
    }
  }

  /** Whoever listens is told from when on nothing is missed. */
  private void setFollowing(boolean now) {
    synchronized (past) {
      following = now;
      if (now) {
        sendAll(event("hello", number, "{}"));
      }
    }
  }

  private void awaitListener() throws InterruptedException {
    synchronized (past) {
      while (listeners.isEmpty()) {
        past.wait();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private KafkaConsumer<String, byte[]> consumer() {
    Map<String, Object> properties = new java.util.HashMap<>(cluster.consumerProperties());
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private void follow(KafkaConsumer<String, byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Without this the end is that of the moment of the first poll's answer.
    partitions.forEach(consumer::position);
    setFollowing(true);
    while (!closed && !listeners.isEmpty()) {
      for (ConsumerRecord<String, byte[]> record :
          consumer.poll(waiting.isEmpty() ? LOOK : GLANCE)) {
        if (record.key() != null) {
          waiting.add(new Waiting(record.partition(), record.offset(), record.key()));
        }
      }
      if (waiting.size() > MOST_WAITING) {
        waiting.clear();
        reset();
      }
      if (!waiting.isEmpty()) {
        tellStored();
      }
      beat();
    }
  }

  private void tellStored() {
    Map<Integer, Long> stored = stores.ask(store -> store.offsets(cluster.group("sink"), topic));
    List<Waiting> ready =
        waiting.stream()
            .filter(each -> each.offset < stored.getOrDefault(each.partition, 0L))
            .toList();
    // A failure from here on is an end of this run; what was not said is made good by a reset.
    waiting.removeAll(Set.copyOf(ready));
    for (String id : new LinkedHashSet<>(ready.stream().map(Waiting::articleId).toList())) {
      send(stores.ask(store -> told(store, id)));
    }
  }

  /** Name and data of what is to be said of an article. */
  private record Told(String name, String data) {}

  private static Told told(Search store, String id) {
    return store
        .article(id)
        .map(
            record ->
                new Told(
                    "article",
                    Json.text(json -> ArticleJson.row(json, ArticleJson.unmarked(record)))))
        .or(
            () ->
                store
                    .withdrawal(id)
                    .map(
                        gone ->
                            new Told(
                                "withdrawn",
                                Json.text(json -> ArticleJson.withdrawal(json, gone)))))
        // Under embargo: whoever has it must not show it.
        .orElseGet(() -> new Told("withdrawn", Json.text(json -> json.writeStringField("id", id))));
  }

  private void send(Told told) {
    synchronized (past) {
      number++;
      String text = event(told.name, number, told.data);
      past.addLast(new Event(number, text));
      if (past.size() > REMEMBERED) {
        past.removeFirst();
      }
      sendAll(text);
    }
  }

  /** Some may have been missed: whoever listens is to look anew. */
  private void reset() {
    synchronized (past) {
      past.clear();
      number++;
      sendAll(event("reset", number, "{}"));
    }
  }

  private void beat() {
    if (Instant.now().isAfter(lastSent.plus(HEARTBEAT))) {
      sendAll(": still here\n\n");
    }
  }

  private void sendAll(String text) {
    lastSent = Instant.now();
    listeners.removeIf(listener -> !listener.send(text));
  }

  /** How many listen now. */
  int listeners() {
    return listeners.size();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    listeners.forEach(EventStream::close);
  }
}
