// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A database for one test, which goes when it is closed.
 *
 * @param kind folder of its migrations
 * @param url as the option {@code --store} takes it
 * @param jdbcUrl the same for JDBC
 * @param removal removes it
 */
record TestDatabase(String kind, String url, String jdbcUrl, Runnable removal)
    implements AutoCloseable {

  /** A file that is not there yet. */
  static TestDatabase sqlite(Path folder) {
    Path file = folder.resolve("newswire-" + System.nanoTime() + ".db");
    return new TestDatabase("sqlite", "sqlite:" + file, "jdbc:sqlite:" + file, () -> {});
  }

  /** The database as the program opens it. */
  Database database() {
    return Database.of(url, java.util.Optional.empty());
  }

  /** Does to it what somebody else might. */
  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      if (kind.equals("sqlite")) {
        statement.execute("PRAGMA busy_timeout = 30000");
      }
      statement.execute(sql);
    }
  }

  /** The rows of a query, their values separated by bars. */
  List<String> rows(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        StringJoiner values = new StringJoiner("|");
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        rows.add(values.toString());
      }
      return rows;
    }
  }

  @Override
  public void close() {
    removal.run();
  }
}
