// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Outage;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RevisionOrder;
import dev.newswire.schemas.StampOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all databases do alike: one transaction that moves the offsets, merges each record into its
 * article's state, and replaces the rows of the articles whose state has changed. How rows get into
 * tables is each database's own.
 */
abstract class JdbcStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

  private static final Comparator<TopicPartition> ONE_ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final Connection connection;
  private final boolean keepRevisions;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<TopicPartition, Long> generations = new HashMap<>();

  /**
   * A store on a connection of its own.
   *
   * @param keepRevisions whether every revision is kept beside the newest
   */
  JdbcStore(Connection connection, boolean keepRevisions) {
    this.connection = connection;
    this.keepRevisions = keepRevisions;
  }

  /** An article as the database holds it. */
  record Held(long number, ArticleState state) {}

  /** Begins a transaction, which nobody else's can then slip in between. */
  abstract void begin() throws SQLException;

  abstract void commit() throws SQLException;

  abstract void rollback() throws SQLException;

  /** The articles with these ids, as far as there are any. */
  abstract Map<String, Held> held(Collection<String> ids) throws SQLException;

  /** Numbers for so many new articles. */
  abstract List<Long> numbers(int count) throws SQLException;

  /** Removes all rows of these articles, but for their revisions. */
  abstract void delete(Collection<Long> numbers) throws SQLException;

  /** Adds all rows of these articles, by their numbers. */
  abstract void insert(Map<Long, ArticleState> articles) throws SQLException;

  /**
   * Adds rows one by one.
   *
   * @param onConflict what is done where a row is there already, as SQL
   */
  abstract void insert(Table table, Stream<List<Object>> rows, String onConflict)
      throws SQLException;

  /** A {@link BadRecord} where the database refuses values, else an {@link Outage}. */
  abstract RuntimeException classified(SQLException error);

  @Override
  public final Map<TopicPartition, OptionalLong> claim(
      String group, Log log, Collection<TopicPartition> partitions) {
    return inTransaction(
        () -> {
          Map<TopicPartition, OptionalLong> offsets = new HashMap<>();
          for (TopicPartition partition : partitions.stream().sorted(ONE_ORDER).toList()) {
            offsets.put(partition, claim(group, log, partition));
          }
          return offsets;
        });
  }

  private OptionalLong claim(String group, Log log, TopicPartition partition) throws SQLException {
    PreparedStatement claim =
        statement(
            "INSERT INTO consumer_offsets (consumer_group, topic, partition, generation)"
                + " VALUES (?, ?, ?, 1) ON CONFLICT (consumer_group, topic, partition)"
                + " DO UPDATE SET generation = consumer_offsets.generation + 1"
                + " RETURNING generation, next_offset, topic_id");
    claim.setString(1, group);
    claim.setString(2, partition.topic());
    claim.setInt(3, partition.partition());
    try (ResultSet row = claim.executeQuery()) {
      row.next();
      generations.put(partition, row.getLong(1));
      long next = row.getLong(2);
      OptionalLong reached = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(next);
      String stored = row.getString(3);
      if (log.topicId().equals(stored)) {
        return reached;
      }
      if (stored != null && !log.begin()) {
        throw new OtherLog(partition.topic(), stored, log.topicId());
      }
      OptionalLong kept = stored == null ? reached : OptionalLong.empty();
      keepLog(group, log, partition, kept);
      return kept;
    }
  }

  private void keepLog(String group, Log log, TopicPartition partition, OptionalLong reached)
      throws SQLException {
    PreparedStatement update =
        statement(
            "UPDATE consumer_offsets SET topic_id = ?, next_offset = ?"
                + " WHERE consumer_group = ? AND topic = ? AND partition = ?");
    update.setString(1, log.topicId());
    if (reached.isPresent()) {
      update.setLong(2, reached.getAsLong());
    } else {
      update.setNull(2, Types.BIGINT);
    }
    update.setString(3, group);
    update.setString(4, partition.topic());
    update.setInt(5, partition.partition());
    update.executeUpdate();
  }

  @Override
  public final List<Outcome> write(Batch batch, String group, Map<TopicPartition, Long> offsets) {
    return inTransaction(
        () -> {
          for (TopicPartition partition : offsets.keySet().stream().sorted(ONE_ORDER).toList()) {
            move(group, partition, offsets.get(partition));
          }
          List<Outcome> outcomes = merge(batch.articles());
          replace(StoryTables.ASSIGNMENTS, batch.assignments(), StoryTables::row);
          replace(StoryTables.STORIES, batch.stories(), (id, story) -> StoryTables.row(story));
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

  private List<Outcome> merge(List<EnrichedArticle> records) throws SQLException {
    Set<String> ids = new LinkedHashSet<>();
    for (EnrichedArticle record : records) {
      ids.add(storableId(record));
    }
    Map<String, Held> held = held(ids);
    Map<String, ArticleState> states = new LinkedHashMap<>();
    held.forEach((id, article) -> states.put(id, article.state()));
    List<Outcome> outcomes = new ArrayList<>();
    for (EnrichedArticle record : records) {
      String id = record.getArticle().getId();
      ArticleState before = states.get(id);
      outcomes.add(before == null ? Outcome.STORED : outcome(record, before.current()));
      states.put(id, before == null ? ArticleState.of(record) : before.with(record));
    }
    replace(held, states);
    if (keepRevisions) {
      insert(
          ArticleTables.REVISIONS,
          newestEnrichments(records).stream().map(ArticleTables::revision),
          ArticleTables.REVISIONS_ON_CONFLICT);
    }
    return outcomes;
  }

  private static String storableId(EnrichedArticle record) {
    String id = record.getArticle().getId();
    if (!id.equals(Words.storable(id))) {
      throw new BadRecord("the article's id holds a NUL, or half of a character", null);
    }
    return id;
  }

  private void replace(Map<String, Held> held, Map<String, ArticleState> states)
      throws SQLException {
    Map<Long, ArticleState> rows = new LinkedHashMap<>();
    held.forEach(
        (id, article) -> {
          if (!states.get(id).equals(article.state())) {
            rows.put(article.number(), states.get(id));
          }
        });
    List<ArticleState> added = new ArrayList<>();
    states.forEach(
        (id, state) -> {
          if (!held.containsKey(id)) {
            added.add(state);
          }
        });
    // Numbers before rows are deleted: those of the deleted rows are not free.
    List<Long> numbers = added.isEmpty() ? List.of() : numbers(added.size());
    if (!rows.isEmpty()) {
      delete(rows.keySet());
    }
    for (int i = 0; i < added.size(); i++) {
      rows.put(numbers.get(i), added.get(i));
    }
    if (!rows.isEmpty()) {
      insert(rows);
    }
  }

  /** Puts rows in by their key, the first column, and takes out those without a value. */
  private <V> void replace(
      Table table, Map<String, Optional<V>> values, BiFunction<String, V, List<Object>> row)
      throws SQLException {
    Map<String, V> kept = new TreeMap<>();
    Set<String> gone = new TreeSet<>();
    values.forEach(
        (key, value) -> value.ifPresentOrElse(v -> kept.put(key, v), () -> gone.add(key)));
    if (!kept.isEmpty()) {
      insert(
          table,
          kept.entrySet().stream().map(entry -> row.apply(entry.getKey(), entry.getValue())),
          StoryTables.replacing(table));
    }
    if (!gone.isEmpty()) {
      PreparedStatement delete =
          statement(
              "DELETE FROM " + table.name() + " WHERE " + table.columns().get(0).name() + " = ?");
      for (String key : gone) {
        delete.setString(1, Words.storable(key));
        delete.addBatch();
      }
      delete.executeBatch();
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

  /** One record of each revision, for no row may be written twice by one statement. */
  private static Collection<EnrichedArticle> newestEnrichments(List<EnrichedArticle> records) {
    Map<List<Object>, EnrichedArticle> newest = new LinkedHashMap<>();
    for (EnrichedArticle record : records) {
      Article article = record.getArticle();
      List<Object> revision =
          List.of(
              article.getId(),
              article.getRevision().getReceivedAt(),
              article.getRevision().getContentHash(),
              article.getRevision().getVersion() == null ? "" : article.getRevision().getVersion());
      newest.merge(
          revision, record, (a, b) -> StampOrder.compare(a.getStamp(), b.getStamp()) >= 0 ? a : b);
    }
    return newest.values();
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    try {
      begin();
      T result;
      try {
        result = work.run();
      } catch (SQLException | RuntimeException e) {
        undo(e);
        throw e;
      }
      commit();
      return result;
    } catch (SQLException e) {
      throw classified(e);
    }
  }

  /** Where even that fails, the cause of the rollback is what matters. */
  private void undo(Exception cause) {
    try {
      rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  final Connection connection() {
    return connection;
  }

  /** The statement, prepared once. */
  final PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement held = statements.get(sql);
    if (held == null) {
      held = connection.prepareStatement(sql);
      statements.put(sql, held);
    }
    return held;
  }

  /** An article as a row has it. */
  static Held held(long number, byte[] current, byte[] content) {
    EnrichedArticle record = RecordBytes.read(current);
    return new Held(
        number, new ArticleState(record, content == null ? record : RecordBytes.read(content)));
  }

  @Override
  public final void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("the database was not closed cleanly", e);
    }
  }
}
