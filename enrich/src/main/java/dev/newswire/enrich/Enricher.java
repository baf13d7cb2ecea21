// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.TimeLimit.Part;
import dev.newswire.enrich.entities.EntityAnnotator;
import dev.newswire.enrich.topics.TopicMatcher;
import dev.newswire.schemas.AnnotatorFailure;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Enriches one article: a pure function of the article and of the rules it was made with. Its parts
 * are annotators; one that fails, or takes too long, leaves its part out of the record, and the
 * stamp says so.
 *
 * <p>Immutable and thread-safe.
 */
public final class Enricher {

  /** Generation of the enricher: rises with every release that gives other results. */
  public static final int GENERATION = 1;

  private static final String ENGLISH = "en";

  private final LanguageDetection languages;
  private final EntityAnnotator entities;
  private final TopicMatcher topics;
  private final Versions versions;
  private final TimeLimit timeLimit;
  private final Limits limits;

  /**
   * Versions of published rules.
   *
   * @param taxonomy of the taxonomy; 0 for the bundled one, or that of a file
   * @param entityList of the users' own entities; 0 for none, or those of a file
   */
  record Versions(long taxonomy, long entityList) {}

  /**
   * An enricher.
   *
   * @param versions what the stamp says of the rules
   */
  Enricher(
      LanguageDetection languages,
      EntityAnnotator entities,
      TopicMatcher topics,
      Versions versions,
      TimeLimit timeLimit,
      Limits limits) {
    this.languages = languages;
    this.entities = entities;
    this.topics = topics;
    this.versions = versions;
    this.timeLimit = timeLimit;
    this.limits = limits;
  }

  /** The article with what was found in it. */
  public EnrichedArticle enrich(RawArticle raw) {
    Article article = raw.getArticle();
    List<AnnotatorFailure> failures = new ArrayList<>();
    String body = beginning(article.getBody(), failures);
    Part<Optional<String>> language =
        new Part<>(Optional.empty(), () -> languages.languageOf(article));
    Part<List<Entity>> found =
        new Part<>(
            List.of(),
            () ->
                isSupported(language.result())
                    ? entities.annotate(article.getHeadline(), body)
                    : List.of());
    Part<List<Topic>> tags =
        new Part<>(List.of(), () -> topics.match(article, body, language.result(), found.result()));
    timeLimit.run(List.of(language, found, tags));
    addFailure("language", language, failures);
    addFailure("entities", found, failures);
    if (!isSupported(language.result())) {
      failures.add(
          new AnnotatorFailure("entities", "unsupported language: " + language.result().get()));
    }
    addFailure("topics", tags, failures);
    return EnrichedArticle.newBuilder()
        .setArticle(article)
        .setLanguage(language.result().orElse(null))
        .setEntities(found.result())
        .setTopics(tags.result())
        .setStamp(
            new EnrichmentStamp(
                GENERATION, versions.taxonomy(), versions.entityList(), entities.model(), failures))
        .build();
  }

  /** Why each entity of an article is linked to what it is, in the order of {@link #enrich}. */
  List<String> reasonsOfLinks(Article article) {
    String body = beginning(article.getBody(), new ArrayList<>());
    return entities.explain(article.getHeadline(), body).stream()
        .map(explained -> explained.reason().get())
        .toList();
  }

  private static boolean isSupported(Optional<String> language) {
    return language.isEmpty() || language.get().equals(ENGLISH);
  }

  private static void addFailure(String annotator, Part<?> part, List<AnnotatorFailure> failures) {
    part.failure().ifPresent(reason -> failures.add(new AnnotatorFailure(annotator, reason)));
  }

  /** As much of the text as is read, cut between two words. */
  private String beginning(String text, List<AnnotatorFailure> failures) {
    if (text.length() <= limits.characters()) {
      return text;
    }
    int end = limits.characters();
    while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
      end--;
    }
    int cut = end == 0 ? text.offsetByCodePoints(0, limits.characters() / 2) : end;
    failures.add(
        new AnnotatorFailure(
            "rest-of-text", "only the first " + cut + " of " + text.length() + " characters read"));
    return text.substring(0, cut);
  }
}
