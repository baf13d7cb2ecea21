// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.streams;

import dev.newswire.runtime.Outage;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Passes over a record whose bytes can't be read, in a replay: it became a dead letter when it was
 * live, and an input has one outcome. An outage of the registry stops the stream, as in {@link
 * DeadLetterUnreadable}.
 */
public final class SkipUnreadable implements DeserializationExceptionHandler {

  /** For Kafka Streams, which makes it by name. */
  public SkipUnreadable() {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    return Outage.isCauseOf(exception) ? Response.fail() : Response.resume();
  }

  @Override
  public void configure(Map<String, ?> configs) {}
}
