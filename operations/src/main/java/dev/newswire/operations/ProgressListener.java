// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

/** Is told how far long work is. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * So many are done.
   *
   * @param done number of records
   * @param part which part of the whole that is, from 0 to 1
   */
  void at(long done, double part);
}
