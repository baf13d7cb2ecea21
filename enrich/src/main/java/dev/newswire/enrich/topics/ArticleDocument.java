// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Subject;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;

/** An article as Lucene searches it. */
final class ArticleDocument {

  private final Document document = new Document();

  /** Only fields that a rule looks into are worth analysing. */
  private final Set<String> fields;

  private ArticleDocument(Set<String> fields) {
    this.fields = fields;
  }

  /** The document of an article, with those of its fields that are named. */
  static Document of(Article article, ReadArticle read, List<Entity> entities, Set<String> fields) {
    ArticleDocument made = new ArticleDocument(fields);
    if (read.hasHeadline()) {
      made.add(QuerySyntax.TEXT, read.headline());
      made.add(QuerySyntax.LEAD, read.headline());
    }
    made.add(QuerySyntax.TEXT, read.body());
    made.add(QuerySyntax.LEAD, read.lead());
    made.add(QuerySyntax.HEADLINE, read.heading());
    made.add(QuerySyntax.BODY, read.body());
    made.add(QuerySyntax.PROVIDER, article.getProvider());
    for (Subject subject : article.getSubjects()) {
      made.add(QuerySyntax.SUBJECT, subject.getMediaTopic());
      if (subject.getCode() != null && !subject.getCode().equals(subject.getMediaTopic())) {
        made.add(QuerySyntax.SUBJECT, subject.getCode());
      }
    }
    for (Entity entity : entities) {
      made.add(QuerySyntax.ENTITY, entity.getWikidataId());
    }
    return made.document;
  }

  private void add(String field, String value) {
    if (value != null && fields.contains(field)) {
      document.add(new TextField(field, value, Field.Store.NO));
    }
  }
}
