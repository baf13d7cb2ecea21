// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.Embargo;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.RelatedArticle;
import dev.newswire.schemas.Rights;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Subject;

/** An article as lines of text, one for each field that says something. */
final class Sheet {

  private final StringBuilder lines = new StringBuilder();

  private Sheet() {}

  static String of(RawArticle raw) {
    Sheet sheet = new Sheet();
    Article article = raw.getArticle();
    sheet.line("id", article.getId() + (article.getItemIdDerived() ? " (derived)" : ""));
    sheet.line("format", raw.getOriginal().getFormat());
    sheet.line("url", article.getUrl());
    sheet.line("version", article.getRevision().getVersion());
    sheet.line("created", article.getRevision().getVersionCreated());
    sheet.line("first", article.getFirstCreated());
    sheet.line("published", article.getPublished());
    sheet.line("status", article.getStatus() == Status.USABLE ? null : article.getStatus());
    sheet.line("reason", article.getStatusReason());
    sheet.line("killed by", article.getCanceledBy());
    sheet.embargo(article.getEmbargo());
    sheet.line("expires", article.getExpires());
    sheet.line("urgency", article.getUrgency());
    sheet.line("priority", article.getPriority());
    sheet.line("signals", String.join(" ", article.getSignals()));
    for (RelatedArticle related : article.getRelated()) {
      sheet.line(related.getRelation(), related.getArticleId());
    }
    sheet.line("language", article.getLanguage());
    sheet.line("headline", article.getHeadline());
    sheet.line("slugline", article.getSlugline());
    sheet.line("take key", article.getTakeKey());
    sheet.line("byline", article.getByline());
    sheet.line("credit", article.getCreditLine());
    sheet.line("dateline", article.getDateline());
    sheet.line("located", article.getLocated());
    sheet.line("sources", String.join(", ", article.getSources()));
    article.getSubjects().forEach(sheet::subject);
    article
        .getEditorNotes()
        .forEach(note -> sheet.line("note", note.replace("\n\n", " ¶ ").replace("\n", " / ")));
    sheet.rights(article.getRights());
    sheet.line("body", article.getBody().replace("\n\n", " ¶ ").replace("\n", " / "));
    sheet.line("partial", article.getPartial() ? "yes" : null);
    raw.getWarnings().forEach(warning -> sheet.line("warning", warning));
    return sheet.lines.toString();
  }

  private void line(String name, Object value) {
    if (value != null && !value.toString().isEmpty()) {
      lines.append(String.format("%-9s %s%n", name, value));
    }
  }

  private void embargo(Embargo embargo) {
    if (embargo != null) {
      line(
          "embargo",
          embargo.getUntil() == null
              ? "no known end" + (embargo.getText() == null ? "" : ": " + embargo.getText())
              : "until " + embargo.getUntil());
    }
  }

  private void subject(Subject subject) {
    StringBuilder text = new StringBuilder();
    part(text, subject.getScheme());
    part(text, subject.getCode());
    part(text, subject.getName() == null ? null : "'" + subject.getName() + "'");
    part(text, subject.getMediaTopic() == null ? null : "medtop:" + subject.getMediaTopic());
    part(text, subject.getConfidence() == null ? null : subject.getConfidence() + "%");
    line(subject.getKind(), text);
  }

  private static void part(StringBuilder text, String part) {
    if (part != null) {
      text.append(text.length() == 0 ? "" : " ").append(part);
    }
  }

  private void rights(Rights rights) {
    if (rights != null) {
      line("holder", rights.getHolder());
      line("notice", rights.getNotice());
      line("terms", rights.getUsageTerms());
    }
  }
}
