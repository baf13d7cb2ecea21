// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.text.CodePoints;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.TextField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Hits of queries as spans of an article's headline and body, in code points. Immutable. */
final class Spans {

  private final String headline;
  private final String body;

  /** Where in the body the text begins that rules read as the headline; -1 where one was sent. */
  private final int headingInBody;

  private final CodePoints inHeadline;
  private final CodePoints inBody;

  /**
   * Spans of an article.
   *
   * @param read how rules read it
   * @param body as it was sent
   */
  Spans(ReadArticle read, String body) {
    headline = read.headline();
    this.body = body;
    headingInBody = read.hasHeadline() ? -1 : read.firstStart();
    inHeadline = new CodePoints(headline);
    inBody = new CodePoints(body);
  }

  /** A span in UTF-16 offsets of its field's text. */
  private record Span(TextField field, int start, int end) {

    boolean meets(Span next) {
      return field == next.field && next.start < end;
    }
  }

  /**
   * The text that the hits cover, in reading order; overlapping hits as one. Hits in fields that
   * are no text are left out.
   */
  List<Mention> of(List<FieldHit> hits) {
    List<Span> merged = new ArrayList<>();
    hits.stream()
        .flatMap(hit -> spans(hit).stream())
        .distinct()
        .sorted(Comparator.comparing(Span::field).thenComparing(Span::start))
        .forEach(
            span -> {
              Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
              if (last != null && last.meets(span)) {
                int end = Math.max(last.end, span.end);
                merged.set(merged.size() - 1, new Span(last.field, last.start, end));
              } else {
                merged.add(span);
              }
            });
    return merged.stream().map(this::mention).toList();
  }

  /** Code points of the body. */
  CodePoints inBody() {
    return inBody;
  }

  /** Whether there is anything in a text that Lucene takes for a word. */
  static boolean hasWord(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private List<Span> spans(FieldHit hit) {
    if (hit.start() < 0 || hit.end() <= hit.start()) {
      return List.of();
    }
    // In the field of both, Lucene counts the body's offsets on from the headline's, with one in
    // between, if there was any word to count from.
    int bodyStart = hasWord(headline) ? headline.length() + 1 : 0;
    return switch (hit.field()) {
      case QuerySyntax.HEADLINE ->
          headingInBody < 0
              ? List.of(new Span(TextField.HEADLINE, hit.start(), hit.end()))
              : List.of(
                  new Span(TextField.BODY, headingInBody + hit.start(), headingInBody + hit.end()));
      case QuerySyntax.BODY -> List.of(new Span(TextField.BODY, hit.start(), hit.end()));
      case QuerySyntax.TEXT, QuerySyntax.LEAD -> {
        List<Span> spans = new ArrayList<>();
        if (hit.start() < bodyStart) {
          int end = Math.min(hit.end(), headline.length());
          spans.add(new Span(TextField.HEADLINE, hit.start(), end));
        }
        if (hit.end() > bodyStart) {
          int start = Math.max(hit.start(), bodyStart);
          spans.add(new Span(TextField.BODY, start - bodyStart, hit.end() - bodyStart));
        }
        yield spans;
      }
      default -> List.of();
    };
  }

  private Mention mention(Span span) {
    boolean isHeadline = span.field == TextField.HEADLINE;
    CodePoints inText = isHeadline ? inHeadline : inBody;
    String text = isHeadline ? headline : body;
    return new Mention(
        span.field,
        inText.before(span.start),
        inText.before(span.end),
        text.substring(span.start, span.end));
  }
}
