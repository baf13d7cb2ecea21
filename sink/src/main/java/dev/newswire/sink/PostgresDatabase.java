// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Outage;
import dev.newswire.runtime.UserError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/** Articles in a PostgreSQL server of version 15 or later. */
final class PostgresDatabase extends Database {

  static final String SCHEME = "postgresql://";

  private static final Pattern URL =
      Pattern.compile(
          "postgresql://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?"
              + "(?<place>[^?]*)(?<parameters>\\?.*)?");

  /**
   * Who waits for a lock, or was stopped within a transaction, must not hold up the others for
   * ever: the server ends what takes longer. What it gives up is tried again.
   */
  private static final String WRITER =
      "SET lock_timeout = '20s'; SET statement_timeout = '50s';"
          + " SET idle_in_transaction_session_timeout = '30s'; SET TimeZone = 'UTC'";

  private static final String READER =
      "SET default_transaction_read_only = on; SET statement_timeout = '50s';"
          + " SET TimeZone = 'UTC'";

  private final String name;
  private final PGSimpleDataSource source;

  private PostgresDatabase(String name, PGSimpleDataSource source) {
    this.name = name;
    this.source = source;
  }

  static PostgresDatabase at(String url, Optional<String> password) {
    Matcher parts = URL.matcher(url);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setApplicationName("newswire");
    source.setConnectTimeout(10);
    source.setSocketTimeout(60);
    source.setTcpKeepAlive(true);
    try {
      if (!parts.matches()) {
        throw new IllegalArgumentException("no PostgreSQL URL");
      }
      String parameters = parts.group("parameters") == null ? "" : parts.group("parameters");
      source.setURL("jdbc:postgresql://" + parts.group("place") + parameters);
      if (parts.group("user") != null) {
        source.setUser(decoded(parts.group("user")));
      }
      if (parts.group("password") != null) {
        source.setPassword(decoded(parts.group("password")));
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "can't read the URL of the store; it is postgresql://HOST:PORT/DATABASE?user=NAME", e);
    }
    password.ifPresent(source::setPassword);
    return new PostgresDatabase(SCHEME + parts.group("place"), source);
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  Store open(boolean keepRevisions) {
    try {
      Connection connection = connect(WRITER);
      try {
        Migrations.apply("postgresql", connection, source, name);
        connection.setAutoCommit(false);
        return new PostgresStore(connection, keepRevisions);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw classified(e);
    }
  }

  @Override
  Connection connectForReading() throws SQLException {
    return connect(READER);
  }

  private Connection connect(String settings) throws SQLException {
    try {
      Connection connection = source.getConnection();
      try (Statement statement = connection.createStatement()) {
        statement.execute(settings);
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      String state = state(e);
      if (state.startsWith("28") || state.equals("3D000")) {
        throw new UserError("the store '" + name + "' refuses: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private static String state(SQLException error) {
    return error.getSQLState() == null ? "" : error.getSQLState();
  }

  /**
   * By the classes of PostgreSQL's error codes: wrong data (22), a broken rule of a table (23) and
   * values beyond the server's limits (54) are the record's fault. A number or id that is already
   * there (23505) is not: another instance was quicker, and the next attempt sees its row.
   */
  static RuntimeException classified(SQLException error) {
    String state = state(error);
    if (state.startsWith("22")
        || (state.startsWith("23") && !state.equals("23505"))
        || state.startsWith("54")) {
      return new BadRecord("the database refuses the record: " + error.getMessage(), error);
    }
    if (state.equals("53100")) {
      return new Outage("the disk of the database is full: " + error.getMessage(), error);
    }
    return new Outage("the database can't be used now: " + error.getMessage(), error);
  }

  @Override
  Dialect dialect() {
    return new TextSearch();
  }

  /** Words by PostgreSQL's text search. */
  private static final class TextSearch implements Dialect {

    @Override
    public Object moment(Instant moment) {
      return moment.atOffset(ZoneOffset.UTC);
    }

    @Override
    public Instant moment(ResultSet row, int column) throws SQLException {
      return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public String day() {
      return "to_char(a.published AT TIME ZONE 'UTC', 'YYYY-MM-DD')";
    }

    @Override
    public Fragment join(List<String> wanted, List<String> excluded) {
      String query =
          wanted.stream().map(WordVector::query).collect(Collectors.joining(" & "))
              + (excluded.isEmpty() ? "" : " & !(" + anyOf(excluded) + ")");
      return new Fragment(
          " JOIN article_text w ON w.article_number = a.number"
              + " CROSS JOIN (SELECT CAST(? AS tsquery) AS query) q",
          List.of(query));
    }

    @Override
    public Fragment matches(List<String> wanted, List<String> excluded) {
      return new Fragment("w.words @@ q.query", List.of());
    }

    @Override
    public Fragment hasNone(List<String> excluded) {
      return new Fragment(
          "NOT EXISTS (SELECT 1 FROM article_text w WHERE w.article_number = a.number"
              + " AND w.words @@ CAST(? AS tsquery))",
          List.of(anyOf(excluded)));
    }

    private static String anyOf(List<String> terms) {
      return terms.stream().map(WordVector::query).collect(Collectors.joining(" | "));
    }

    @Override
    public String highlights() {
      String marks = "'StartSel=\"' || chr(1) || '\", StopSel=\"' || chr(2) || '\", ";
      return "ts_headline('newswire', a.headline, q.query, "
          + marks
          + "HighlightAll=true'), ts_headline('newswire', left(a.body, 100000), q.query, "
          + marks
          + "MinWords=12, MaxWords=24, MaxFragments=1')";
    }

    @Override
    public String byRelevance() {
      return "ts_rank(w.words, q.query) DESC";
    }
  }
}
