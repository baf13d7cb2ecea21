// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

/**
 * Something that the user gave, or that the user's machine lacks, stops the program. The message is
 * one line that names the thing, what was given and what is allowed; it is shown as it is, without
 * a stack trace unless asked for.
 */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** An error that the message alone explains. */
  public UserError(String message) {
    super(message);
  }

  /** An error with the failure that showed it, for those who ask for the stack trace. */
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
