// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.schemas.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteConfig;

/**
 * Reads the store back: published articles alone, so nothing withheld, killed or under embargo. Not
 * thread-safe.
 */
public final class Search implements AutoCloseable {

  private static final Pattern TERM = Pattern.compile("(-?)(?:\"([^\"]*)\"|(\\S+))");

  private final Connection connection;

  private Search(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens a store for reading.
   *
   * @throws UserError where there is none, or none that can be read
   */
  public static Search open(Path database) {
    if (!Files.exists(database)) {
      throw new UserError("--store: there is no database '" + database + "'");
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(30_000);
    try {
      // Not read-only: a reader of a write-ahead log may have to make its shared index.
      Connection connection = config.createConnection("jdbc:sqlite:" + database);
      try (ResultSet version = connection.createStatement().executeQuery("PRAGMA user_version")) {
        if (version.getInt(1) != SqliteStore.SCHEMA_VERSION) {
          throw new UserError(
              "--store: the database '"
                  + database
                  + "' has tables of version "
                  + version.getInt(1)
                  + ", and this newswire reads "
                  + SqliteStore.SCHEMA_VERSION);
        }
      }
      return new Search(connection);
    } catch (SQLException e) {
      throw new UserError("--store: can't read '" + database + "': " + e.getMessage(), e);
    }
  }

  /** The hits, best first where there are words to find, else the newest first. */
  public List<Hit> find(SearchQuery query) {
    boolean ranked = hasWords(query.text());
    Condition condition = condition(query);
    String sql =
        "SELECT a.content_record, "
            + (ranked
                ? "highlight(article_text, 0, char(1), char(2)),"
                    + " snippet(article_text, 1, char(1), char(2), '…', 24)"
                : "a.headline, substr(a.body, 1, 240)")
            + condition.sql
            + (ranked
                ? " ORDER BY article_text.rank, a.published DESC"
                : " ORDER BY a.published DESC")
            + ", a.article_id LIMIT ? OFFSET ?";
    condition.values.add(query.limit());
    condition.values.add(query.offset());
    try (PreparedStatement select = prepare(sql, condition.values);
        ResultSet rows = select.executeQuery()) {
      List<Hit> hits = new ArrayList<>();
      while (rows.next()) {
        hits.add(new Hit(RecordBytes.read(rows.getBytes(1)), rows.getString(2), rows.getString(3)));
      }
      return hits;
    } catch (SQLException e) {
      throw new Outage("the database can't be read: " + e.getMessage(), e);
    }
  }

  /** How many articles the query finds, limit and offset aside. */
  public long count(SearchQuery query) {
    Condition condition = condition(query);
    try (PreparedStatement select = prepare("SELECT count(*)" + condition.sql, condition.values);
        ResultSet row = select.executeQuery()) {
      return row.getLong(1);
    } catch (SQLException e) {
      throw new Outage("the database can't be read: " + e.getMessage(), e);
    }
  }

  private record Condition(String sql, List<Object> values) {}

  private static Condition condition(SearchQuery query) {
    StringBuilder sql = new StringBuilder(" FROM published_articles a");
    List<Object> values = new ArrayList<>();
    String match = match(query.text());
    if (hasWords(query.text())) {
      sql.append(" JOIN article_text ON article_text.rowid = a.number");
    }
    sql.append(" WHERE 1 = 1");
    if (hasWords(query.text())) {
      sql.append(" AND article_text MATCH ?");
      values.add(match);
    } else if (!match.isEmpty()) {
      sql.append(
          " AND a.number NOT IN (SELECT rowid FROM article_text WHERE article_text MATCH ?)");
      values.add(match);
    }
    for (String topic : query.topics()) {
      sql.append(
          " AND EXISTS (SELECT 1 FROM article_topics t WHERE t.article_number = a.number AND t.topic"
              + " = ?)");
      values.add(topic);
    }
    for (String entity : query.entities()) {
      sql.append(
          " AND EXISTS (SELECT 1 FROM article_entities e WHERE e.article_number = a.number AND"
              + " (e.wikidata_id = ? OR (' ' || e.name || ' ') LIKE ? ESCAPE '\\'))");
      values.add(entity);
      values.add("% " + entity.replaceAll("([%_\\\\])", "\\\\$1") + " %");
    }
    if (!query.providers().isEmpty()) {
      sql.append(" AND a.provider IN (")
          .append("?, ".repeat(query.providers().size() - 1))
          .append("?)");
      values.addAll(query.providers());
    }
    query
        .since()
        .ifPresent(
            moment -> {
              sql.append(" AND a.published >= ?");
              values.add(moment.toEpochMilli());
            });
    query
        .until()
        .ifPresent(
            moment -> {
              sql.append(" AND a.published < ?");
              values.add(moment.toEpochMilli());
            });
    return new Condition(sql.toString(), values);
  }

  /** The text in the language of FTS5: every term quoted, so that nothing in it is an operator. */
  private static String match(String text) {
    StringBuilder wanted = new StringBuilder();
    StringBuilder excluded = new StringBuilder();
    Matcher terms = TERM.matcher(text);
    while (terms.find()) {
      String term = terms.group(2) == null ? terms.group(3) : terms.group(2);
      if (term.codePoints().noneMatch(Character::isLetterOrDigit)) {
        continue;
      }
      boolean exclude = terms.group(1).equals("-");
      StringBuilder target = exclude ? excluded : wanted;
      if (!target.isEmpty()) {
        target.append(exclude ? " OR " : " AND ");
      }
      target.append('"').append(term.replace("\"", "")).append('"');
    }
    if (wanted.isEmpty() || excluded.isEmpty()) {
      return wanted.append(excluded).toString();
    }
    return "(" + wanted + ") NOT (" + excluded + ")";
  }

  private static boolean hasWords(String text) {
    Matcher terms = TERM.matcher(text);
    while (terms.find()) {
      if (terms.group(1).isEmpty()
          && terms.group().codePoints().anyMatch(Character::isLetterOrDigit)) {
        return true;
      }
    }
    return false;
  }

  private PreparedStatement prepare(String sql, List<Object> values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new Outage("the database can't be closed: " + e.getMessage(), e);
    }
  }
}
