// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Outage;
import dev.newswire.runtime.OwnFiles;
import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Articles in an SQLite file: no server needed. */
final class SqliteDatabase extends Database {

  /** Bytes. */
  private static final int LARGEST_IDLE_LOG = 16 << 20;

  static final String SCHEME = "sqlite:";

  private final Path file;

  SqliteDatabase(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return SCHEME + file;
  }

  @Override
  Store open(boolean keepRevisions) {
    makeFile();
    SQLiteDataSource source = source();
    try {
      Connection connection = source.getConnection();
      try {
        Migrations.apply("sqlite", connection, source, name());
        return new SqliteStore(connection, file, keepRevisions);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      if (isNoDatabase(e)) {
        throw new UserError("the store '" + file + "' is no SQLite database", e);
      }
      if (isWithoutLibrary(e)) {
        throw withoutLibrary(e);
      }
      throw classified(e);
    } catch (LinkageError e) {
      throw withoutLibrary(e);
    }
  }

  private static boolean isWithoutLibrary(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof NativeLibraryNotFoundException || cause instanceof LinkageError) {
        return true;
      }
    }
    return false;
  }

  /** Waiting does not help, so this is no outage. */
  private static UserError withoutLibrary(Throwable failure) {
    return new UserError(
        "SQLite's library can't be unpacked and loaded in '"
            + System.getProperty("java.io.tmpdir")
            + "': the folder for temporary files must exist, have room, and not be mounted noexec;"
            + " name another with -Djava.io.tmpdir=FOLDER in NEWSWIRE_JAVA_OPTIONS",
        failure);
  }

  /** SQLite gives its log and index beside the file the permissions of the file. */
  private void makeFile() {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UserError("the store '" + file + "' is a folder; give a file");
    }
    try {
      if (Files.notExists(folder)) {
        OwnFiles.makeFolder(folder);
      }
    } catch (IOException e) {
      throw new UserError("can't make the folder of the store '" + folder + "'", e);
    }
    try {
      OwnFiles.makeFile(file);
      OwnFiles.restrictFile(Path.of(file + "-wal"));
      OwnFiles.restrictFile(Path.of(file + "-shm"));
    } catch (IOException e) {
      throw new Outage("the store '" + file + "' can't be made: " + e, e);
    }
  }

  @Override
  Connection connectForReading() throws SQLException {
    if (!Files.exists(file)) {
      throw new UserError("there is no database '" + file + "'");
    }
    // Not opened read-only: a reader of a write-ahead log may have to make its shared index.
    return source().getConnection();
  }

  private SQLiteDataSource source() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // Safe from a crash of the process; after one of the machine the last transactions are read
    // from Kafka again, for their offsets are lost with them.
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(5_000);
    // The log is cut back to this once a checkpoint has emptied it; else it stays as large as the
    // largest transaction has ever made it.
    config.setJournalSizeLimit(LARGEST_IDLE_LOG);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static boolean isNoDatabase(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite
          && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB) {
        return true;
      }
    }
    return false;
  }

  static RuntimeException classified(SQLException error) {
    if (error instanceof SQLiteException sqlite) {
      String code = sqlite.getResultCode().name();
      if (code.startsWith("SQLITE_CONSTRAINT")
          || code.equals("SQLITE_TOOBIG")
          || code.equals("SQLITE_MISMATCH")
          || code.equals("SQLITE_RANGE")) {
        return new BadRecord("the database refuses the record: " + error.getMessage(), error);
      }
      if (code.equals("SQLITE_FULL") || code.equals("SQLITE_IOERR_WRITE")) {
        return new Outage("the disk of the database is full: " + error.getMessage(), error);
      }
    }
    return new Outage("the database can't be used now: " + error.getMessage(), error);
  }

  @Override
  Dialect dialect() {
    return new Fts5();
  }

  /** Words by SQLite's FTS5. */
  private static final class Fts5 implements Dialect {

    @Override
    public Object moment(Instant moment) {
      return SqliteStore.moment(moment);
    }

    @Override
    public Instant moment(ResultSet row, int column) throws SQLException {
      return Instant.parse(row.getString(column));
    }

    @Override
    public String day() {
      return "date(a.published)";
    }

    @Override
    public Fragment join(List<String> wanted, List<String> excluded) {
      return new Fragment(" JOIN article_text ON article_text.rowid = a.number", List.of());
    }

    @Override
    public Fragment matches(List<String> wanted, List<String> excluded) {
      String query = "(" + quoted(wanted, " AND ") + ")";
      return new Fragment(
          "article_text MATCH ?",
          List.of(excluded.isEmpty() ? query : query + " NOT (" + quoted(excluded, " OR ") + ")"));
    }

    @Override
    public Fragment hasNone(List<String> excluded) {
      return new Fragment(
          "a.number NOT IN (SELECT rowid FROM article_text WHERE article_text MATCH ?)",
          List.of(quoted(excluded, " OR ")));
    }

    /** In quotes nothing is an operator, and what is no letter or digit only parts words. */
    private static String quoted(List<String> terms, String between) {
      return terms.stream()
          .map(term -> '"' + term.replace('"', ' ') + '"')
          .collect(Collectors.joining(between));
    }

    @Override
    public String highlights() {
      return "highlight(article_text, 0, char(1), char(2)),"
          + " snippet(article_text, 1, char(1), char(2), '…', 24)";
    }

    @Override
    public String byRelevance() {
      return "bm25(article_text, 4.0, 1.0)";
    }
  }
}
