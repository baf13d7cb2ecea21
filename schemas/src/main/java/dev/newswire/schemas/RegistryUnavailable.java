// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The schema registry did not answer, or refused to answer. No record is at fault: the same record
 * is tried again once the registry answers. The message says in one line what the registry said.
 */
public final class RegistryUnavailable extends RetriableException {

  private static final long serialVersionUID = 1L;

  /** Always with the failure that showed it. */
  public RegistryUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
