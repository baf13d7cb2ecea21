// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

/** An item or a document cannot be read; the message is the reason of its {@link Reject}. */
final class Rejection extends Exception {

  private static final long serialVersionUID = 1L;

  Rejection(String reason) {
    super(reason);
  }

  Rejection(String reason, Throwable cause) {
    super(reason, cause);
  }
}
