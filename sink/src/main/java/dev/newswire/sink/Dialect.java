// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What {@link Search} has to say differently to each kind of database. */
interface Dialect {

  /**
   * A piece of SQL.
   *
   * @param sql the text, never with anything that a user or a feed gave
   * @param values of its parameters
   */
  record Fragment(String sql, List<Object> values) {}

  /** The value to compare a column of moments with. */
  Object moment(Instant moment);

  /** Reads a column of moments that is not null. */
  Instant moment(ResultSet row, int column) throws SQLException;

  /** The day of publication of the article {@code a}, as 2026-03-02. */
  String day();

  /**
   * Joins the index of words to the articles {@code a}.
   *
   * @param wanted words and phrases that must all be there; at least one
   * @param excluded words and phrases of which none may be there
   */
  Fragment join(List<String> wanted, List<String> excluded);

  /** The condition that goes with {@link #join}. */
  Fragment matches(List<String> wanted, List<String> excluded);

  /** The condition that none of these words and phrases, at least one, is in the article. */
  Fragment hasNone(List<String> excluded);

  /** Headline and excerpt with marks around what was found, where words were joined. */
  String highlights();

  /** Sorts the most relevant first, where words were joined. */
  String byRelevance();
}
