// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.enrich.entities.EntityAnnotator;
import dev.newswire.enrich.entities.KnowledgeBase;
import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.enrich.text.Deadline;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TopicMatcher;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.RawArticle;
import java.util.List;
import java.util.Optional;

/** All annotators of an enricher, each to be measured alone. */
public final class Annotators implements AutoCloseable {

  private final LanguageDetection languages = new LanguageDetection();
  private final EntityAnnotator entities =
      new EntityAnnotator(KnowledgeBase.bundled(), CrfRecognizer.bundled());
  private final TopicMatcher topics = new TopicMatcher(Taxonomy.bundled().rules());

  /** Tells the language of an article. */
  public void language(RawArticle raw) {
    languages.languageOf(raw.getArticle());
  }

  /** Recognises, joins and links the names of an article. */
  public void entities(RawArticle raw) {
    entities.annotate(raw.getArticle().getHeadline(), raw.getArticle().getBody());
  }

  /** Matches an article, in which these entities were found, against the bundled rules. */
  public void topics(RawArticle raw, List<Entity> found) {
    topics.match(raw.getArticle(), Optional.of("en"), found, Deadline.NONE);
  }

  @Override
  public void close() {
    topics.close();
  }
}
