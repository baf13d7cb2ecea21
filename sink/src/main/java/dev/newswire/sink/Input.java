// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record as it was read: a value, or the reason why it has none, or neither where it is a
 * tombstone.
 *
 * @param value of the topic's type; null where there is none
 * @param flaw why it can't be stored; null where it can
 */
record Input(ConsumerRecord<byte[], byte[]> record, SpecificRecord value, Exception flaw) {

  boolean isTombstone() {
    return value == null && flaw == null;
  }
}
