// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Outage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement in the making that reads a store. Not thread-safe. */
final class Sql {

  private final Connection connection;
  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Reads what it wants of a row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Adds text, never with anything that a user or a feed gave, and the values of its parameters.
   */
  Sql add(String sql, Object... parameters) {
    text.append(sql);
    values.addAll(List.of(parameters));
    return this;
  }

  Sql add(Dialect.Fragment fragment) {
    text.append(fragment.sql());
    values.addAll(fragment.values());
    return this;
  }

  /** Adds the values of parameters whose text is there already. */
  void values(List<?> parameters) {
    values.addAll(parameters);
  }

  /**
   * Runs it.
   *
   * @throws Outage where the database can't be read now
   */
  <T> List<T> run(Row<T> reader) {
    try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<T> result = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          result.add(reader.read(rows));
        }
      }
      return result;
    } catch (SQLException e) {
      throw new Outage("the database can't be read: " + e.getMessage(), e);
    }
  }
}
