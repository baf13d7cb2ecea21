// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static dev.newswire.sink.Table.column;

import dev.newswire.schemas.Article;
import dev.newswire.sink.Table.ColumnType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Articles in PostgreSQL; rows come by COPY in its binary form. */
final class PostgresStore extends JdbcStore {

  /** As much text as is sure to make less than the megabyte that a tsvector can hold. */
  private static final int SEARCHABLE_BYTES = 256 * 1024;

  private static final Table WORDS =
      new Table(
          "article_text",
          List.of(column("article_number", ColumnType.NUMBER), column("words", ColumnType.BYTES)));

  private final CopyManager copyManager;

  PostgresStore(Connection connection, boolean keepRevisions) throws SQLException {
    super(connection, keepRevisions);
    copyManager = connection.unwrap(PGConnection.class).getCopyAPI();
  }

  /** The driver begins one with the first statement. */
  @Override
  void begin() {}

  @Override
  void commit() throws SQLException {
    connection().commit();
  }

  @Override
  void rollback() throws SQLException {
    connection().rollback();
  }

  @Override
  Map<String, Held> held(Collection<String> ids) throws SQLException {
    PreparedStatement select =
        statement(
            "SELECT article_id, number, current_record, content_record FROM articles"
                + " WHERE article_id = ANY (?)");
    select.setArray(1, connection().createArrayOf("text", ids.toArray()));
    Map<String, Held> held = new HashMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        held.put(row.getString(1), held(row.getLong(2), row.getBytes(3), row.getBytes(4)));
      }
    }
    return held;
  }

  @Override
  List<Long> numbers(int count) throws SQLException {
    PreparedStatement select =
        statement("SELECT nextval('article_numbers') FROM generate_series(1, ?)");
    select.setInt(1, count);
    List<Long> numbers = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
    }
    return numbers;
  }

  @Override
  void delete(Collection<Long> numbers) throws SQLException {
    PreparedStatement delete = statement("DELETE FROM articles WHERE number = ANY (?)");
    delete.setArray(1, connection().createArrayOf("bigint", numbers.toArray()));
    delete.executeUpdate();
  }

  @Override
  void insert(Map<Long, ArticleState> articles) throws SQLException {
    // Made while the server takes the other rows, for they are dear too.
    CompletableFuture<BinaryCopy> words = CompletableFuture.supplyAsync(() -> words(articles));
    BinaryCopy rows = new BinaryCopy(ArticleTables.ARTICLES);
    List<ArticleTables.Rows> made = ArticleTables.rows(articles);
    made.forEach(row -> rows.add(row.article()));
    copy(rows);
    for (Table part : ArticleTables.PARTS) {
      copyPart(part, made);
    }
    copy(words.join());
  }

  /** A statement costs a round trip, which tables that get no rows are spared. */
  private void copyPart(Table part, List<ArticleTables.Rows> made) throws SQLException {
    BinaryCopy rows = new BinaryCopy(part);
    boolean isEmpty = true;
    for (ArticleTables.Rows article : made) {
      article.of(part).forEach(rows::add);
      isEmpty &= article.of(part).isEmpty();
    }
    if (!isEmpty) {
      copy(rows);
    }
  }

  private void copy(BinaryCopy rows) throws SQLException {
    try {
      copyManager.copyIn(rows.statement(), new ByteArrayInputStream(rows.finish()));
    } catch (IOException e) {
      throw new SQLException(e);
    }
  }

  private static BinaryCopy words(Map<Long, ArticleState> articles) {
    BinaryCopy words = new BinaryCopy(WORDS);
    articles.forEach(
        (number, state) -> {
          if (ArticleTables.visible(state)) {
            words.add(words(number, state.content().getArticle()));
          }
        });
    return words;
  }

  private static List<Object> words(long number, Article content) {
    return List.of(
        number, WordVector.of(searchable(content.getHeadline()), searchable(content.getBody())));
  }

  private static String searchable(String text) {
    String words = Words.folded(text);
    if (words.length() < SEARCHABLE_BYTES / 4) {
      return words;
    }
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= SEARCHABLE_BYTES) {
      return words;
    }
    int end = SEARCHABLE_BYTES;
    while (end > 0 && bytes[end] != ' ') {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
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
                + table.columns().stream()
                    .map(column -> column.type() == ColumnType.JSON ? "CAST(? AS jsonb)" : "?")
                    .collect(Collectors.joining(", "))
                + ")"
                + onConflict);
    for (List<Object> row : (Iterable<List<Object>>) rows::iterator) {
      for (int i = 0; i < row.size(); i++) {
        bind(insert, i + 1, row.get(i), table.columns().get(i).type());
      }
      insert.addBatch();
    }
    insert.executeBatch();
  }

  private static void bind(PreparedStatement insert, int parameter, Object value, ColumnType type)
      throws SQLException {
    if (value == null && type == ColumnType.MOMENT) {
      insert.setNull(parameter, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      insert.setObject(
          parameter, value instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : value);
    }
  }

  @Override
  RuntimeException classified(SQLException error) {
    return PostgresDatabase.classified(error);
  }
}
