// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * The rows of a database that the sink filled, held in memory as JDBC or COPY gives them, and a
 * bare loop that writes them to another: all tables, the words of the search and the offset, in
 * transactions of so many articles, without reading, merging or encoding anything.
 */
public abstract class BareStore {

  private static final List<String> TABLES =
      List.of(
          "articles",
          "article_entities",
          "article_topics",
          "article_renditions",
          "article_related",
          "article_text");

  /** Reads the rows of this database in portions of so many articles. */
  public static BareStore readFrom(String url, int portion) throws Exception {
    return read(url.startsWith("sqlite:") ? new Batches() : new Copies(false), url, portion);
  }

  /** The same of PostgreSQL, whose server makes the words anew, as it has to for any writer. */
  public static BareStore withoutWords(String url, int portion) throws Exception {
    return read(new Copies(true), url, portion);
  }

  private static BareStore read(BareStore store, String url, int portion) throws Exception {
    try (Connection connection = store.connect(url);
        Statement statement = connection.createStatement()) {
      long last;
      try (ResultSet row = statement.executeQuery("SELECT max(number) FROM articles")) {
        row.next();
        last = row.getLong(1);
      }
      for (long from = 1; from <= last; from += portion) {
        store.read(connection, from, from + portion - 1);
      }
    }
    return store;
  }

  /** Makes the tables of this database. */
  public static void makeTables(String url) {
    Database.of(url, Optional.empty()).open(false).close();
  }

  /** Writes all rows to this database, whose tables are there and empty; the seconds it took. */
  public final double writeTo(String url) throws Exception {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO consumer_offsets (consumer_group, topic, partition, generation,"
              + " next_offset) VALUES ('bare', 'bare', 0, 1, 0)");
      long begin = System.nanoTime();
      for (int portion = 0; portion < portions(); portion++) {
        statement.execute("BEGIN");
        statement.execute("UPDATE consumer_offsets SET next_offset = next_offset + 1");
        write(connection, portion);
        statement.execute("COMMIT");
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  abstract Connection connect(String url) throws SQLException;

  abstract void read(Connection connection, long from, long to) throws Exception;

  abstract int portions();

  abstract void write(Connection connection, int portion) throws Exception;

  private static String key(String table, boolean isSqlite) {
    if (table.equals("articles")) {
      return "number";
    }
    return table.equals("article_text") && isSqlite ? "rowid" : "article_number";
  }

  /** SQLite by batches of JDBC. */
  private static final class Batches extends BareStore {

    private final List<List<List<Object[]>>> portions = new ArrayList<>();

    @Override
    Connection connect(String url) throws SQLException {
      return ((SqliteDatabase) Database.of(url, Optional.empty())).connectForReading();
    }

    @Override
    void read(Connection connection, long from, long to) throws SQLException {
      List<List<Object[]>> tables = new ArrayList<>();
      for (String table : TABLES) {
        List<Object[]> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
            ResultSet row =
                statement.executeQuery(
                    "SELECT %s* FROM %s WHERE %s BETWEEN %d AND %d"
                        .formatted(
                            table.equals("article_text") ? "rowid, " : "",
                            table,
                            key(table, true),
                            from,
                            to))) {
          while (row.next()) {
            Object[] values = new Object[row.getMetaData().getColumnCount()];
            for (int i = 0; i < values.length; i++) {
              values[i] = row.getObject(i + 1);
            }
            rows.add(values);
          }
        }
        tables.add(rows);
      }
      portions.add(tables);
    }

    @Override
    int portions() {
      return portions.size();
    }

    @Override
    void write(Connection connection, int portion) throws SQLException {
      for (int table = 0; table < TABLES.size(); table++) {
        List<Object[]> rows = portions.get(portion).get(table);
        String columns = TABLES.get(table).equals("article_text") ? " (rowid, headline, body)" : "";
        try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO "
                    + TABLES.get(table)
                    + columns
                    + " VALUES (?"
                    + ", ?".repeat(rows.get(0).length - 1)
                    + ")")) {
          for (Object[] values : rows) {
            for (int i = 0; i < values.length; i++) {
              insert.setObject(i + 1, values[i]);
            }
            insert.addBatch();
          }
          insert.executeBatch();
        }
      }
    }
  }

  /** PostgreSQL by COPY of bytes that COPY gave. */
  private static final class Copies extends BareStore {

    private static final String WORDS =
        "INSERT INTO article_text SELECT number,"
            + " setweight(to_tsvector('newswire', headline), 'A')"
            + " || to_tsvector('newswire', body)"
            + " FROM articles WHERE number BETWEEN %d AND %d";

    private final boolean makesWords;
    private final List<long[]> numbers = new ArrayList<>();
    private final List<List<byte[]>> portions = new ArrayList<>();

    @Override
    Connection connect(String url) throws SQLException {
      return DriverManager.getConnection("jdbc:" + url);
    }

    Copies(boolean makesWords) {
      this.makesWords = makesWords;
    }

    @Override
    void read(Connection connection, long from, long to) throws SQLException, IOException {
      numbers.add(new long[] {from, to});
      List<byte[]> tables = new ArrayList<>();
      for (String table : TABLES) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "COPY (SELECT * FROM %s WHERE %s BETWEEN %d AND %d) TO STDOUT (FORMAT binary)"
                    .formatted(table, key(table, false), from, to),
                rows);
        tables.add(rows.toByteArray());
      }
      portions.add(tables);
    }

    @Override
    int portions() {
      return portions.size();
    }

    @Override
    void write(Connection connection, int portion) throws SQLException, IOException {
      int tables = TABLES.size();
      if (makesWords) {
        tables--;
      }
      for (int table = 0; table < tables; table++) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY " + TABLES.get(table) + " FROM STDIN (FORMAT binary)",
                new ByteArrayInputStream(portions.get(portion).get(table)));
      }
      if (makesWords) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(WORDS.formatted(numbers.get(portion)[0], numbers.get(portion)[1]));
        }
      }
    }
  }
}
