// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.FeedNotice;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.ingest.formats.Output;
import dev.newswire.ingest.formats.ParsedArticle;
import dev.newswire.ingest.formats.Reject;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.Outage;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.FeedState;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Signals;
import dev.newswire.schemas.TopicSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what deliveries hold on Kafka: articles, dead letters of the items that can't be read, and
 * the memory of both, in one transaction; so a crash at any moment neither loses nor repeats an
 * article. A large delivery takes several transactions; delivered again after a crash, what was
 * committed is known, and the next transaction is made while one is committed. Small deliveries may
 * share one ({@link #together}). Not thread-safe.
 */
public final class Publisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  /** Kafka's own fields of a record come on top. */
  private static final int LARGEST_RECORD = TopicSpec.MAXIMUM_RECORD_BYTES - 1024;

  /** Most texts that are remembered of one dated revision; the oldest leaves. */
  private static final int MOST_TEXTS = 16;

  /** The same of an undated one, all of one delivery. */
  private static final int MOST_TEXTS_OF_A_DELIVERY = 1_000;

  /**
   * What became of a delivery.
   *
   * @param whyUnreadable why its first item can't be read, where none of its items can; empty where
   *     one can, and where it has none
   */
  public record Outcome(Counts counts, Optional<String> whyUnreadable) {}

  /**
   * What a delivery of a feed held.
   *
   * @param notice what the feed says to those who poll it
   * @param links further documents of the same feed
   * @param held articles that are new and were held back
   * @param whyUnreadable see {@link Outcome}
   * @param whyCut why the rest of it could not be read; empty where all of it was
   */
  record Poll(
      Counts counts,
      Optional<FeedNotice> notice,
      List<URI> links,
      List<RawArticle> held,
      Optional<String> whyUnreadable,
      Optional<String> whyCut) {

    /** Whether all of it is published. */
    boolean isComplete() {
      return links.isEmpty() && held.isEmpty();
    }
  }

  /**
   * The share of the feeds that an instance has. Committed with each transaction, so that a commit
   * fails once the group has gone on without this instance (KIP-447).
   *
   * @param offsets of the partition that the feed is in
   * @param group this instance's membership as it is now
   */
  record Membership(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {}

  private final Cluster cluster;
  private final Formats formats;
  private final Supplier<Transactions> connection;
  private final Serializer<RawArticle> articles;
  private final Serializer<FeedState> states;
  private Optional<Transactions> transactions = Optional.empty();
  private Memory memory;

  /** Whether what is published waits for the end of {@link #together}. */
  private boolean together;

  /** What the next transaction is to hold. */
  private Batch next = new Batch();

  private Optional<Underway> underway = Optional.empty();

  /**
   * A transaction that was begun.
   *
   * @param outcome for {@link Transactions#await}
   * @param committed run once it is committed
   */
  private record Underway(Batch batch, Future<?> outcome, Runnable committed) {}

  /**
   * A publisher; nobody else may publish under the same transactional id.
   *
   * @param transactionalId Kafka's, stable across restarts; a second publisher with it takes over
   */
  public Publisher(Cluster cluster, String transactionalId, Formats formats) {
    this(cluster, transactionalId, formats, new SimpleMeterRegistry());
  }

  /** The same, with Kafka's own metrics of the producer among the meters. */
  Publisher(Cluster cluster, String transactionalId, Formats formats, MeterRegistry meters) {
    this(cluster, formats, () -> Transactions.under(transactionalId, cluster, meters));
  }

  /**
   * The same on other transactions.
   *
   * @param connection makes them at first, and anew after an outage
   */
  Publisher(Cluster cluster, Formats formats, Supplier<Transactions> connection) {
    this.cluster = cluster;
    this.formats = formats;
    this.connection = connection;
    this.articles = cluster.serializer(cluster.topics().raw());
    this.states = cluster.serializer(cluster.topics().feedState());
  }

  /**
   * Publishes what a delivery holds and is not known yet.
   *
   * @param progress told the counts so far after each committed transaction
   * @throws IOException where the content can't be read to its end
   * @throws Outage where Kafka does not take it now; whatever was not committed is undone
   */
  public Outcome publish(Delivery delivery, InputStream content, Consumer<Counts> progress)
      throws IOException {
    Publication publication =
        new Publication(delivery, false, progress, Optional.empty(), raw -> false);
    try {
      publish(
          publication,
          () -> {
            try {
              formats.parse(delivery, content, publication);
              publication.forgetWhatLeft();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return publication.outcome();
  }

  /**
   * The same of a delivery that memory holds.
   *
   * @throws Outage where Kafka does not take it now; whatever was not committed is undone
   */
  public Outcome publish(Delivery delivery, byte[] content) {
    Publication publication =
        new Publication(delivery, false, counts -> {}, Optional.empty(), raw -> false);
    publish(publication, content, poll -> Optional.empty());
    return publication.outcome();
  }

  /**
   * Publishes an item that was a dead letter; one that can't be read still is a dead letter anew.
   *
   * @throws Outage where Kafka does not take it now; whatever was not committed is undone
   */
  public Counts publishAgain(Delivery delivery, byte[] content) {
    Publication publication =
        new Publication(delivery, true, counts -> {}, Optional.empty(), raw -> false);
    publish(publication, content, poll -> Optional.empty());
    return publication.counts;
  }

  /**
   * Publishes what a feed delivered, and in the last transaction how the poll went.
   *
   * @param held which articles are held back if they are new, to be published by {@link
   *     #publishHeld}
   * @param state what to remember of the poll, given what its delivery held; empty to leave it
   * @param membership fences this publisher off once the feed belongs to another instance
   */
  Poll publish(
      Delivery delivery,
      byte[] content,
      Predicate<RawArticle> held,
      Function<Poll, Optional<PollState>> state,
      Membership membership) {
    Publication publication =
        new Publication(delivery, false, counts -> {}, Optional.of(membership), held);
    publish(publication, content, state);
    return publication.poll();
  }

  /**
   * Publishes an article that was held back, under the hash that the feed gave it: what was added
   * to it meanwhile makes no new revision.
   *
   * @param held the article as it was held back
   * @param whole the same article as it is to be published
   */
  Counts publishHeld(Delivery delivery, RawArticle held, RawArticle whole, Membership membership) {
    Publication publication =
        new Publication(delivery, false, counts -> {}, Optional.of(membership), raw -> false);
    Article given = held.getArticle();
    publish(
        publication,
        () -> publication.article(given, given.getRevision().getContentHash(), () -> whole));
    return publication.counts;
  }

  private void publish(
      Publication publication, byte[] content, Function<Poll, Optional<PollState>> state) {
    Delivery delivery = publication.delivery;
    publish(
        publication,
        () -> {
          formats.parse(delivery, content, publication);
          publication.forgetWhatLeft();
          state
              .apply(publication.poll())
              .ifPresent(poll -> publication.remember(delivery.feed(), new FeedState(poll, null)));
        });
  }

  /** Remembers how a poll went that gave no delivery. */
  void remember(String feed, PollState poll, Membership membership) {
    Publication publication =
        new Publication(null, false, counts -> {}, Optional.of(membership), raw -> false);
    publish(publication, () -> publication.remember(feed, new FeedState(poll, null)));
  }

  private void publish(Publication publication, Runnable items) {
    if (together) {
      connect();
      items.run();
      publication.handOver();
      return;
    }
    together(
        () -> {
          publish(publication, items);
          return publication;
        });
    publication.progress.accept(publication.counts);
  }

  /**
   * Publishes in one transaction what some work publishes piece by piece, since a commit takes
   * about as long for many pieces as for one. A piece that fails leaves nothing behind, and harms
   * no other where the work goes on.
   *
   * @throws Outage where Kafka does not take it now; then all pieces are to be published again
   */
  <T> T together(Supplier<T> work) {
    together = true;
    try {
      T result = work.get();
      commit(() -> {});
      return result;
    } finally {
      together = false;
      next = new Batch();
      // What was begun before the work failed counts; an outage here is worse than that failure.
      settle();
    }
  }

  /** Begins to commit what was handed over; the next batch is made meanwhile. */
  private void commit(Runnable committed) {
    settle();
    Batch batch = next;
    next = new Batch();
    if (batch.isEmpty()) {
      committed.run();
    } else {
      Future<?> outcome = transactions.orElseThrow().begin(batch);
      underway = Optional.of(new Underway(batch, outcome, committed));
    }
  }

  /** Waits for the transaction that is under way; from then on it is known what it holds. */
  private void settle() {
    if (underway.isEmpty()) {
      return;
    }
    Underway begun = underway.get();
    try {
      Transactions.await(begun.outcome);
    } catch (RuntimeException e) {
      disconnect();
      throw e;
    }
    underway = Optional.empty();
    begun.batch.teach(memory);
    begun.committed.run();
  }

  /** Learns what others have published meanwhile. */
  void catchUp() {
    if (transactions.isEmpty()) {
      connect();
    } else {
      memory = Memory.read(cluster);
    }
  }

  /** What was published so far. */
  Memory memory() {
    connect();
    settle();
    return memory;
  }

  /** The memory is read after the transactional id is taken, when no one else can add to it. */
  private void connect() {
    if (transactions.isPresent()) {
      return;
    }
    try {
      transactions = Optional.of(connection.get());
      memory = Memory.read(cluster);
    } catch (RuntimeException e) {
      disconnect();
      throw e instanceof KafkaException
          ? new Outage("Kafka does not answer: " + e.getMessage(), e)
          : e;
    }
  }

  private void disconnect() {
    transactions.ifPresent(Transactions::abandon);
    transactions = Optional.empty();
    underway = Optional.empty();
    next = new Batch();
  }

  @Override
  public void close() {
    transactions.ifPresent(Transactions::close);
    articles.close();
    states.close();
  }

  private static boolean fits(ProducerRecord<byte[], byte[]> record) {
    return record.key().length + record.value().length <= LARGEST_RECORD;
  }

  private static RawArticle withoutPage(RawArticle raw) {
    List<String> warnings = new ArrayList<>(raw.getWarnings());
    warnings.add(
        "The page of %d bytes is not kept: with it, no record would hold the article."
            .formatted(raw.getPage().getBytes().remaining()));
    return RawArticle.newBuilder(raw).setPage(null).setWarnings(warnings).build();
  }

  /** Of an item under its own cap: its text is kept three times, as it came, bare and marked up. */
  private static Reject tooLarge(Original original) {
    return new Reject(
        copy(original),
        original.getMediaType(),
        "The article with its text and the item's own bytes is larger than a record of %d bytes."
            .formatted(LARGEST_RECORD));
  }

  /** Keeps an article in memory, but not the whole delivery that its item is a part of. */
  private static RawArticle onItsOwn(RawArticle raw) {
    raw.getOriginal().setBytes(ByteBuffer.wrap(copy(raw.getOriginal())));
    return raw;
  }

  private static byte[] copy(Original original) {
    byte[] bytes = new byte[original.getBytes().remaining()];
    original.getBytes().duplicate().get(bytes);
    return bytes;
  }

  /** Takes a delivery's items, and hands them to Kafka in transactions of bounded size. */
  private final class Publication implements Output {

    private final Delivery delivery;
    private final boolean again;
    private final Consumer<Counts> progress;
    private final Optional<Membership> membership;
    private final Predicate<RawArticle> held;
    private final List<URI> links = new ArrayList<>();
    private final List<RawArticle> heldBack = new ArrayList<>();

    /** Hashes in the delivery, of revisions without date and version. */
    private final Map<String, Set<String>> seen = new HashMap<>();

    private Optional<FeedNotice> notice = Optional.empty();
    private Optional<String> firstReject = Optional.empty();
    private Optional<String> whyCut = Optional.empty();
    private Batch piece = new Batch();
    private Counts counts = Counts.NONE;

    Publication(
        Delivery delivery,
        boolean again,
        Consumer<Counts> progress,
        Optional<Membership> membership,
        Predicate<RawArticle> held) {
      this.held = held;
      this.delivery = delivery;
      this.again = again;
      this.membership = membership;
      this.progress = progress;
    }

    /** Of a repeat, only the content is hashed; it needs no record. */
    @Override
    public void article(ParsedArticle parsed) {
      memory.idBefore(parsed.article().getId(), formats::canonicalId).ifPresent(parsed::keepId);
      String hash = ContentHash.of(parsed.article());
      article(parsed.article(), hash, () -> parsed.raw(hash));
    }

    /** Publishes an article that the feed gave as another, which is the one to know it by. */
    void article(Article given, String hash, Supplier<RawArticle> whole) {
      String key = Memory.key(delivery.feed(), given.getId(), given.getRevision());
      Optional<Instant> date =
          given.getRevision().getDatedByArticle()
              ? Optional.of(given.getRevision().getVersionCreated())
              : Optional.empty();
      if (Memory.isOfLastDeliveryOnly(key) && date.isEmpty()) {
        // Nearly always one text, of which a delivery may have a million.
        seen.merge(key, Set.of(hash), Publication::union);
      }
      if (known(key).includes(hash, date)) {
        count(new Counts(0, 1, 0, 0));
        return;
      }
      RawArticle raw = whole.get();
      if (held.test(raw)) {
        heldBack.add(onItsOwn(raw));
        return;
      }
      ProducerRecord<byte[], byte[]> record = record(raw);
      if (!fits(record) && raw.getPage() != null) {
        record = record(withoutPage(raw));
      }
      if (!fits(record)) {
        reject(tooLarge(raw.getOriginal()));
        return;
      }
      piece.add(record);
      remember(key, hash, date);
      count(new Counts(1, 0, 0, 0));
      if (given.getSignals().contains(Signals.EMBARGO_UNREADABLE)) {
        LOG.warn(
            "the embargo '{}' of {} is no moment: nobody sees the article until it is corrected",
            given.getEmbargo().getText(),
            given.getId());
      }
    }

    private ProducerRecord<byte[], byte[]> record(RawArticle raw) {
      String topic = cluster.topics().raw().name();
      byte[] key = raw.getArticle().getId().getBytes(StandardCharsets.UTF_8);
      return new ProducerRecord<>(topic, key, articles.serialize(topic, raw));
    }

    @Override
    public void reject(Reject reject) {
      firstReject = firstReject.or(() -> Optional.of(reject.reason()));
      String hash = ContentHash.sha256(reject.bytes());
      String key = Memory.key(delivery.feed(), "reject/" + hash);
      if (!again && isKnown(key, hash)) {
        count(new Counts(0, 0, 0, 1));
        return;
      }
      Map<String, String> details =
          Map.of(
              DeadLetter.FEED, delivery.feed(),
              DeadLetter.PROVIDER, delivery.provider(),
              DeadLetter.SOURCE, delivery.source(),
              DeadLetter.MEDIA_TYPE, reject.mediaType());
      piece.add(
          DeadLetter.ofFeed(reject.bytes(), reject.reason(), details)
              .toRecord(cluster.topics().deadLetters("ingest")));
      remember(key, hash, Optional.empty());
      count(new Counts(0, 0, 1, 0));
    }

    @Override
    public void cut(String why) {
      whyCut = Optional.of(why);
    }

    @Override
    public void link(URI address) {
      links.add(address);
    }

    @Override
    public void notice(FeedNotice given) {
      notice = Optional.of(given);
    }

    Outcome outcome() {
      return new Outcome(counts, whyUnreadable());
    }

    private Optional<String> whyUnreadable() {
      boolean isRead = counts.published() + counts.repeats() + links.size() + heldBack.size() > 0;
      return isRead ? Optional.empty() : firstReject;
    }

    Poll poll() {
      return new Poll(
          counts, notice, List.copyOf(links), List.copyOf(heldBack), whyUnreadable(), whyCut);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
      Set<String> all = new HashSet<>(some);
      all.addAll(others);
      return all;
    }

    private boolean isKnown(String key, String hash) {
      return known(key).hashes().contains(hash);
    }

    private KnownTexts known(String key) {
      return piece
          .texts(key)
          .or(() -> next.texts(key))
          .or(() -> underway.flatMap(begun -> begun.batch.texts(key)))
          .or(() -> memory.texts(key))
          .orElse(KnownTexts.NONE);
    }

    /** Beside what is known: one delivery may hold several texts of a revision. */
    private void remember(String key, String hash, Optional<Instant> date) {
      boolean isOfDelivery = Memory.isOfLastDeliveryOnly(key) && date.isEmpty();
      int most = isOfDelivery ? MOST_TEXTS_OF_A_DELIVERY : MOST_TEXTS;
      remember(key, known(key).and(hash, date, most).state(delivery.receivedAt()));
    }

    /** Of undated articles, forgets the texts that the delivery has no more: they may come back. */
    void forgetWhatLeft() {
      if (again) {
        // A single item, whatever else the feed has.
        return;
      }
      seen.forEach(
          (key, hashes) -> {
            KnownTexts known = known(key);
            List<String> left = known.hashes().stream().filter(hashes::contains).toList();
            if (left.size() < known.hashes().size()) {
              remember(key, new KnownTexts(left, known.newest()).state(delivery.receivedAt()));
            }
          });
    }

    /** In the partition of the feed itself, whatever the rest of the key says. */
    void remember(String key, FeedState state) {
      TopicSpec<FeedState> topic = cluster.topics().feedState();
      int end = key.indexOf(Memory.SEPARATOR);
      String feed = end < 0 ? key : key.substring(0, end);
      piece.remember(
          key,
          state,
          new ProducerRecord<>(
              topic.name(),
              memory.partition(feed),
              key.getBytes(StandardCharsets.UTF_8),
              states.serialize(topic.name(), state)));
    }

    private void count(Counts more) {
      counts = counts.plus(more);
      piece.countItem();
      if (piece.isFullWith(next)) {
        handOver();
        Counts reached = counts;
        commit(() -> progress.accept(reached));
      } else if (underway.filter(begun -> begun.outcome.isDone()).isPresent()) {
        settle();
      }
    }

    /** From here on it is committed with whatever else is in the transaction. */
    void handOver() {
      if (!piece.isEmpty()) {
        membership.ifPresent(piece::fence);
      }
      next.add(piece);
      piece = new Batch();
    }
  }
}
