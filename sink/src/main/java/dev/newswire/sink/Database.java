// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Outage;
import dev.newswire.runtime.UserError;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BiFunction;

/** A database that articles are kept in. Immutable; it may be opened any number of times. */
public abstract sealed class Database permits SqliteDatabase, PostgresDatabase {

  /**
   * The database of a URL: {@code sqlite:FILE}, or {@code
   * postgresql://HOST:PORT/DATABASE?user=NAME} with any parameter of PostgreSQL's JDBC driver.
   *
   * @param password the user's; empty where the URL has it or none is needed
   * @throws UserError where the URL is none of these
   */
  public static Database of(String url, Optional<String> password) {
    if (url.startsWith(SqliteDatabase.SCHEME) && url.length() > SqliteDatabase.SCHEME.length()) {
      return sqlite(Path.of(url.substring(SqliteDatabase.SCHEME.length())));
    }
    if (url.startsWith(PostgresDatabase.SCHEME)) {
      return PostgresDatabase.at(url, password);
    }
    throw new UserError(
        "'" + url + "' is no store; it is sqlite:FILE or postgresql://HOST:PORT/DATABASE");
  }

  /**
   * The database in an SQLite file.
   *
   * @throws UserError where SQLite's machine code can't be loaded, which no waiting mends
   */
  public static Database sqlite(Path file) {
    SqliteLibrary.load();
    return new SqliteDatabase(file);
  }

  /** What it is called among people: its URL without a password. */
  public abstract String name();

  /**
   * Opens it for reading, as it is.
   *
   * @throws UserError where it holds no articles, or can't be read
   */
  public final Search search() {
    return read(Search::new);
  }

  /**
   * Opens it for reading its stories, as it is.
   *
   * @throws UserError where it holds no articles, or can't be read
   */
  public final Stories stories() {
    return read(Stories::new);
  }

  private <T> T read(BiFunction<Connection, Dialect, T> reader) {
    try {
      Connection connection = connectForReading();
      try {
        Migrations.check(connection, name());
        return reader.apply(connection, dialect());
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new UserError("can't read '" + name() + "': " + e.getMessage(), e);
    }
  }

  /**
   * Opens it for writing; makes it, or upgrades its tables, where needed.
   *
   * @param keepRevisions whether every revision is kept beside the newest
   * @throws UserError where it is no database of ours, or one of a newer version
   * @throws Outage where it can't be opened now
   */
  abstract Store open(boolean keepRevisions);

  abstract Connection connectForReading() throws SQLException;

  abstract Dialect dialect();
}
