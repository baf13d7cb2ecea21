// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.rules;

import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.enrich.topics.Diagnosis;
import dev.newswire.enrich.topics.Diagnosis.Tried;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Topic;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Why an article has topics, or does not have them, for people and for programs.
 *
 * @param article the article, as it was enriched
 * @param isStored whether the article comes from the store, so that its topics may be of other
 *     rules
 * @param diagnoses what was found out, a topic each
 */
record DiagnosisReport(EnrichedArticle article, boolean isStored, List<Diagnosis> diagnoses) {

  /** Prints a line for each topic. */
  void printList(PrintWriter out, Terminal terminal) {
    printArticle(out, terminal);
    if (diagnoses.isEmpty()) {
      out.println("no query of any topic matches");
      return;
    }
    Table table = new Table("TOPIC", "VERDICT", "-SCORE", "-NEEDED", "QUERY THAT MATCHES");
    for (Diagnosis diagnosis : diagnoses) {
      table.row(
          diagnosis.topic(),
          word(diagnosis),
          score(diagnosis.score()),
          score(diagnosis.threshold()),
          diagnosis.queries().stream()
              .filter(Tried::matches)
              .map(Tried::query)
              .findFirst()
              .map(Table::printable)
              .orElse("-"));
    }
    table.print(out, terminal);
  }

  /** Prints each query of each topic, with the reason why it does not match. */
  void printReasons(PrintWriter out, Terminal terminal) {
    printArticle(out, terminal);
    for (Diagnosis diagnosis : diagnoses) {
      out.println(terminal.bold(diagnosis.topic()) + ": " + sentence(diagnosis));
      if (isStored
          && hasTopic(diagnosis.topic()) != (diagnosis.verdict() == Diagnosis.Verdict.TAGGED)) {
        out.println(
            "  The stored record says otherwise: it was made by taxonomy "
                + article.getStamp().getTaxonomy()
                + ". 'newswire replay' enriches it again.");
      }
      for (Tried tried : diagnosis.queries()) {
        out.println((tried.matches() ? "  matches: " : "  no match: ") + printable(tried.query()));
        tried.reasons().forEach(reason -> out.println("    " + printable(reason)));
      }
      out.println();
    }
  }

  private void printArticle(PrintWriter out, Terminal terminal) {
    out.println(terminal.bold(printable(article.getArticle().getHeadline())));
    out.println(
        terminal.faint(
            printable(article.getArticle().getId())
                + "  language "
                + (article.getLanguage() == null ? "unknown" : article.getLanguage())));
    out.println();
  }

  private boolean hasTopic(String id) {
    return article.getTopics().stream().map(Topic::getId).anyMatch(id::equals);
  }

  private static String sentence(Diagnosis diagnosis) {
    String score =
        "score " + score(diagnosis.score()) + " of " + score(diagnosis.threshold()) + " needed";
    return switch (diagnosis.verdict()) {
      case TAGGED -> "the article has it (" + score + ").";
      case MENTIONED -> "the article mentions it, but is not about it (" + score + ").";
      case NOT_FOUND -> "no query matches.";
      case OTHER_LANGUAGE -> "it has no query for the language of the article.";
      case EXPERIMENTAL -> "a query matches, but the topic is experimental and tags nothing.";
    };
  }

  private static String word(Diagnosis diagnosis) {
    return diagnosis.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String score(float score) {
    return String.format(Locale.ROOT, "%.2f", score);
  }

  private static String printable(String text) {
    return Table.printable(text);
  }

  /** Prints a JSON object for each topic. */
  void writeTo(PrintWriter out) {
    for (Diagnosis diagnosis : diagnoses) {
      JsonLines.print(
          out,
          generator -> {
            generator.writeStringField("id", article.getArticle().getId());
            generator.writeStringField("topic", diagnosis.topic());
            generator.writeStringField("verdict", word(diagnosis));
            if (isStored) {
              generator.writeBooleanField("isStoredWithTopic", hasTopic(diagnosis.topic()));
            }
            generator.writeNumberField("score", diagnosis.score());
            generator.writeNumberField("threshold", diagnosis.threshold());
            generator.writeArrayFieldStart("queries");
            for (Tried tried : diagnosis.queries()) {
              generator.writeStartObject();
              generator.writeStringField("query", tried.query());
              generator.writeBooleanField("matches", tried.matches());
              JsonLines.write(generator, "reasons", tried.reasons());
              generator.writeEndObject();
            }
            generator.writeEndArray();
          });
    }
  }
}
