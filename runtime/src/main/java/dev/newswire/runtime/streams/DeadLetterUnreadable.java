// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.streams;

import dev.newswire.runtime.Outage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * Sends a record whose bytes can't be read to the dead letters and goes on; but where the schema
 * registry could not be reached, that is an outage and no fault of the record's, so the stream
 * stops and the stage tries again.
 */
public final class DeadLetterUnreadable extends LogAndContinueExceptionHandler {

  /** For Kafka Streams, which makes it by name. */
  public DeadLetterUnreadable() {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    if (Outage.isCauseOf(exception)) {
      return Response.fail();
    }
    Response response = super.handleError(context, record, exception);
    return Response.resume(DeadLetterMoment.now(response.deadLetterQueueRecords()));
  }
}
