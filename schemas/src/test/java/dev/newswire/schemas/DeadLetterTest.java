// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

  private final TopicSpec<byte[]> topic = new Topics("newswire").deadLetters("sink");

  @Test
  void aRecordKeepsItsKeyItsBytesItsPlaceAndTheReason() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "newswire.enriched", 2, 41L, "a/1".getBytes(UTF_8), "not avro".getBytes(UTF_8));

    DeadLetter read =
        roundTrip(DeadLetter.ofRecord(record, new IllegalStateException("unknown magic byte")));

    assertThat(read.key()).isEqualTo("a/1".getBytes(UTF_8));
    assertThat(read.bytes()).isEqualTo("not avro".getBytes(UTF_8));
    assertThat(read.reason()).isEqualTo("unknown magic byte");
    assertThat(read.exception()).isEqualTo("java.lang.IllegalStateException");
    assertThat(read.topic()).contains("newswire.enriched");
    assertThat(read.partition()).isEqualTo(2);
    assertThat(read.offset()).isEqualTo(41L);
    assertThat(read.details().get(DeadLetter.STACK_TRACE)).contains("DeadLetterTest");
  }

  @Test
  void anItemOfAFeedHasNoPlaceYetAndSaysWhereItCameFrom() {
    DeadLetter read =
        roundTrip(
            DeadLetter.ofFeed(
                "<rss".getBytes(UTF_8), "ends early", Map.of(DeadLetter.FEED, "tidewater-world")));

    assertThat(read.topic()).isEqualTo(Optional.empty());
    assertThat(read.offset()).isEqualTo(-1);
    assertThat(read.details()).containsEntry(DeadLetter.FEED, "tidewater-world");
  }

  @Test
  void ofAnInputLargerThanARecordTheBeginningIsKeptAndTheSizeSaid() {
    DeadLetter read =
        roundTrip(DeadLetter.ofFeed(new byte[20 * 1024 * 1024], "too large", Map.of()));

    assertThat(read.bytes()).hasSize(DeadLetter.MAXIMUM_BYTES);
    assertThat(read.details()).containsEntry(DeadLetter.TRUNCATED, "20971520");
  }

  private DeadLetter roundTrip(DeadLetter letter) {
    ProducerRecord<byte[], byte[]> sent = letter.toRecord(topic);
    return DeadLetter.read(
        new ConsumerRecord<>(
            sent.topic(),
            0,
            0L,
            0L,
            TimestampType.CREATE_TIME,
            0,
            0,
            sent.key(),
            sent.value(),
            sent.headers(),
            Optional.empty()));
  }
}
