// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import dev.newswire.schemas.UnreadableRecord;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Something that a stage needs cannot be used now: the brokers, the schema registry, the store, the
 * disk. Nothing was changed, and the same work may be tried again. A stage waits for the end of an
 * outage; it never blames an input for one.
 */
public final class Outage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The registry's own error code for a schema id that it does not know. */
  private static final int UNKNOWN_SCHEMA = 40_403;

  /** Waiting does not change these, or they only wrap what happened. */
  private static final Set<Class<?>> OTHER_KAFKA_FAULTS =
      Set.of(
          ConfigException.class,
          FencedInstanceIdException.class,
          InterruptException.class,
          InvalidGroupIdException.class,
          InvalidTopicException.class,
          RecordTooLargeException.class,
          UnsupportedVersionException.class,
          WakeupException.class);

  /** Of input and output, these alone say that the bytes themselves are wrong. */
  private static final Set<Class<?>> FAULTS_OF_BYTES =
      Set.of(
          EOFException.class,
          CharacterCodingException.class,
          InvalidNumberEncodingException.class,
          UTFDataFormatException.class,
          ZipException.class);

  /**
   * An outage.
   *
   * @param message what cannot be used and why, in one line
   * @param cause the failure that showed it
   */
  public Outage(String message, Throwable cause) {
    super(message, cause);
  }

  /** The failure as an outage, with its deepest reason in the message. */
  public static Outage of(Throwable failure) {
    if (failure instanceof Outage outage) {
      return outage;
    }
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < MOST_CAUSES; depth++) {
      root = root.getCause();
    }
    String message = text(failure);
    return new Outage(root == failure ? message : message + ": " + text(root), failure);
  }

  private static final int MOST_CAUSES = 50;

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  /**
   * Whether an outage is the cause of a failure, and no fault of an input's or of ours. Whatever
   * the network, the brokers, the schema registry or the disk refuse is taken for an outage when in
   * doubt; what is left is the fault of the bytes that were read, or of a program.
   */
  public static boolean isCauseOf(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof UnreadableRecord) {
        return false;
      }
      if (isOutage(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isOutage(Throwable failure) {
    if (failure instanceof RestClientException answer) {
      return answer.getErrorCode() != UNKNOWN_SCHEMA;
    }
    if (failure instanceof IOException) {
      return isNone(FAULTS_OF_BYTES, failure);
    }
    if (failure instanceof KafkaException) {
      return isOutageOfKafka(failure);
    }
    return failure instanceof Outage || failure instanceof UnresolvedAddressException;
  }

  /** Confluent's serializers wrap a failed look-up and unreadable bytes alike. */
  private static boolean isOutageOfKafka(Throwable failure) {
    boolean wraps =
        failure.getCause() != null
            && (failure.getClass() == KafkaException.class || isOfStreams(failure));
    boolean isOfBytes =
        failure instanceof SerializationException
            && !(failure instanceof org.apache.kafka.common.errors.InvalidConfigurationException);
    return !wraps && !isOfBytes && !isOfStreams(failure) && isNone(OTHER_KAFKA_FAULTS, failure);
  }

  /** Kafka Streams has no outages of its own: its exceptions wrap those of its clients. */
  private static boolean isOfStreams(Throwable failure) {
    return failure.getClass().getName().startsWith("org.apache.kafka.streams.");
  }

  private static boolean isNone(Set<Class<?>> types, Throwable failure) {
    return types.stream().noneMatch(type -> type.isInstance(failure));
  }
}
