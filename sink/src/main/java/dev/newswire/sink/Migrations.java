// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.UserError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * Brings a database's tables to this version with Flyway, whose scripts are in a folder for each
 * kind of database. A database that is there already is not looked at by Flyway, which takes a
 * while to load.
 */
final class Migrations {

  /** The version of the newest script. */
  static final int LATEST = 5;

  private static final String HISTORY = "flyway_schema_history";

  private Migrations() {}

  /**
   * Makes the tables, or upgrades them.
   *
   * @param kind folder of the scripts
   * @param connection to the database; no transaction is open
   * @param database makes further connections to it
   * @param name the database's, for people
   * @throws UserError where the tables are newer, or somebody else's
   * @throws SQLException where the database can't be used now
   */
  static void apply(String kind, Connection connection, DataSource database, String name)
      throws SQLException {
    int version = version(connection);
    refuseNewer(version, name);
    if (version == LATEST) {
      return;
    }
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(database)
          .locations("classpath:dev/newswire/sink/" + kind)
          .table(HISTORY)
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayValidateException e) {
      throw new UserError(
          "the tables of '" + name + "' are not those of a newswire: " + line(e), e);
    } catch (FlywayException e) {
      if (e.getMessage().contains("non-empty schema")) {
        throw new UserError(
            "the store '" + name + "' holds tables that are not newswire's; give another", e);
      }
      throw new SQLException("the tables can't be made: " + line(e), e);
    }
  }

  /**
   * Sees to it that a database can be read as it is.
   *
   * @throws UserError where its tables are missing, older or newer
   */
  static void check(Connection connection, String name) throws SQLException {
    int version = version(connection);
    refuseNewer(version, name);
    if (version == 0) {
      throw new UserError("the store '" + name + "' holds no articles yet; run the sink first");
    }
    if (version < LATEST) {
      throw new UserError(
          "the store '"
              + name
              + "' was made by an older newswire; run the sink once to upgrade it");
    }
  }

  private static void refuseNewer(int version, String name) {
    if (version > LATEST) {
      throw new UserError(
          "the store '"
              + name
              + "' has tables of version "
              + version
              + ", newer than this newswire knows ("
              + LATEST
              + "); use a newer newswire");
    }
  }

  /** The version of the tables; 0 where there are none of ours. */
  private static int version(Connection connection) throws SQLException {
    try (ResultSet history =
        connection.getMetaData().getTables(null, connection.getSchema(), HISTORY, null)) {
      if (!history.next()) {
        return 0;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT max(CAST(version AS integer)) FROM " + HISTORY + " WHERE success")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static String line(Exception error) {
    return String.valueOf(error.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("");
  }
}
