// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

/** Kafka does not take what is to be published now. The same delivery may be published again. */
public final class Outage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Outage(String message, Throwable cause) {
    super(message, cause);
  }
}
