// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.TimeLimit.Part;
import dev.newswire.enrich.TimeLimit.Work;
import dev.newswire.enrich.entities.EntityAnnotator;
import dev.newswire.enrich.entities.ForeignNames;
import dev.newswire.enrich.text.Deadline;
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
    List<AnnotatorFailure> failures = new ArrayList<>();
    Article article = asRead(raw.getArticle(), failures);
    Part<Optional<String>> language =
        timeLimit.run("language", Optional.empty(), deadline -> languages.languageOf(article));
    Part<List<Entity>> found =
        isSupported(language.result())
            ? entities(article)
            : knownNames(article, language.result().get());
    Part<List<Topic>> tags =
        timeLimit.run(
            "topics",
            List.of(),
            deadline -> topics.match(article, language.result(), found.result(), deadline));
    addFailure("language", language, failures);
    addFailure("entities", found, failures);
    addFailure("topics", tags, failures);
    return EnrichedArticle.newBuilder()
        .setArticle(raw.getArticle())
        .setLanguage(language.result().orElse(null))
        .setEntities(found.result())
        .setTopics(tags.result())
        .setStamp(
            new EnrichmentStamp(
                GENERATION, versions.taxonomy(), versions.entityList(), entities.model(), failures))
        .build();
  }

  /** What is known by the names that another language has for it: no model reads that language. */
  private Part<List<Entity>> knownNames(Article article, String language) {
    if (!ForeignNames.LANGUAGES.contains(language)) {
      return new Part<>(List.of(), Optional.of("unsupported language: " + language));
    }
    return timeLimit.run(
        "entities",
        List.of(),
        deadline ->
            entities.annotateForeign(article.getHeadline(), article.getBody(), language, deadline));
  }

  private Part<List<Entity>> entities(Article article) {
    Work<List<Entity>> work =
        deadline -> entities.annotate(article.getHeadline(), article.getBody(), deadline);
    return entities.endsInTime()
        ? timeLimit.run("entities", List.of(), work)
        : timeLimit.runApart("entities", List.of(), work);
  }

  /** Why each entity of an article is linked to what it is, in the order of {@link #enrich}. */
  List<String> reasonsOfLinks(Article article) {
    Article read = asRead(article, new ArrayList<>());
    return entities.explain(read.getHeadline(), read.getBody(), Deadline.NONE).stream()
        .map(explained -> explained.reason().get())
        .toList();
  }

  private static boolean isSupported(Optional<String> language) {
    return language.isEmpty() || language.get().equals(ENGLISH);
  }

  private static void addFailure(String annotator, Part<?> part, List<AnnotatorFailure> failures) {
    part.failure().ifPresent(reason -> failures.add(new AnnotatorFailure(annotator, reason)));
  }

  /** The article with as much of its texts as is read. */
  private Article asRead(Article article, List<AnnotatorFailure> failures) {
    String headline = beginning(article.getHeadline(), failures);
    String body = beginning(article.getBody(), failures);
    return failures.isEmpty()
        ? article
        : Article.newBuilder(article).setHeadline(headline).setBody(body).build();
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
