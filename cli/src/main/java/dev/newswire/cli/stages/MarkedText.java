// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import dev.newswire.cli.output.Terminal;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.TextField;
import dev.newswire.schemas.Topic;

/**
 * A text of an article with what was found in it: in colour where there is any, else entities in
 * square brackets and the words that earned topics in braces. Characters that could steer a
 * terminal are left out.
 */
final class MarkedText {

  private final int[] text;

  /** The kind of the entity that each code point belongs to; null for none. */
  private final EntityKind[] kinds;

  /** Whether each code point is among the words that earned a topic. */
  private final boolean[] evidence;

  private final boolean[] entityStarts;
  private final boolean[] entityEnds;

  private MarkedText(String text) {
    this.text = text.codePoints().toArray();
    kinds = new EntityKind[this.text.length];
    evidence = new boolean[this.text.length];
    entityStarts = new boolean[this.text.length];
    entityEnds = new boolean[this.text.length];
  }

  /** One of the texts of an article. */
  static MarkedText of(EnrichedArticle article, TextField field) {
    MarkedText marked =
        new MarkedText(
            field == TextField.HEADLINE
                ? article.getArticle().getHeadline()
                : article.getArticle().getBody());
    for (Entity entity : article.getEntities()) {
      entity.getMentions().stream()
          .filter(mention -> mention.getField() == field)
          .forEach(mention -> marked.mark(entity.getKind(), mention));
    }
    for (Topic topic : article.getTopics()) {
      for (Mention mention : topic.getEvidence()) {
        for (int i = mention.getStart(); mention.getField() == field && i < mention.getEnd(); i++) {
          marked.evidence[i] = true;
        }
      }
    }
    return marked;
  }

  private void mark(EntityKind kind, Mention mention) {
    for (int i = mention.getStart(); i < mention.getEnd(); i++) {
      kinds[i] = kind;
    }
    entityStarts[mention.getStart()] = true;
    entityEnds[mention.getEnd() - 1] = true;
  }

  /** What the marks mean, on one line. */
  static String legend(Terminal terminal) {
    if (!terminal.colour()) {
      return "[entity] {words that earned a topic}";
    }
    return String.join(
        "  ",
        terminal.styled(code(EntityKind.PERSON, false), "person"),
        terminal.styled(code(EntityKind.ORGANISATION, false), "organisation"),
        terminal.styled(code(EntityKind.PLACE, false), "place"),
        terminal.styled(code(null, true), "words that earned a topic"));
  }

  /** The text as it is printed. */
  String print(Terminal terminal) {
    StringBuilder out = new StringBuilder();
    StringBuilder run = new StringBuilder();
    for (int i = 0; i < text.length; i++) {
      boolean evidenceStarts = evidence[i] && (i == 0 || !evidence[i - 1]);
      boolean evidenceEnds = evidence[i] && (i + 1 == text.length || !evidence[i + 1]);
      if (!terminal.colour()) {
        out.append(evidenceStarts ? "{" : "").append(entityStarts[i] ? "[" : "");
        append(text[i], out);
        out.append(entityEnds[i] ? "]" : "").append(evidenceEnds ? "}" : "");
      } else {
        append(text[i], run);
        if (i + 1 == text.length || !code(i).equals(code(i + 1))) {
          out.append(code(i).isEmpty() ? run : terminal.styled(code(i), run.toString()));
          run.setLength(0);
        }
      }
    }
    return out.toString();
  }

  private String code(int index) {
    return code(kinds[index], evidence[index]);
  }

  /** The terminal's code for a style; empty for plain text. */
  private static String code(EntityKind kind, boolean isEvidence) {
    String colour =
        kind == null
            ? ""
            : switch (kind) {
              case PERSON -> "36";
              case ORGANISATION -> "35";
              case PLACE -> "32";
            };
    if (!isEvidence) {
      return colour;
    }
    return colour.isEmpty() ? "1;4;33" : "1;4;" + colour;
  }

  private static void append(int character, StringBuilder out) {
    int type = Character.getType(character);
    if (character == '\n' || (type != Character.CONTROL && type != Character.FORMAT)) {
      out.appendCodePoint(character);
    }
  }
}
