// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Outage;
import dev.newswire.schemas.EnrichedArticle;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads stories and copies back, as far as they may be shown now: an article that is withheld,
 * killed or under embargo neither leads nor counts. Not thread-safe.
 */
public final class Stories implements AutoCloseable {

  /** How often a story may have turned out to be another, until it is not followed any further. */
  private static final int MOST_MERGES = 20;

  private static final String SUMMARY =
      "p.story_id, p.language, p.lead, p.headline, p.first_published, p.last_published,"
          + " p.articles, p.originals, p.providers";

  private final Connection connection;
  private final Dialect dialect;

  Stories(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** The orders of a list. */
  public enum Sort {
    /** The story with the most articles first. */
    SIZE,
    /** The story with the newest article first. */
    TIME
  }

  /**
   * Which stories are listed. All conditions must hold.
   *
   * @param since an article was published at this moment or later
   * @param until an article was published before this moment
   * @param languages ISO 639-1 codes, any of which will do; empty for all
   * @param provider who has an article in it; empty for anybody
   * @param leastArticles fewest articles, at least 1
   * @param limit most stories, at least 1
   */
  public record Query(
      Optional<Instant> since,
      Optional<Instant> until,
      List<String> languages,
      Optional<String> provider,
      int leastArticles,
      Sort sort,
      int limit) {}

  /**
   * A story in short.
   *
   * @param id its id, for ever
   * @param language ISO 639-1; empty where it is not known
   * @param lead id of the article that stands for it
   * @param headline the lead's headline
   * @param first when its earliest article was published
   * @param last when its latest article was published
   * @param articles number of its articles, copies included
   * @param originals number of its articles, each group of copies counted once
   * @param providers number of those who sent them
   */
  public record Summary(
      String id,
      Optional<String> language,
      String lead,
      String headline,
      Instant first,
      Instant last,
      int articles,
      int originals,
      int providers) {}

  /**
   * An article of a story.
   *
   * @param id the article's id
   * @param published its time in the story
   * @param received when ingest had it
   * @param copyGroup the group of those with the same text; empty where it has no copy
   * @param copyOf id of the group's original; empty where that is this article, or it has no copy
   * @param score how well it fitted when it joined; 0 where it founded the story
   * @param outdated whether it is a copy of an original that was revised after it came
   */
  public record Telling(
      String id,
      String provider,
      Instant published,
      Instant received,
      String headline,
      Optional<String> copyGroup,
      Optional<String> copyOf,
      double score,
      boolean outdated) {}

  /**
   * Something that articles of a story name.
   *
   * @param kind person, organisation or place
   * @param articles how many of them name it
   */
  public record Named(String kind, String name, Optional<String> wikidataId, int articles) {}

  /** The stories in the order asked for. */
  public List<Summary> list(Query query) {
    Sql sql = sql().add("SELECT " + SUMMARY);
    sql.add(" FROM stories c JOIN published_stories p ON p.story_id = c.story_id");
    sql.add(" WHERE c.articles >= ?", query.leastArticles());
    query.since().ifPresent(since -> sql.add(" AND c.last_published >= ?", moment(since)));
    query.until().ifPresent(until -> sql.add(" AND c.first_published < ?", moment(until)));
    if (!query.languages().isEmpty()) {
      sql.add(" AND c.language IN (?" + ", ?".repeat(query.languages().size() - 1) + ")");
      sql.values(query.languages());
    }
    query
        .provider()
        .ifPresent(
            name ->
                sql.add(
                    " AND EXISTS (SELECT 1 FROM published_story_articles m"
                        + " WHERE m.story_id = c.story_id AND m.provider = ?)",
                    name));
    sql.add(" AND p.articles >= ?", query.leastArticles());
    sql.add(
        query.sort() == Sort.SIZE
            ? " ORDER BY c.articles DESC, c.story_id"
            : " ORDER BY c.last_published DESC, c.story_id");
    return sql.add(" LIMIT ?", query.limit()).run(this::summary);
  }

  private Object moment(Instant moment) {
    return dialect.moment(moment);
  }

  private Summary summary(ResultSet row) throws SQLException {
    return new Summary(
        row.getString(1),
        Optional.ofNullable(row.getString(2)),
        row.getString(3),
        row.getString(4),
        dialect.moment(row, 5),
        dialect.moment(row, 6),
        row.getInt(7),
        row.getInt(8),
        row.getInt(9));
  }

  /**
   * A story by its id, or by that of one of its articles. One that turned out to be another is that
   * other.
   */
  public Optional<Summary> find(String storyOrArticle) {
    String id =
        sql()
            .add(
                "SELECT story_id FROM published_story_articles WHERE article_id = ?",
                storyOrArticle)
            .run(row -> row.getString(1))
            .stream()
            .findFirst()
            .orElse(storyOrArticle);
    for (int merges = 0; merges < MOST_MERGES; merges++) {
      Optional<String> other =
          sql()
              .add(
                  "SELECT merged_into FROM stories WHERE story_id = ? AND merged_into IS NOT NULL",
                  id)
              .run(row -> row.getString(1))
              .stream()
              .findFirst();
      if (other.isEmpty()) {
        break;
      }
      id = other.get();
    }
    return sql()
        .add("SELECT " + SUMMARY + " FROM published_stories p WHERE p.story_id = ?", id)
        .run(this::summary)
        .stream()
        .findFirst();
  }

  /** The articles of a story, the earliest first. */
  public List<Telling> articles(String storyId) {
    return sql()
        .add(
            "SELECT m.article_id, m.provider, m.published, m.received_at, m.headline,"
                + " m.copy_group, m.copy_of, m.score,"
                + " CASE WHEN o.version_created > o.first_created AND o.version_created >"
                + " coalesce(m.version_created, m.received_at) THEN 1 ELSE 0 END"
                + " FROM published_story_articles m"
                + " LEFT JOIN published_articles o ON o.article_id = m.copy_of"
                + " WHERE m.story_id = ? ORDER BY m.published, m.article_id",
            storyId)
        .run(
            row ->
                new Telling(
                    row.getString(1),
                    row.getString(2),
                    dialect.moment(row, 3),
                    dialect.moment(row, 4),
                    row.getString(5),
                    Optional.ofNullable(row.getString(6)),
                    Optional.ofNullable(row.getString(7)),
                    row.getDouble(8),
                    row.getInt(9) == 1));
  }

  /** What the articles of a story name, what most of them name first. */
  public List<Named> named(String storyId, int most) {
    return sql()
        .add(
            "SELECT e.kind, e.name, e.wikidata_id, count(*)"
                + " FROM published_story_articles m"
                + " JOIN article_entities e ON e.article_number = m.number"
                + " WHERE m.story_id = ? GROUP BY e.kind, e.name, e.wikidata_id"
                + " ORDER BY 4 DESC, 2, 1 LIMIT ?",
            storyId,
            most)
        .run(
            row ->
                new Named(
                    row.getString(1),
                    row.getString(2),
                    Optional.ofNullable(row.getString(3)),
                    row.getInt(4)));
  }

  /**
   * Published articles in one language that were published between two moments, the earliest first.
   *
   * @param most so many of the latest of them
   */
  public List<EnrichedArticle> between(Instant from, Instant to, String language, int most) {
    return sql()
        .add(
            "SELECT coalesce(r.content_record, r.current_record) FROM articles r JOIN"
                + " (SELECT number, published, article_id FROM published_articles"
                + " WHERE published >= ? AND published <= ? AND language = ?"
                + " ORDER BY published DESC, article_id LIMIT ?) a ON a.number = r.number"
                + " ORDER BY a.published, a.article_id",
            moment(from),
            moment(to),
            language,
            most)
        .run(row -> RecordBytes.read(row.getBytes(1)));
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
