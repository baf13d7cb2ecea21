// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.streams;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * What becomes of a result that can't be written: the error goes back to where the article is
 * enriched, and {@link DeadLetterFailed} says what is to be done about it. Kafka Streams' own
 * handler makes a dead letter here too, so that one article would have two.
 */
public final class FailUnwritten implements ProductionExceptionHandler {

  /** For Kafka Streams, which makes it by name. */
  public FailUnwritten() {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    return exception instanceof RetriableException ? Response.retry() : Response.fail();
  }

  @Override
  @SuppressWarnings("rawtypes") // As Kafka Streams declares it.
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception exception,
      SerializationExceptionOrigin origin) {
    return Response.fail();
  }

  @Override
  public void configure(Map<String, ?> configs) {}
}
