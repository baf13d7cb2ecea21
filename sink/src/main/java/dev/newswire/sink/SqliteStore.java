// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.RevisionOrder;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Topic;
import dev.newswire.schemas.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Articles in an SQLite file, with the offsets of the consumer group that fills it. Rows and
 * offsets change in one transaction. Not thread-safe; several stores may be open on one file.
 */
final class SqliteStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

  /** Version of the tables, kept in SQLite's own {@code user_version}. */
  static final int SCHEMA_VERSION = 1;

  private final Connection connection;
  private final Path file;
  private final Object identity;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<TopicPartition, Long> generations = new HashMap<>();

  private SqliteStore(Connection connection, Path file, Object identity) {
    this.connection = connection;
    this.file = file;
    this.identity = identity;
  }

  /**
   * Opens a file, and makes it where it is missing.
   *
   * @throws UserError where it is no database of ours, or one of a newer version
   * @throws Outage where it can't be opened now
   */
  static SqliteStore open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(5_000);
    config.enforceForeignKeys(true);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      try {
        prepare(connection, file);
        return new SqliteStore(connection, file, identity(file));
      } catch (SQLException | UserError e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      if (e instanceof SQLiteException sqlite
          && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB) {
        throw new UserError("--store: '" + file + "' is no SQLite database", e);
      }
      throw new Outage("can't open the database " + file + ": " + e.getMessage(), e);
    }
  }

  private static void prepare(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      int version;
      try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
        version = result.getInt(1);
      }
      if (version > SCHEMA_VERSION) {
        throw new UserError(
            "--store: the database '"
                + file
                + "' has tables of version "
                + version
                + ", newer than this newswire knows ("
                + SCHEMA_VERSION
                + "); use a newer newswire");
      }
      if (version == 0) {
        for (String definition : schema().split(";\n", -1)) {
          if (!definition.isBlank()) {
            statement.execute(definition);
          }
        }
        statement.execute("PRAGMA user_version = " + SCHEMA_VERSION);
      }
      statement.execute("COMMIT");
    }
  }

  private static String schema() {
    try (InputStream in = SqliteStore.class.getResourceAsStream("schema.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<TopicPartition, OptionalLong> claim(
      String group, Collection<TopicPartition> partitions) {
    return inTransaction(
        () -> {
          Map<TopicPartition, OptionalLong> offsets = new HashMap<>();
          for (TopicPartition partition : partitions) {
            offsets.put(partition, claim(group, partition));
          }
          return offsets;
        });
  }

  private OptionalLong claim(String group, TopicPartition partition) throws SQLException {
    PreparedStatement claim =
        statement(
            "INSERT INTO consumer_offsets (consumer_group, topic, partition, generation)"
                + " VALUES (?, ?, ?, 1) ON CONFLICT (consumer_group, topic, partition)"
                + " DO UPDATE SET generation = consumer_offsets.generation + 1"
                + " RETURNING generation, next_offset");
    claim.setString(1, group);
    claim.setString(2, partition.topic());
    claim.setInt(3, partition.partition());
    try (ResultSet row = claim.executeQuery()) {
      row.next();
      generations.put(partition, row.getLong(1));
      long next = row.getLong(2);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(next);
    }
  }

  @Override
  public List<Outcome> write(
      List<EnrichedArticle> records, String group, Map<TopicPartition, Long> offsets) {
    return inTransaction(
        () -> {
          for (Map.Entry<TopicPartition, Long> offset : offsets.entrySet()) {
            move(group, offset.getKey(), offset.getValue());
          }
          List<Outcome> outcomes = new ArrayList<>();
          for (EnrichedArticle record : records) {
            outcomes.add(merge(record));
          }
          return outcomes;
        });
  }

  private void move(String group, TopicPartition partition, long next) throws SQLException {
    PreparedStatement update =
        statement(
            "UPDATE consumer_offsets SET next_offset = ?"
                + " WHERE consumer_group = ? AND topic = ? AND partition = ? AND generation = ?");
    update.setLong(1, next);
    update.setString(2, group);
    update.setString(3, partition.topic());
    update.setInt(4, partition.partition());
    update.setLong(5, generations.getOrDefault(partition, 0L));
    if (update.executeUpdate() == 0) {
      throw new Fenced(partition);
    }
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    if (!identity.equals(identity(file))) {
      throw new Outage("the database " + file + " was removed or replaced", null);
    }
    try {
      statement("BEGIN IMMEDIATE").execute();
      T result;
      try {
        result = work.run();
      } catch (SQLException | RuntimeException e) {
        rollback(e);
        throw e;
      }
      statement("COMMIT").execute();
      return result;
    } catch (SQLException e) {
      throw classify(e);
    }
  }

  /** Where even that fails, the cause of the rollback is what matters. */
  private void rollback(Exception cause) {
    try {
      statement("ROLLBACK").execute();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
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

  private Outcome merge(EnrichedArticle record) throws SQLException {
    {
      String id = record.getArticle().getId();
      PreparedStatement select =
          statement(
              "SELECT number, current_record, content_record FROM articles WHERE article_id = ?");
      select.setString(1, id);
      long number = 0;
      ArticleState held = null;
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          number = row.getLong(1);
          held =
              new ArticleState(
                  RecordBytes.read(row.getBytes(2)), RecordBytes.read(row.getBytes(3)));
        }
      }
      if (held == null) {
        ArticleState state = ArticleState.of(record);
        insert(insertArticle(state), state);
        return Outcome.STORED;
      }
      ArticleState state = held.with(record);
      if (!state.equals(held)) {
        clear(number);
        updateArticle(number, state);
        insert(number, state);
      }
      return outcome(record, held.current());
    }
  }

  private static Outcome outcome(EnrichedArticle record, EnrichedArticle held) {
    Article next = record.getArticle();
    if (next.getRevision().equals(held.getArticle().getRevision())) {
      return ArticleState.order(record, held) > 0 ? Outcome.ENRICHED_AGAIN : Outcome.REPEAT;
    }
    if (RevisionOrder.isRepeat(next.getRevision(), held.getArticle().getRevision())) {
      return Outcome.REPEAT;
    }
    return ArticleState.order(record, held) > 0 ? Outcome.REPLACED : Outcome.STALE;
  }

  private void clear(long number) throws SQLException {
    for (String table : List.of("article_entities", "article_topics")) {
      PreparedStatement delete = statement("DELETE FROM " + table + " WHERE article_number = ?");
      delete.setLong(1, number);
      delete.executeUpdate();
    }
    PreparedStatement delete = statement("DELETE FROM article_text WHERE rowid = ?");
    delete.setLong(1, number);
    delete.executeUpdate();
  }

  private static final List<String> COLUMNS =
      List.of(
          "article_id",
          "provider",
          "item_id",
          "feed",
          "url",
          "version",
          "version_created",
          "received_at",
          "first_created",
          "published",
          "status",
          "status_reason",
          "canceled_by",
          "embargoed",
          "embargo_until",
          "expires",
          "urgency",
          "language",
          "headline",
          "slugline",
          "byline",
          "dateline",
          "body",
          "enricher",
          "taxonomy",
          "entity_list",
          "model",
          "current_record",
          "content_record");

  private long insertArticle(ArticleState state) throws SQLException {
    PreparedStatement insert =
        statement(
            "INSERT INTO articles ("
                + String.join(", ", COLUMNS)
                + ") VALUES ("
                + COLUMNS.stream().map(column -> "?").collect(Collectors.joining(", "))
                + ") RETURNING number");
    bind(insert, state);
    try (ResultSet row = insert.executeQuery()) {
      return row.getLong(1);
    }
  }

  private void updateArticle(long number, ArticleState state) throws SQLException {
    PreparedStatement update =
        statement(
            "UPDATE articles SET "
                + COLUMNS.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
                + " WHERE number = ?");
    bind(update, state);
    update.setLong(COLUMNS.size() + 1, number);
    update.executeUpdate();
  }

  private static void bind(PreparedStatement statement, ArticleState state) throws SQLException {
    Article article = state.current().getArticle();
    Article content = state.content().getArticle();
    int at = 1;
    statement.setString(at++, article.getId());
    statement.setString(at++, article.getProvider());
    statement.setString(at++, article.getItemId());
    statement.setString(at++, article.getFeed());
    statement.setString(at++, content.getUrl());
    statement.setString(at++, article.getRevision().getVersion());
    set(statement, at++, article.getRevision().getVersionCreated());
    set(statement, at++, article.getRevision().getReceivedAt());
    set(statement, at++, content.getFirstCreated());
    set(statement, at++, content.getPublished());
    statement.setString(at++, word(article.getStatus()));
    statement.setString(at++, article.getStatusReason());
    statement.setString(at++, article.getCanceledBy());
    statement.setInt(at++, article.getEmbargo() == null ? 0 : 1);
    set(statement, at++, article.getEmbargo() == null ? null : article.getEmbargo().getUntil());
    set(statement, at++, article.getExpires());
    statement.setObject(at++, content.getUrgency());
    statement.setString(at++, state.content().getLanguage());
    statement.setString(at++, content.getHeadline());
    statement.setString(at++, content.getSlugline());
    statement.setString(at++, content.getByline());
    statement.setString(at++, content.getDateline());
    statement.setString(at++, content.getBody());
    statement.setInt(at++, state.current().getStamp().getEnricher());
    statement.setLong(at++, state.current().getStamp().getTaxonomy());
    statement.setLong(at++, state.current().getStamp().getEntityList());
    statement.setString(at++, state.current().getStamp().getModel());
    statement.setBytes(at++, RecordBytes.of(state.current()));
    statement.setBytes(at, RecordBytes.of(state.content()));
  }

  /** What is found by searching: nothing, where the article was killed. */
  private void insert(long number, ArticleState state) throws SQLException {
    if (state.current().getArticle().getStatus() == Status.CANCELED) {
      return;
    }
    Article content = state.content().getArticle();
    PreparedStatement text =
        statement("INSERT INTO article_text (rowid, headline, body) VALUES (?, ?, ?)");
    text.setLong(1, number);
    text.setString(2, content.getHeadline());
    text.setString(3, content.getBody());
    text.executeUpdate();
    PreparedStatement entities =
        statement("INSERT INTO article_entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (Entity entity : state.content().getEntities()) {
      entities.setLong(1, number);
      entities.setString(2, word(entity.getKind()));
      entities.setString(3, entity.getName());
      entities.setString(4, entity.getWikidataId());
      entities.setString(5, entity.getCountry());
      entities.setObject(6, entity.getLatitude());
      entities.setObject(7, entity.getLongitude());
      entities.setFloat(8, entity.getSalience());
      entities.setInt(9, entity.getMentions().size());
      entities.addBatch();
    }
    entities.executeBatch();
    PreparedStatement topics = statement("INSERT INTO article_topics VALUES (?, ?, ?, ?, ?, ?)");
    for (Topic topic : state.content().getTopics()) {
      topics.setLong(1, number);
      topics.setString(2, topic.getId());
      topics.setString(3, topic.getLabel());
      topics.setString(4, word(topic.getOrigin()));
      topics.setFloat(5, topic.getStrength());
      topics.setString(
          6,
          topic.getEvidence().stream()
              .map(Mention::getText)
              .distinct()
              .collect(Collectors.joining(" · ")));
      topics.addBatch();
    }
    topics.executeBatch();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void set(PreparedStatement statement, int at, Instant moment) throws SQLException {
    statement.setObject(at, moment == null ? null : moment.toEpochMilli());
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement held = statements.get(sql);
    if (held == null) {
      held = connection.prepareStatement(sql);
      statements.put(sql, held);
    }
    return held;
  }

  private static RuntimeException classify(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      String code = sqlite.getResultCode().name();
      if (code.startsWith("SQLITE_CONSTRAINT")
          || code.equals("SQLITE_TOOBIG")
          || code.equals("SQLITE_MISMATCH")
          || code.equals("SQLITE_RANGE")) {
        return new BadRecord("the database refuses the record: " + e.getMessage(), e);
      }
    }
    return outage(e);
  }

  private static Outage outage(SQLException e) {
    return new Outage("the database can't be used now: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("the database was not closed cleanly", e);
    }
  }
}
