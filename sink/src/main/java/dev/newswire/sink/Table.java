// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that both kinds of database have under the same name with the same columns.
 *
 * @param name its name
 * @param columns its columns, in the order of the values of a row
 */
record Table(String name, List<Column> columns) {

  /** What a value is: in Java, and by each database's own type. */
  enum ColumnType {
    /** {@code String} without NUL and lone surrogates. */
    TEXT,
    /** {@code Long}. */
    NUMBER,
    /** {@code Double}. */
    REAL,
    /** {@code Instant}. */
    MOMENT,
    /** {@code Boolean}. */
    FLAG,
    /** {@code byte[]}. */
    BYTES,
    /** JSON as {@code String}. */
    JSON
  }

  /** A column; any value of it may be null. */
  record Column(String name, ColumnType type) {}

  static Column column(String name, ColumnType type) {
    return new Column(name, type);
  }

  /** The names of the columns, separated by commas. */
  String columnList() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** A question mark for each column, separated by commas. */
  String parameterList() {
    return columns.stream().map(column -> "?").collect(Collectors.joining(", "));
  }
}
