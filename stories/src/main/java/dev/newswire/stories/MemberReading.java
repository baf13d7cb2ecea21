// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Embargo;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Signals;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.TextField;
import dev.newswire.stories.ArticleText.Name;
import dev.newswire.stories.Member.Tag;
import java.time.Instant;
import java.util.Optional;

/** Reads of an enriched article what stories need. Everything is capped. */
final class MemberReading {

  private static final int MOST_TAGS = 12;
  private static final int LONGEST_LABEL = 200;
  private static final int LONGEST_HEADLINE = 500;
  private static final int LONGEST_BODY = 20_000;

  private MemberReading() {}

  /** The article, in no story yet. */
  static Member of(EnrichedArticle enriched) {
    Article article = enriched.getArticle();
    Instant received = article.getRevision().getReceivedAt();
    Instant published = article.getPublished();
    boolean plausible = published.isBefore(received);
    return new Member(
        article.getId(),
        article.getProvider(),
        enriched.getLanguage() == null ? "" : cut(enriched.getLanguage(), LONGEST_LABEL),
        (plausible ? published : received).toEpochMilli(),
        article.getRevision(),
        article.getStatus(),
        enriched.getStamp(),
        embargo(article.getEmbargo()),
        cut(article.getHeadline(), LONGEST_HEADLINE),
        ContentHash.sha256(article.getHeadline() + "\n" + article.getBody()),
        enriched.getEntities().stream().limit(MOST_TAGS).map(MemberReading::tag).toList(),
        enriched.getTopics().stream()
            .limit(MOST_TAGS)
            .map(topic -> new Tag(label(topic.getId()), label(topic.getLabel())))
            .toList(),
        "",
        article.getId(),
        0,
        Optional.empty());
  }

  /** Whether the article may be used and tells of an event: a notice of a kill does not. */
  static boolean tells(EnrichedArticle enriched) {
    Article article = enriched.getArticle();
    return article.getStatus() == Status.USABLE
        && !article.getSignals().contains(Signals.KILL)
        && !article.getSignals().contains(Signals.WITHDRAWN);
  }

  /** What of the article is compared. */
  static ArticleText text(EnrichedArticle enriched, Member member) {
    return new ArticleText(
        member.id(),
        member.provider(),
        Instant.ofEpochMilli(member.time()),
        member.headline(),
        cut(enriched.getArticle().getBody(), LONGEST_BODY),
        enriched.getEntities().stream().limit(MOST_TAGS).map(MemberReading::name).toList());
  }

  private static long embargo(Embargo embargo) {
    if (embargo == null) {
      return Long.MIN_VALUE;
    }
    return embargo.getUntil() == null ? Long.MAX_VALUE : embargo.getUntil().toEpochMilli();
  }

  private static Tag tag(Entity entity) {
    return new Tag(key(entity), label(entity.getName()));
  }

  private static Name name(Entity entity) {
    boolean inHeadline =
        entity.getMentions().stream().anyMatch(m -> m.getField() == TextField.HEADLINE);
    return new Name(key(entity), Math.max(0, entity.getSalience()), inHeadline);
  }

  private static String key(Entity entity) {
    return label(entity.getWikidataId() == null ? entity.getName() : entity.getWikidataId());
  }

  private static String label(String text) {
    return cut(text, LONGEST_LABEL);
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
