// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.streams;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Dead letters carry the moment of the failure. Kafka Streams gives them the timestamp of the
 * record that failed, by which those of a replay would be years old, and past their retention.
 */
final class DeadLetterMoment {

  private DeadLetterMoment() {}

  static List<ProducerRecord<byte[], byte[]>> now(List<ProducerRecord<byte[], byte[]>> letters) {
    long now = System.currentTimeMillis();
    return letters.stream()
        .map(
            letter ->
                new ProducerRecord<>(
                    letter.topic(),
                    letter.partition(),
                    now,
                    letter.key(),
                    letter.value(),
                    letter.headers()))
        .toList();
  }
}
