// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.TopicSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TransactionsTest {

  @RegisterExtension private static final Kafka kafka = new Kafka();

  @Test
  void closingDuringACommitWaitsForIt() {
    Batch batch = new Batch();
    batch.add(
        DeadLetter.ofFeed("x".getBytes(UTF_8), "no feed", Map.of())
            .toRecord(kafka.cluster.topics().deadLetters("ingest")));
    Transactions transactions =
        Transactions.under("newswire-ingest", kafka.cluster, new SimpleMeterRegistry());
    Future<?> begun = transactions.begin(batch);
    transactions.close();
    assertThat(begun).succeedsWithin(Duration.ZERO);
    await().untilAsserted(() -> assertThat(kafka.deadLetters()).hasSize(1));
  }

  @Test
  void aBatchIsFullOfManyItemsAndOfFewLargeOnes() {
    Batch items = new Batch();
    for (int i = 1; i < 500; i++) {
      items.countItem();
    }
    Batch another = new Batch();
    assertThat(items.isFullWith(another)).isFalse();
    another.countItem();
    assertThat(items.isFullWith(another)).isTrue();

    Batch large = new Batch();
    large.add(record(TopicSpec.MAXIMUM_RECORD_BYTES / 2));
    assertThat(large.isFullWith(new Batch())).isFalse();
    assertThat(large.isFullWith(large)).isTrue();
  }

  private static ProducerRecord<byte[], byte[]> record(int bytes) {
    return new ProducerRecord<>("large", new byte[bytes]);
  }
}
