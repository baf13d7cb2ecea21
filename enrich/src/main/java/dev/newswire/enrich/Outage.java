// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells an outage of the cluster or the schema registry from a fault of a record's own. */
final class Outage {

  private Outage() {}

  /**
   * Whether something out of reach, overloaded or locked is the cause. Confluent's deserializer
   * wraps a failed look-up and unreadable bytes alike, so only the cause tells; an end of file is
   * the record's own.
   */
  static boolean isCauseOf(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException
          || cause instanceof UnknownHostException
          || cause instanceof InterruptedIOException
          || cause instanceof SSLException
          || cause instanceof RetriableException
          || cause instanceof InvalidConfigurationException
          || (cause instanceof RestClientException answer && answer.getStatus() >= 500)) {
        return true;
      }
    }
    return false;
  }
}
