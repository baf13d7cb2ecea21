// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Outage;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Status;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a store back: published articles, so nothing withheld, killed or under embargo, unless the
 * query asks for what is withheld or canceled. Of what was killed no text is given. Not
 * thread-safe.
 */
public final class Search implements AutoCloseable {

  private static final Pattern TERM = Pattern.compile("(-?)(?:\"([^\"]*)\"|(\\S+))");
  private static final Pattern WIKIDATA_ID = Pattern.compile("Q[1-9][0-9]*");

  private final Connection connection;
  private final Dialect dialect;

  Search(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** The hits in the order asked for. */
  public List<Hit> find(SearchQuery query) {
    return find(query, Optional.empty());
  }

  /**
   * The newest hits behind a position in the order of time, which the coming and going of others
   * does not move.
   */
  public List<Hit> findAfter(SearchQuery query, Position position) {
    return find(query.sortedBy(SearchQuery.Sort.TIME), Optional.of(position));
  }

  /**
   * A position in the order of time.
   *
   * @param published moment of the article before it
   * @param articleId id of that article
   */
  public record Position(Instant published, String articleId) {}

  private List<Hit> find(SearchQuery query, Optional<Position> after) {
    Terms terms = Terms.of(query.text());
    boolean killed = query.status() == Status.CANCELED;
    Sql sql = sql();
    sql.add("SELECT (SELECT ")
        .add(killed ? "r.current_record" : "coalesce(r.content_record, r.current_record)")
        .add(" FROM articles r WHERE r.number = a.number), ");
    if (killed) {
      sql.add("'', ''");
    } else {
      sql.add(terms.wanted.isEmpty() ? "a.headline, substr(a.body, 1, 240)" : dialect.highlights());
    }
    sql.add(query.status() == Status.USABLE ? ", NULL" : ", a.status_reason");
    found(sql, query, terms, "");
    after.ifPresent(position -> sql.add(behind(position)));
    sql.add(" ORDER BY ");
    if (query.sort() == SearchQuery.Sort.RELEVANCE && !terms.wanted.isEmpty()) {
      sql.add(dialect.byRelevance()).add(", ");
    }
    sql.add("a.published DESC, a.article_id LIMIT ? OFFSET ?", query.limit(), query.offset());
    return sql.run(row -> hit(row, query.status()));
  }

  private Dialect.Fragment behind(Position position) {
    Object moment = dialect.moment(position.published());
    return new Dialect.Fragment(
        " AND a.published <= ? AND (a.published < ? OR a.article_id > ?)",
        List.of(moment, moment, position.articleId()));
  }

  /**
   * An article that was taken from view. Of its text nothing is known here.
   *
   * @param at when it was, by the provider's clock where that says so
   * @param reason in the provider's words; empty where none was given
   * @param canceledBy id of the article that killed it; empty where it was killed by its own
   */
  public record Withdrawal(
      String articleId,
      String provider,
      Status status,
      Instant published,
      Instant at,
      Optional<String> reason,
      Optional<String> canceledBy) {}

  /** What was killed or held back of the articles published since then, the newest first. */
  public List<Withdrawal> withdrawn(Instant since, int limit) {
    return sql()
        .add(
            "SELECT r.current_record FROM articles r WHERE r.status <> 'usable'"
                + " AND r.published >= ? ORDER BY r.published DESC, r.article_id LIMIT ?",
            dialect.moment(since),
            limit)
        .run(row -> withdrawal(RecordBytes.read(row.getBytes(1)).getArticle()));
  }

  /** The same of one article; empty where there is none, or where it was not taken from view. */
  public Optional<Withdrawal> withdrawal(String id) {
    return sql()
        .add(
            "SELECT r.current_record FROM articles r"
                + " WHERE r.article_id = ? AND r.status <> 'usable'",
            id)
        .run(row -> withdrawal(RecordBytes.read(row.getBytes(1)).getArticle()))
        .stream()
        .findFirst();
  }

  private static Withdrawal withdrawal(Article article) {
    Instant created = article.getRevision().getVersionCreated();
    return new Withdrawal(
        article.getId(),
        article.getProvider(),
        article.getStatus(),
        article.getPublished(),
        created == null ? article.getRevision().getReceivedAt() : created,
        Optional.ofNullable(article.getStatusReason()),
        Optional.ofNullable(article.getCanceledBy()));
  }

  /** How far a consumer group has stored a Kafka topic: the next offset of each partition. */
  public Map<Integer, Long> offsets(String group, String topic) {
    Map<Integer, Long> offsets = new HashMap<>();
    sql()
        .add(
            "SELECT partition, next_offset FROM consumer_offsets WHERE consumer_group = ?"
                + " AND topic = ? AND next_offset IS NOT NULL",
            group,
            topic)
        .run(row -> offsets.put(row.getInt(1), row.getLong(2)));
    return offsets;
  }

  /**
   * A published article; empty where there is none of this id, or where it is withheld, killed or
   * under embargo.
   */
  public Optional<EnrichedArticle> article(String id) {
    return sql()
        .add(
            "SELECT coalesce(r.content_record, r.current_record) FROM articles r WHERE r.number ="
                + " (SELECT a.number FROM published_articles a WHERE a.article_id = ?)",
            id)
        .run(row -> RecordBytes.read(row.getBytes(1)))
        .stream()
        .findFirst();
  }

  /** The record with the text may be older than the one that says what became of the article. */
  private static Hit hit(ResultSet row, Status status) throws SQLException {
    EnrichedArticle record = RecordBytes.read(row.getBytes(1));
    if (status != Status.USABLE) {
      record.getArticle().setStatus(status);
      record.getArticle().setStatusReason(row.getString(4));
    }
    return new Hit(record, row.getString(2), row.getString(3));
  }

  /** How many articles the query finds, limit and offset aside. */
  public long count(SearchQuery query) {
    Sql sql = sql().add("SELECT count(*)");
    found(sql, query, Terms.of(query.text()), "");
    return sql.run(row -> row.getLong(1)).get(0);
  }

  /** How many of the articles found have each value, as many values as the query's limit. */
  public List<Facet> count(SearchQuery query, Facet.By by) {
    Terms terms = Terms.of(query.text());
    Sql sql = sql();
    switch (by) {
      case TOPIC -> {
        sql.add("SELECT f.topic, max(f.label), count(DISTINCT a.number)");
        found(sql, query, terms, " JOIN article_topics f ON f.article_number = a.number");
        sql.add(" GROUP BY f.topic ORDER BY 3 DESC, 1");
      }
      case ENTITY -> {
        sql.add(
            "SELECT f.name, f.kind || coalesce(' ' || f.wikidata_id, ''),"
                + " count(DISTINCT a.number)");
        found(sql, query, terms, " JOIN article_entities f ON f.article_number = a.number");
        sql.add(" GROUP BY f.kind, f.name, f.wikidata_id ORDER BY 3 DESC, 1, 2");
      }
      case PROVIDER -> {
        sql.add("SELECT a.provider, '', count(*)");
        found(sql, query, terms, "");
        sql.add(" GROUP BY a.provider ORDER BY 3 DESC, 1");
      }
      case DAY -> {
        sql.add("SELECT " + dialect.day() + ", '', count(*)");
        found(sql, query, terms, "");
        sql.add(" GROUP BY 1 ORDER BY 1 DESC");
      }
      case STORY -> {
        sql.add("SELECT f.story_id, '', count(*)");
        found(sql, query, terms, " JOIN story_articles f ON f.article_id = a.article_id");
        sql.add(" GROUP BY f.story_id ORDER BY 3 DESC, 1");
      }
    }
    sql.add(" LIMIT ? OFFSET ?", query.limit(), query.offset());
    List<Facet> facets = facets(sql);
    return by == Facet.By.STORY ? facets.stream().map(this::headlined).toList() : facets;
  }

  /**
   * A place with coordinates, and how many of the articles found name it.
   *
   * @param latitude in degrees, north of the equator positive
   * @param longitude in degrees, east of Greenwich positive
   */
  public record PlaceCount(
      String name, Optional<String> wikidataId, double latitude, double longitude, long articles) {}

  /** The places of the articles found, as many as the query's limit, the most frequent first. */
  public List<PlaceCount> places(SearchQuery query) {
    Sql sql =
        sql()
            .add(
                "SELECT f.name, f.wikidata_id, max(f.latitude), max(f.longitude),"
                    + " count(DISTINCT a.number)");
    found(
        sql,
        query,
        Terms.of(query.text()),
        " JOIN article_entities f ON f.article_number = a.number AND f.kind = 'place'"
            + " AND f.latitude IS NOT NULL AND f.longitude IS NOT NULL");
    sql.add(" GROUP BY f.name, f.wikidata_id ORDER BY 5 DESC, 1 LIMIT ?", query.limit());
    return sql.run(
        row ->
            new PlaceCount(
                row.getString(1),
                Optional.ofNullable(row.getString(2)),
                row.getDouble(3),
                row.getDouble(4),
                row.getLong(5)));
  }

  /** A story's headline is looked for last, for few of those counted are given. */
  private Facet headlined(Facet story) {
    return sql()
        .add("SELECT headline FROM published_stories WHERE story_id = ?", story.value())
        .run(row -> new Facet(story.value(), row.getString(1), story.articles()))
        .stream()
        .findFirst()
        .orElse(story);
  }

  private static List<Facet> facets(Sql sql) {
    return sql.run(row -> new Facet(row.getString(1), row.getString(2), row.getLong(3)));
  }

  /** Adds where the articles {@code a} come from, and what must hold of them. */
  private void found(Sql sql, SearchQuery query, Terms terms, String join) {
    boolean published = query.status() == Status.USABLE;
    sql.add(published ? " FROM published_articles a" : " FROM articles a").add(join);
    if (!terms.wanted.isEmpty()) {
      sql.add(dialect.join(terms.wanted, terms.excluded));
    }
    sql.add(" WHERE ");
    if (published) {
      sql.add("1 = 1");
    } else {
      sql.add("a.status = ?", query.status().name().toLowerCase(Locale.ROOT));
    }
    if (!terms.wanted.isEmpty()) {
      sql.add(" AND ").add(dialect.matches(terms.wanted, terms.excluded));
    } else if (!terms.excluded.isEmpty()) {
      sql.add(" AND ").add(dialect.hasNone(terms.excluded));
    }
    for (String topic : query.topics()) {
      sql.add(
          " AND a.number IN (SELECT t.article_number FROM article_topics t WHERE t.topic = ?)",
          topic);
    }
    query.entities().forEach(entity -> sql.add(" AND ").add(names(entity)));
    anyOf(sql, "a.provider", query.providers());
    anyOf(sql, "a.language", query.languages());
    query
        .story()
        .ifPresent(
            story ->
                sql.add(
                    " AND a.article_id IN (SELECT m.article_id FROM story_articles m"
                        + " WHERE m.story_id = ?)",
                    story));
    if (!query.copies()) {
      withoutCopies(sql, query, terms);
    }
    query.since().ifPresent(since -> sql.add(" AND a.published >= ?", dialect.moment(since)));
    query.until().ifPresent(until -> sql.add(" AND a.published < ?", dialect.moment(until)));
  }

  /** Leaves an article out where an earlier one with its text is found too. */
  private void withoutCopies(Sql sql, SearchQuery query, Terms terms) {
    sql.add(
        " AND NOT EXISTS (SELECT 1 FROM story_articles s JOIN story_articles o"
            + " ON o.copy_group = s.copy_group AND (o.published < s.published"
            + " OR (o.published = s.published AND o.article_id < s.article_id))"
            + " WHERE s.article_id = a.article_id AND EXISTS (SELECT 1");
    found(sql, query.withCopies(), terms, "");
    sql.add(" AND a.article_id = o.article_id))");
  }

  /**
   * How many other published articles have the text of each of these; those without a copy are left
   * out.
   */
  public Map<String, Integer> copies(Collection<String> articleIds) {
    Map<String, Integer> copies = new HashMap<>();
    for (String id : articleIds) {
      sql()
          .add(
              "SELECT count(*) FROM story_articles s JOIN published_story_articles p"
                  + " ON p.copy_group = s.copy_group AND p.article_id <> s.article_id"
                  + " WHERE s.article_id = ?",
              id)
          .run(row -> row.getInt(1))
          .stream()
          .filter(number -> number > 0)
          .forEach(number -> copies.put(id, number));
    }
    return copies;
  }

  private static Dialect.Fragment names(String entity) {
    return WIKIDATA_ID.matcher(entity).matches()
        ? new Dialect.Fragment(
            "a.number IN (SELECT e.article_number FROM article_entities e"
                + " WHERE e.wikidata_id = ?)",
            List.of(entity))
        : new Dialect.Fragment(
            "EXISTS (SELECT 1 FROM article_entities e WHERE e.article_number = a.number"
                + " AND e.name_words LIKE ?)",
            List.of("% " + Words.folded(entity) + " %"));
  }

  private static void anyOf(Sql sql, String column, List<String> values) {
    if (!values.isEmpty()) {
      sql.add(" AND " + column + " IN (?" + ", ?".repeat(values.size() - 1) + ")");
      sql.values(values);
    }
  }

  /** The words and phrases of a query that hold any letter or digit. */
  private record Terms(List<String> wanted, List<String> excluded) {

    static Terms of(String text) {
      Terms terms = new Terms(new ArrayList<>(), new ArrayList<>());
      Matcher matcher = TERM.matcher(text);
      while (matcher.find()) {
        String term = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        if (!Words.folded(term).isEmpty()) {
          (matcher.group(1).isEmpty() ? terms.wanted : terms.excluded).add(Words.storable(term));
        }
      }
      return terms;
    }
  }

  private Sql sql() {
    return new Sql(connection);
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
