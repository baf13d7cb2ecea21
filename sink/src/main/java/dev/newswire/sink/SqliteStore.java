// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.schemas.Article;
import dev.newswire.sink.ArticleTables.Rows;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Articles in an SQLite file. */
final class SqliteStore extends JdbcStore {

  private static final Instant YEAR_ZERO = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final Object identity;

  SqliteStore(Connection connection, Path file, boolean keepRevisions) {
    super(connection, keepRevisions);
    this.file = file;
    identity = identity(file);
  }

  /** What tells the file from another of the same name; its name where the system knows no more. */
  private static Object identity(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? file : key;
    } catch (IOException e) {
      return "missing";
    }
  }

  /** A moment as text that SQLite's own functions read; outside of years 0 to 9999 as ISO 8601. */
  static String moment(Instant moment) {
    if (moment.isBefore(YEAR_ZERO) || !moment.isBefore(YEAR_10000)) {
      return moment.toString();
    }
    // A DateTimeFormatter takes ten times as long, which is a tenth of all that the sink does.
    LocalDateTime time = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), 0, ZoneOffset.UTC);
    char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
    digits(text, 4, time.getYear());
    digits(text, 7, time.getMonthValue());
    digits(text, 10, time.getDayOfMonth());
    digits(text, 13, time.getHour());
    digits(text, 16, time.getMinute());
    digits(text, 19, time.getSecond());
    digits(text, 23, moment.getNano() / 1_000_000);
    return new String(text);
  }

  /** Writes a number so that it ends before a position; zeros stand before it. */
  private static void digits(char[] text, int end, int number) {
    int position = end;
    for (int left = number; left > 0; left /= 10) {
      text[--position] = (char) ('0' + left % 10);
    }
  }

  @Override
  void begin() throws SQLException {
    if (!identity.equals(identity(file))) {
      throw new SQLException("the file was removed or replaced");
    }
    statement("BEGIN IMMEDIATE").execute();
  }

  @Override
  void commit() throws SQLException {
    statement("COMMIT").execute();
  }

  @Override
  void rollback() throws SQLException {
    statement("ROLLBACK").execute();
  }

  @Override
  Map<String, Held> held(Collection<String> ids) throws SQLException {
    PreparedStatement select =
        statement(
            "SELECT article_id, number, current_record, content_record FROM articles"
                + " WHERE article_id IN (SELECT value FROM json_each(?))");
    select.setString(1, jsonArray(ids));
    Map<String, Held> held = new HashMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        held.put(row.getString(1), held(row.getLong(2), row.getBytes(3), row.getBytes(4)));
      }
    }
    return held;
  }

  private static String jsonArray(Collection<String> texts) {
    StringWriter array = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(array)) {
      generator.writeStartArray();
      for (String text : texts) {
        generator.writeString(text);
      }
      generator.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return array.toString();
  }

  /** Nobody else writes before this transaction ends. */
  @Override
  List<Long> numbers(int count) throws SQLException {
    try (ResultSet row =
        statement("SELECT coalesce(max(number), 0) FROM articles").executeQuery()) {
      long last = row.getLong(1);
      return LongStream.rangeClosed(last + 1, last + count).boxed().toList();
    }
  }

  @Override
  void delete(Collection<Long> numbers) throws SQLException {
    for (String sql :
        List.of(
            "DELETE FROM article_text WHERE rowid = ?", "DELETE FROM articles WHERE number = ?")) {
      PreparedStatement delete = statement(sql);
      for (long number : numbers) {
        delete.setLong(1, number);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  @Override
  void insert(Map<Long, ArticleState> articles) throws SQLException {
    List<Rows> rows = ArticleTables.rows(articles);
    insert(ArticleTables.ARTICLES, rows.stream().map(Rows::article), "");
    for (Table part : ArticleTables.PARTS) {
      insert(part, rows.stream().flatMap(row -> row.of(part).stream()), "");
    }
    PreparedStatement text =
        statement("INSERT INTO article_text (rowid, headline, body) VALUES (?, ?, ?)");
    for (Map.Entry<Long, ArticleState> article : articles.entrySet()) {
      if (ArticleTables.visible(article.getValue())) {
        Article content = article.getValue().content().getArticle();
        text.setLong(1, article.getKey());
        text.setString(2, Words.storable(content.getHeadline()));
        text.setString(3, Words.storable(content.getBody()));
        text.addBatch();
      }
    }
    text.executeBatch();
  }

  @Override
  void insert(Table table, Stream<List<Object>> rows, String onConflict) throws SQLException {
    PreparedStatement insert =
        statement(
            "INSERT INTO "
                + table.name()
                + " ("
                + table.columnList()
                + ") VALUES ("
                + table.parameterList()
                + ")"
                + onConflict);
    for (List<Object> row : (Iterable<List<Object>>) rows::iterator) {
      for (int i = 0; i < row.size(); i++) {
        Object value = row.get(i);
        bind(insert, i + 1, value);
      }
      insert.addBatch();
    }
    insert.executeBatch();
  }

  /** What setObject does, but without asking for each of a dozen other types first. */
  private static void bind(PreparedStatement insert, int parameter, Object value)
      throws SQLException {
    if (value instanceof String text) {
      insert.setString(parameter, text);
    } else if (value instanceof Long number) {
      insert.setLong(parameter, number);
    } else if (value instanceof Instant moment) {
      insert.setString(parameter, moment(moment));
    } else {
      insert.setObject(parameter, value);
    }
  }

  @Override
  RuntimeException classified(SQLException error) {
    return SqliteDatabase.classified(error);
  }
}
