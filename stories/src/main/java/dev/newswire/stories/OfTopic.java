// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes and reads values as those of one topic, whichever topic they are on: an internal topic
 * needs no schema of its own in the registry.
 *
 * @param topic full name of the topic whose schema is used
 * @param values the topic's own serde; closed with this one
 */
record OfTopic<V>(String topic, Serde<V> values) implements Serde<V> {

  @Override
  public Serializer<V> serializer() {
    return (otherTopic, value) -> values.serializer().serialize(topic, value);
  }

  @Override
  public Deserializer<V> deserializer() {
    return (otherTopic, bytes) -> values.deserializer().deserialize(topic, bytes);
  }

  @Override
  public void close() {
    values.close();
  }
}
