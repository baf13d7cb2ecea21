// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.http;

/** A call that is answered with what is wrong about it. */
public final class HttpFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A failure.
   *
   * @param status HTTP's, 400 to 599
   * @param reason told to the caller
   */
  public HttpFailure(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
  }

  /** HTTP's status, 400 to 599. */
  public int status() {
    return status;
  }
}
