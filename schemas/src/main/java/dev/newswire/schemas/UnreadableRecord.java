// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The bytes of a record are not a value of its topic. The fault is the record's own: whoever reads
 * the topic sets it aside and goes on. The message says what is wrong in one line.
 */
public final class UnreadableRecord extends SerializationException {

  private static final long serialVersionUID = 1L;

  /** A record that the message alone explains. */
  public UnreadableRecord(String message) {
    super(message);
  }

  /** A record with the failure that showed what is wrong. */
  public UnreadableRecord(String message, Throwable cause) {
    super(message, cause);
  }
}
