// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.streams;

import dev.newswire.runtime.Outage;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends an article that can't be enriched, or whose result can't be written, to the dead letters
 * and goes on; but an outage stops the stream, and the stage tries the article again.
 */
public final class DeadLetterFailed extends LogAndContinueProcessingExceptionHandler {

  /** For Kafka Streams, which makes it by name. */
  public DeadLetterFailed() {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    if (Outage.isCauseOf(exception)) {
      return Response.fail();
    }
    Response response = super.handleError(context, record, exception);
    return Response.resume(DeadLetterMoment.now(response.deadLetterQueueRecords()));
  }
}
