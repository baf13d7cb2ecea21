// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.runtime.Outage;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.TopicSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublisherTest {

  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  @RegisterExtension private static final Kafka kafka = new Kafka();
  private Publisher publisher;

  @BeforeEach
  void start() {
    publisher = publisher();
  }

  @AfterEach
  void stop() {
    publisher.close();
  }

  @Test
  void theSameBytesTwiceArePublishedOnceEvenAfterARestart() {
    String feed = Feeds.rss(Feeds.item("1", "One"), Feeds.item("2", "Two"));
    assertThat(publish(feed)).isEqualTo(new Counts(2, 0, 0, 0));
    assertThat(publish(feed)).isEqualTo(new Counts(0, 2, 0, 0));
    publisher.close();
    publisher = publisher();
    assertThat(publish(feed)).isEqualTo(new Counts(0, 2, 0, 0));
    awaitHeadlines("One", "Two");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17})
  void whatAFeedDeliveredIsKnownOnTopicsWithAnyNumberOfPartitions(int partitions) {
    publisher.close();
    kafka.createTopicsWith(partitions);
    publisher = publisher();
    String feed = Feeds.rss(Feeds.item("1", "One"), Feeds.item("2", "Two"));
    assertThat(publish(feed)).isEqualTo(new Counts(2, 0, 0, 0));
    publisher.close();
    publisher = publisher();
    assertThat(publish(feed)).isEqualTo(new Counts(0, 2, 0, 0));
    String name = kafka.cluster.topics().feedState().name();
    assertThat(kafka.partitionsWithRecords(name))
        .containsExactly(TopicSpec.partition(delivery().feed(), partitions));
  }

  @Test
  void aNewTextUnderAKnownIdIsANewRevision() {
    publish(Feeds.rss(Feeds.item("1", "One")));
    assertThat(publish(Feeds.rss(Feeds.item("1", "One, corrected"))))
        .isEqualTo(new Counts(1, 0, 0, 0));
    awaitHeadlines("One", "One, corrected");
    assertThat(kafka.articles())
        .extracting(raw -> raw.getArticle().getId())
        .containsOnly("harbour/harbour-world#1");
  }

  @Test
  void anUndatedTextThatGoesBackToWhatItWasIsNewsAndADatedRevisionSentAgainIsNot() {
    publish(Feeds.rss(Feeds.item("1", "One")));
    publish(Feeds.rss(Feeds.item("1", "Two")));
    assertThat(publish(Feeds.rss(Feeds.item("1", "One"))).published()).isEqualTo(1);

    publish(Feeds.atom("urn:1", "Early", "2026-03-01T08:00:00Z"));
    publish(Feeds.atom("urn:1", "Late", "2026-03-01T09:00:00Z"));
    assertThat(publish(Feeds.atom("urn:1", "Early", "2026-03-01T08:00:00Z")))
        .isEqualTo(new Counts(0, 1, 0, 0));
  }

  @Test
  void twoUndatedTextsOfOneArticleInADeliveryArePublishedOnceEachAndOneThatGoesBackIsNews() {
    String both = Feeds.rss(Feeds.item("1", "One"), Feeds.item("1", "Two"));
    assertThat(publish(both)).isEqualTo(new Counts(2, 0, 0, 0));
    assertThat(publish(both)).isEqualTo(new Counts(0, 2, 0, 0));
    assertThat(publish(Feeds.rss(Feeds.item("1", "Two")))).isEqualTo(new Counts(0, 1, 0, 0));
    publisher.close();
    publisher = publisher();
    assertThat(publish(both)).as("One is back").isEqualTo(new Counts(1, 1, 0, 0));
    assertThat(publish(both)).isEqualTo(new Counts(0, 2, 0, 0));
  }

  @Test
  void anEmbargoThatIsNoMomentIsReportedWithTheArticleItHides() {
    String item =
        """
        <nitf><head><title>Later</title><docdata><doc-id id-string="e-1"/>
        <date.release norm="next Monday"/></docdata></head>
        <body><body.content><p>Words.</p></body.content></body></nitf>
        """;
    try (LoggedLines log = new LoggedLines(Publisher.class)) {
      publish(item);
      publish(item);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("WARN", "'next Monday'", "harbour/e-1");
    }
  }

  @Test
  void severalTextsOfOneDatedRevisionArePublishedOnceEachWhicheverComesAgain() {
    String one = Feeds.atom("urn:1", "One", "2026-03-01T08:00:00Z");
    String two = Feeds.atom("urn:1", "Two", "2026-03-01T08:00:00Z");
    assertThat(publish(one).plus(publish(two))).isEqualTo(new Counts(2, 0, 0, 0));
    assertThat(publish(one).plus(publish(two))).isEqualTo(new Counts(0, 2, 0, 0));
    publisher.close();
    publisher = publisher();
    assertThat(publish(one).plus(publish(two))).isEqualTo(new Counts(0, 2, 0, 0));
  }

  @Test
  void anArticleThatWaitsForItsPageDoesNotKeepItsWholeDeliveryInMemory() {
    byte[] feed =
        """
        {"version": "https://jsonfeed.org/version/1.1", "items": [
          {"id": "1", "content_text": "One"}, {"id": "2", "content_text": "Two"}]}
        """
            .getBytes(UTF_8);
    assertThat(heldOf(feed))
        .extracting(held -> new String(held.getOriginal().getBytes().array(), UTF_8))
        .containsExactly(
            "{\"id\": \"1\", \"content_text\": \"One\"}",
            "{\"id\": \"2\", \"content_text\": \"Two\"}");
  }

  @Test
  void twoTextsOfOneArticleThatWaitForTheirPagesArePublishedOnceEach() {
    String both = Feeds.rss(Feeds.item("1", "One"), Feeds.item("1", "Two"));
    for (RawArticle held : heldOf(both)) {
      publisher.publishHeld(delivery(), held, held, noFeeds());
    }
    assertThat(heldOf(both)).isEmpty();
    for (RawArticle held : heldOf(Feeds.rss(Feeds.item("1", "Three")))) {
      publisher.publishHeld(delivery(), held, held, noFeeds());
    }
    assertThat(heldOf(both)).as("both are back").hasSize(2);
  }

  @Test
  void anItemThatCannotBeReadIsADeadLetterOnceAndItsNeighboursArePublished() {
    String broken = "<item/>";
    String feed = Feeds.rss(Feeds.item("1", "One"), broken, Feeds.item("2", "Two"));
    assertThat(publish(feed)).isEqualTo(new Counts(2, 0, 1, 0));
    assertThat(publish(feed)).isEqualTo(new Counts(0, 2, 0, 1));
    awaitHeadlines("One", "Two");
    await().untilAsserted(() -> assertThat(kafka.deadLetters()).hasSize(1));
    DeadLetter letter = kafka.deadLetters().get(0);
    assertThat(new String(letter.bytes(), UTF_8)).isEqualTo("<item/>");
    assertThat(letter.reason()).isNotBlank();
    assertThat(letter.details())
        .containsEntry(DeadLetter.FEED, "harbour-world")
        .containsEntry(DeadLetter.PROVIDER, "harbour")
        .containsEntry(DeadLetter.SOURCE, "world.rss");
  }

  @Test
  void anArticleThatNoRecordHoldsIsADeadLetterAndItsNeighbourIsPublished() {
    assertThat(publish(Feeds.rss(tooLarge("1"), Feeds.item("2", "Two"))))
        .isEqualTo(new Counts(1, 0, 1, 0));
    awaitHeadlines("Two");
    assertThat(kafka.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).contains("larger than a record"));
  }

  @Test
  void aDeliveryOfWhichNothingCouldBePublishedSaysWhy() {
    assertThat(whyUnreadable(Feeds.rss("<item/>"))).isPresent();
    assertThat(whyUnreadable(Feeds.rss("<item/>"))).as("told again").isPresent();
    assertThat(whyUnreadable(Feeds.rss(tooLarge("1"))).orElseThrow())
        .contains("larger than a record");
    assertThat(whyUnreadable(Feeds.rss("<item/>", Feeds.item("2", "Two")))).isEmpty();
    assertThat(whyUnreadable(Feeds.rss())).as("nothing to read").isEmpty();
  }

  @Test
  void aPageThatNoRecordHoldsBesideItsArticleIsNotKept() {
    Original page = new Original(ByteBuffer.allocate(8 << 20), "text/html", "html", "", "page");
    String text = "&lt;p>" + "word ".repeat(600_000);
    RawArticle held = held(Feeds.rss(Feeds.item("1", "One").replace("x<", text + "<")));
    publisher.publishHeld(
        delivery(), held, RawArticle.newBuilder(held).setPage(page).build(), noFeeds());
    awaitHeadlines("One");
    RawArticle kept = kafka.articles().get(0);
    assertThat(kept.getPage()).isNull();
    assertThat(kept.getWarnings())
        .containsExactly(
            "The page of 8388608 bytes is not kept: with it, no record would hold the article.");
  }

  @Test
  void aDeadLetterThatIsPublishedAgainAndFailsAgainIsADeadLetterAnew() {
    byte[] text = "no feed at all".getBytes(UTF_8);
    publisher.publish(delivery(), text);
    assertThat(publisher.publishAgain(delivery(), text)).isEqualTo(new Counts(0, 0, 1, 0));
    await().untilAsserted(() -> assertThat(kafka.deadLetters()).hasSize(2));
  }

  @Test
  void aDeliveryThatBreaksOffIsNotPublishedInPart() {
    byte[] begin = Feeds.rss(Feeds.item("1", "One")).getBytes(UTF_8);
    InputStream content = new SequenceInputStream(new ByteArrayInputStream(begin), new Broken());
    assertThatThrownBy(() -> publisher.publish(delivery(), content, counts -> {}))
        .isInstanceOf(IOException.class);
    assertThat(publish(Feeds.rss(Feeds.item("2", "Two")))).isEqualTo(new Counts(1, 0, 0, 0));
    awaitHeadlines("Two");
  }

  @Test
  void whatIsPublishedTogetherAppearsTogetherAndWhatFailsAmongItFailsAlone() {
    Publisher.Membership noFeeds = noFeeds();
    Counts counts =
        publisher.together(
            () -> {
              Counts first = publish(Feeds.item("1", "One"), poll -> Optional.empty(), noFeeds);
              assertThatThrownBy(
                      () -> publish(Feeds.item("2", "Two"), PublisherTest::fail, noFeeds))
                  .hasMessage("a fault");
              Counts again = publish(Feeds.item("1", "One"), poll -> Optional.empty(), noFeeds);
              Counts last = publish(Feeds.item("3", "Three"), poll -> Optional.empty(), noFeeds);
              assertThat(kafka.articles()).isEmpty();
              return first.plus(again).plus(last);
            });
    assertThat(counts).isEqualTo(new Counts(2, 1, 0, 0));
    awaitHeadlines("One", "Three");
    assertThatThrownBy(
            () ->
                publisher.together(
                    () -> {
                      publish(Feeds.item("4", "Four"), poll -> Optional.empty(), noFeeds);
                      return fail(null);
                    }))
        .hasMessage("a fault");
    assertThat(publish(Feeds.rss(Feeds.item("2", "Two"), Feeds.item("4", "Four"))))
        .isEqualTo(new Counts(2, 0, 0, 0));
    awaitHeadlines("One", "Two", "Three", "Four");
  }

  private Counts publish(
      String item,
      Function<Publisher.Poll, Optional<PollState>> state,
      Publisher.Membership membership) {
    return publisher
        .publish(delivery(), Feeds.rss(item).getBytes(UTF_8), raw -> false, state, membership)
        .counts();
  }

  private static Optional<PollState> fail(Publisher.Poll poll) {
    throw new IllegalStateException("a fault");
  }

  @Test
  void theOriginalBytesOfEachItemAreKept() {
    publish(Feeds.rss(Feeds.item("1", "One"), Feeds.item("2", "Two")));
    await().untilAsserted(() -> assertThat(kafka.articles()).hasSize(2));
    for (RawArticle raw : kafka.articles()) {
      String original = UTF_8.decode(raw.getOriginal().getBytes().duplicate()).toString();
      assertThat(original).contains("<title>" + raw.getArticle().getHeadline() + "</title>");
    }
  }

  @Test
  void aPublisherThatWasTakenOverFromSaysSoAndThenTakesOverItself() {
    publish(Feeds.rss(Feeds.item("1", "One")));
    try (Publisher second = publisher()) {
      second.publish(delivery(), Feeds.rss(Feeds.item("2", "Two")).getBytes(UTF_8));
      assertThatThrownBy(() -> publish(Feeds.rss(Feeds.item("3", "Three"))))
          .isInstanceOf(Outage.class);
      assertThat(publish(Feeds.rss(Feeds.item("2", "Two"), Feeds.item("3", "Three"))))
          .isEqualTo(new Counts(1, 1, 0, 0));
    }
    awaitHeadlines("One", "Two", "Three");
  }

  @Test
  void aDeliveryThatIsTakenOverInTheMiddleIsPublishedOnceInTheEnd() throws IOException {
    try (Publisher second = publisher()) {
      Then takeOver =
          () -> second.publish(delivery(), Feeds.rss(Feeds.item("a", "A")).getBytes(UTF_8));
      assertThatThrownBy(() -> publish(new ArrayList<>(), lines(0, 550), takeOver, lines(550, 600)))
          .isInstanceOf(Outage.class);
    }
    publish(new ArrayList<>(), lines(0, 600));
    await().untilAsserted(() -> assertThat(kafka.articles()).hasSize(601));
    assertThat(kafka.articles())
        .extracting(raw -> raw.getArticle().getId())
        .doesNotHaveDuplicates();
  }

  @Test
  void aCommitThatFailsWhileTheNextItemsAreReadIsAnOutageAndNothingOfItIsKnown()
      throws IOException {
    SlowProducer failing = new SlowProducer();
    SlowProducer working = new SlowProducer();
    working.outcome.complete(null);
    List<Counts> progress = new ArrayList<>();
    try (Publisher onBoth = publisherOn(failing, working)) {
      Then fail = () -> failing.outcome.completeExceptionally(new TimeoutException("no answer"));
      assertThatThrownBy(() -> publish(onBoth, progress, lines(0, 550), fail, lines(550, 600)))
          .isInstanceOf(Outage.class)
          .hasMessageContaining("no answer");
      assertThat(progress).isEmpty();
      assertThat(failing.closed()).isTrue();
      assertThat(publish(onBoth, progress, lines(0, 600))).isEqualTo(new Counts(600, 0, 0, 0));
    }
    assertThat(progress).startsWith(new Counts(500, 0, 0, 0)).endsWith(new Counts(600, 0, 0, 0));
  }

  @Test
  void countsAreReportedOnceTheyAreCommittedAndNotBefore() {
    SlowProducer failing = new SlowProducer();
    failing.outcome.completeExceptionally(new TimeoutException("no answer"));
    List<Counts> progress = new ArrayList<>();
    try (Publisher onIt = publisherOn(failing)) {
      assertThatThrownBy(() -> publish(onIt, progress, lines(0, 1))).isInstanceOf(Outage.class);
    }
    assertThat(progress).isEmpty();
  }

  @Test
  void whatIsNewBehindManyRepeatsSharesATransaction() throws IOException {
    SlowProducer producer = new SlowProducer();
    producer.outcome.complete(null);
    try (Publisher onIt = publisherOn(producer)) {
      publish(onIt, new ArrayList<>(), lines(0, 500));
      assertThat(producer.commitCount()).isEqualTo(1);
      assertThat(publish(onIt, new ArrayList<>(), lines(0, 510)))
          .isEqualTo(new Counts(10, 500, 0, 0));
      assertThat(producer.commitCount()).isEqualTo(2);
    }
  }

  @Test
  void whatIsStillBeingCommittedIsKnownAlready() throws IOException {
    SlowProducer producer = new SlowProducer();
    try (Publisher onIt = publisherOn(producer)) {
      Then commit = () -> producer.outcome.complete(null);
      assertThat(publish(onIt, new ArrayList<>(), lines(0, 550), lines(0, 50), commit))
          .isEqualTo(new Counts(550, 50, 0, 0));
    }
  }

  @Test
  void whatWasBeingCommittedWhenADeliveryBreaksOffIsReportedAndKnown() throws IOException {
    SlowProducer producer = new SlowProducer();
    List<Counts> progress = new ArrayList<>();
    try (Publisher onIt = publisherOn(producer)) {
      Then breakOff =
          () -> {
            producer.outcome.complete(null);
            throw new IOException("connection reset");
          };
      assertThatThrownBy(() -> publish(onIt, progress, lines(0, 550), breakOff))
          .isInstanceOf(IOException.class)
          .hasMessage("connection reset");
      assertThat(progress).containsExactly(new Counts(500, 0, 0, 0));
      assertThat(publish(onIt, progress, lines(0, 550))).isEqualTo(new Counts(50, 500, 0, 0));
    }
  }

  /** Something that happens when a delivery was read up to it. */
  private interface Then {
    void happen() throws IOException;
  }

  /** A producer whose commits wait until they are told how they end. */
  private static final class SlowProducer extends MockProducer<byte[], byte[]> {

    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    SlowProducer() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void commitTransaction() {
      try {
        outcome.join();
      } catch (CompletionException e) {
        throw (KafkaException) e.getCause();
      }
      super.commitTransaction();
    }
  }

  private static Publisher publisherOn(SlowProducer... producers) {
    Iterator<SlowProducer> each = List.of(producers).iterator();
    return new Publisher(
        kafka.cluster,
        new Formats(),
        () -> new Transactions(each.next(), new SimpleMeterRegistry()));
  }

  /** One feed of one item on each line. */
  private static byte[] lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Harbour\",\"items\":[{\"id\":\"%d\",\"title\":\"Item %d\",\"content_text\":\"x\"}]}\n"
                    .formatted(i, i))
        .collect(Collectors.joining())
        .getBytes(UTF_8);
  }

  private Counts publish(List<Counts> progress, Object... parts) throws IOException {
    return publish(publisher, progress, parts);
  }

  /** Publishes a delivery whose parts are bytes, and things that happen between them. */
  private static Counts publish(Publisher publisher, List<Counts> progress, Object... parts)
      throws IOException {
    List<InputStream> streams = new ArrayList<>();
    for (Object part : parts) {
      streams.add(
          part instanceof Then then ? new Moment(then) : new ByteArrayInputStream((byte[]) part));
    }
    InputStream content = new SequenceInputStream(Collections.enumeration(streams));
    return publisher.publish(delivery(), content, progress::add).counts();
  }

  /** A stream of nothing. */
  private static final class Moment extends InputStream {

    private final Then then;

    Moment(Then then) {
      this.then = then;
    }

    @Override
    public int read() throws IOException {
      then.happen();
      return -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }

  private RawArticle held(String feed) {
    return heldOf(feed).get(0);
  }

  private List<RawArticle> heldOf(String feed) {
    return heldOf(feed.getBytes(UTF_8));
  }

  private List<RawArticle> heldOf(byte[] feed) {
    return publisher
        .publish(delivery(), feed, raw -> true, poll -> Optional.empty(), noFeeds())
        .held();
  }

  private static Publisher.Membership noFeeds() {
    Map<String, Object> properties = kafka.cluster.consumerProperties();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, "nobody");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return new Publisher.Membership(Map.of(), consumer.groupMetadata());
    }
  }

  private Publisher publisher() {
    return new Publisher(kafka.cluster, "newswire-ingest", new Formats());
  }

  private Counts publish(String feed) {
    return publisher.publish(delivery(), feed.getBytes(UTF_8)).counts();
  }

  private Optional<String> whyUnreadable(String feed) {
    return publisher.publish(delivery(), feed.getBytes(UTF_8)).whyUnreadable();
  }

  private static String tooLarge(String id) {
    return Feeds.item(id, "One").replace("x<", "&lt;p>" + "word ".repeat(1_500_000) + "<");
  }

  private static Delivery delivery() {
    return Delivery.of("harbour", "harbour-world", "world.rss", NOW);
  }

  private void awaitHeadlines(String... headlines) {
    await()
        .untilAsserted(
            () ->
                assertThat(kafka.articles())
                    .extracting(raw -> raw.getArticle().getHeadline())
                    .containsExactlyInAnyOrderElementsOf(List.of(headlines)));
  }

  /** A connection that breaks. */
  private static final class Broken extends InputStream {

    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      throw new IOException("connection reset");
    }
  }
}
