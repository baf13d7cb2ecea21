// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.TimeoutException;

/** What the failures of Confluent's registry client and serializers mean. */
final class RegistryFailures {

  /** Confluent's error codes for a subject and for a schema id that the registry does not have. */
  private static final Set<Integer> UNKNOWN_SCHEMA = Set.of(40401, 40403);

  private static final int LONGEST_MESSAGE = 300;

  private RegistryFailures() {}

  /** Whether the registry answered, and said for certain that it has no such schema. */
  static boolean isUnknownSchema(RestClientException answer) {
    return UNKNOWN_SCHEMA.contains(answer.getErrorCode());
  }

  /** The failed look-up as the exception that this project knows. */
  static RegistryUnavailable unavailable(String action, Exception cause) {
    return new RegistryUnavailable(
        "the schema registry can't " + action + ": " + line(cause), cause);
  }

  /**
   * The failure of a serializer or deserializer, if it comes from the registry.
   *
   * @param fromIo whether an I/O error can only come from the registry
   */
  static Optional<RegistryUnavailable> in(RuntimeException failure, String action, boolean fromIo) {
    if (failure instanceof InvalidConfigurationException || failure instanceof TimeoutException) {
      return Optional.of(unavailable(action, failure));
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RestClientException answer) {
        return Optional.of(unavailable(action, answer));
      }
      if (fromIo && cause instanceof IOException error) {
        return Optional.of(unavailable(action, error));
      }
    }
    return Optional.empty();
  }

  /** The first line of a message, without the schema that some registries put there. */
  static String line(Throwable error) {
    String message = error.getMessage();
    if (message == null || message.isBlank()) {
      return error.getClass().getSimpleName();
    }
    String first = message.strip().lines().findFirst().orElseThrow();
    int schema = first.indexOf('{');
    String said = (schema > 0 ? first.substring(0, schema) : first).strip();
    String kind = error instanceof IOException ? error.getClass().getSimpleName() + ": " : "";
    return kind
        + (said.length() > LONGEST_MESSAGE ? said.substring(0, LONGEST_MESSAGE) + "…" : said);
  }
}
