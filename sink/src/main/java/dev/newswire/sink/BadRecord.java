// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

/** The store refuses a record's values, and would whenever they came. Nothing was changed. */
public final class BadRecord extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadRecord(String message, Throwable cause) {
    super(message, cause);
  }
}
