// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

/**
 * A number of records.
 *
 * @param records how many
 * @param exact whether that is the very number; otherwise it is a number of offsets, which the
 *     markers of transactions also take, so that there are so many records at most
 */
public record RecordCount(long records, boolean exact) {

  public static final RecordCount ZERO = new RecordCount(0, true);

  public RecordCount plus(RecordCount other) {
    return new RecordCount(records + other.records, exact && other.exact);
  }
}
