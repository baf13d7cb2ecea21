// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static dev.newswire.sink.Samples.article;
import static dev.newswire.sink.Samples.enriched;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that ever comes to the sink of one made-up article: its revisions, each enriched under
 * several taxonomies and some of it delivered again, and the row that must come of it in whatever
 * order it comes.
 *
 * @param records in the order of the story
 * @param row the article's row, as {@link #rowsLike} reads it
 */
record ArticleHistory(List<EnrichedArticle> records, String row) {

  private static final int MOST_REVISIONS = 5;
  private static final int TAXONOMIES = 3;
  private static final List<Status> STATUSES = List.of(Status.values());

  /** The rows of articles with such ids: status, text, topics, revisions, and what found them. */
  static String rowsLike(String ids) {
    return "SELECT article_id, status, headline, taxonomy,"
        + " (SELECT count(*) FROM article_entities WHERE article_number = number),"
        + " (SELECT min(topic) FROM article_topics WHERE article_number = number),"
        + " (SELECT count(*) FROM revisions r WHERE r.article_id = a.article_id),"
        + " (SELECT min(r.taxonomy) FROM revisions r WHERE r.article_id = a.article_id)"
        + " FROM articles a WHERE article_id LIKE '"
        + ids
        + "' ORDER BY article_id";
  }

  /** A revision as the provider sent it. */
  private record Take(int number, Status status, boolean hasText) {

    String headline() {
      return hasText ? "Take " + number : "";
    }
  }

  /** One with as many revisions, kills and deliveries as chance will have it. */
  static ArticleHistory random(String itemId, Random random) {
    boolean saysCreated = random.nextBoolean();
    List<Take> takes = new ArrayList<>();
    List<EnrichedArticle> records = new ArrayList<>();
    int revisions = 1 + random.nextInt(MOST_REVISIONS);
    for (int number = 1; number <= revisions; number++) {
      Status status = STATUSES.get(random.nextInt(STATUSES.size()));
      Take take = new Take(number, status, status == Status.USABLE || random.nextBoolean());
      takes.add(take);
      for (int taxonomy = 1; taxonomy <= TAXONOMIES; taxonomy++) {
        EnrichedArticle record = enriched(revision(itemId, take, saysCreated), taxonomy);
        records.addAll(Collections.nCopies(1 + random.nextInt(2), record));
      }
    }
    return new ArticleHistory(records, row(itemId, takes, saysCreated));
  }

  /** Where no revision says when it was created, a kill is for good. */
  private static String row(String itemId, List<Take> takes, boolean saysCreated) {
    Comparator<Take> order = Comparator.comparingInt(Take::number);
    if (!saysCreated) {
      order =
          Comparator.comparing((Take take) -> take.status() == Status.CANCELED)
              .thenComparing(order);
    }
    Take current = takes.stream().max(order).orElseThrow();
    String headline =
        takes.stream().filter(Take::hasText).max(order).map(Take::headline).orElse("");
    boolean killed = current.status() == Status.CANCELED;
    return Stream.of(
            "tidewater/" + itemId,
            current.status().name().toLowerCase(Locale.ROOT),
            headline,
            TAXONOMIES,
            killed ? 0 : 1,
            killed ? "null" : "truce-" + TAXONOMIES,
            takes.size(),
            TAXONOMIES)
        .map(String::valueOf)
        .collect(Collectors.joining("|"));
  }

  private static Article.Builder revision(String itemId, Take take, boolean saysCreated) {
    Article.Builder article =
        article(itemId, take.number(), take.headline()).setStatus(take.status());
    if (!take.hasText()) {
      article.setBody("");
    }
    if (!saysCreated) {
      article.setRevision(
          Revision.newBuilder(article.getRevision())
              .setVersion(null)
              .setVersionNumber(null)
              .setVersionCreated(null)
              .build());
    }
    return article;
  }
}
