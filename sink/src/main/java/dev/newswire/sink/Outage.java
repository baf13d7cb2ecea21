// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

/**
 * The store can't be read or written now. Nothing was changed; the same work may be tried again.
 */
public final class Outage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Outage(String message, Throwable cause) {
    super(message, cause);
  }
}
