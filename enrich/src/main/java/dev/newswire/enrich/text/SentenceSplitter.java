// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds where sentences end: after a closing mark, at the end of a paragraph or of a line that
 * isn't merely wrapped, and after a dateline.
 */
final class SentenceSplitter {

  /** Lines of such lengths, in UTF-16 units, may be wrapped. */
  private static final int SHORTEST_WRAPPED_LINE = 50;

  private static final int LONGEST_WRAPPED_LINE = 110;

  /** Tokens of the longest dateline: city, country, month, day, agency and marks. */
  private static final int LONGEST_DATELINE = 14;

  /** A longer sentence is cut, so that no text takes more than its time. */
  private static final int LONGEST_SENTENCE = 400;

  private static final Set<String> ENDS = Set.of(".", "?", "!", "...", "…", "?!", "!?", "!!", "??");
  private static final Set<String> CLOSERS = Set.of("\"", "”", "’", "'", ")", "]", "''");
  private static final Set<String> OPENERS = Set.of("\"", "“", "‘", "'", "(", "[", "``", "-", "—");
  private static final Set<String> DASHES = Set.of("-", "--", "—", "–");

  /** Words that begin a sentence and hardly a name: they tell the ends after U.S. and Inc. */
  private static final Set<String> STARTERS =
      Set.of(
          "The",
          "A",
          "An",
          "In",
          "He",
          "She",
          "It",
          "They",
          "We",
          "I",
          "You",
          "But",
          "And",
          "This",
          "That",
          "These",
          "Those",
          "On",
          "At",
          "As",
          "For",
          "If",
          "When",
          "While",
          "There",
          "Its",
          "His",
          "Her",
          "Their",
          "After",
          "Before",
          "However",
          "Earlier",
          "Meanwhile",
          "Some",
          "Many",
          "Most",
          "No",
          "So",
          "Under",
          "With",
          "By",
          "To",
          "From",
          "Other",
          "Last",
          "Also");

  private static final Set<String> MONTHS =
      Set.of(
          "Jan.",
          "Feb.",
          "March",
          "April",
          "May",
          "June",
          "July",
          "Aug.",
          "Sept.",
          "Oct.",
          "Nov.",
          "Dec.",
          "January",
          "February",
          "August",
          "September",
          "October",
          "November",
          "December");

  private SentenceSplitter() {}

  static List<Sentence> split(String text, List<Token> tokens) {
    List<Sentence> sentences = new ArrayList<>();
    int first = 0;
    boolean paragraph = true;
    for (int i = 0; i < tokens.size(); i++) {
      if (paragraph && i == first) {
        int end = dateline(tokens, first);
        if (end > first) {
          add(sentences, tokens, first, end);
          first = end;
          i = end - 1;
          paragraph = false;
          continue;
        }
      }
      boolean last = i + 1 == tokens.size();
      boolean lineEnds = !last && lineEnds(text, tokens, i);
      if (last || lineEnds || i - first >= LONGEST_SENTENCE || sentenceEnds(tokens, i)) {
        add(sentences, tokens, first, i + 1);
        first = i + 1;
        paragraph = lineEnds;
      }
    }
    return sentences;
  }

  private static void add(List<Sentence> sentences, List<Token> tokens, int first, int end) {
    sentences.add(new Sentence(first, end, Casing.of(tokens.subList(first, end))));
  }

  private static boolean sentenceEnds(List<Token> tokens, int at) {
    Token token = tokens.get(at);
    Token next = tokens.get(at + 1);
    if (next.start() == token.end() && !CLOSERS.contains(token.form())) {
      return false;
    }
    if (!ENDS.contains(token.form())) {
      return CLOSERS.contains(token.form())
          ? at > 0
              && ENDS.contains(tokens.get(at - 1).form())
              && next.start() > token.end()
              && canStart(next)
          : abbreviationEnds(token, next);
    }
    boolean closed = CLOSERS.contains(next.form()) && next.start() == token.end();
    return !closed && canStart(next);
  }

  private static boolean abbreviationEnds(Token token, Token next) {
    return token.form().endsWith(".")
        && token.form().length() > 2
        && !Abbreviations.standsBeforeName(token.form())
        && STARTERS.contains(next.form());
  }

  private static boolean canStart(Token token) {
    int c = token.form().codePointAt(0);
    return !Character.isLowerCase(c)
        && (Character.isLetterOrDigit(c)
            || OPENERS.contains(token.form())
            || c == '@'
            || c == '#'
            || c == '$'
            || c == '£'
            || c == '€'
            || Character.getType(c) == Character.OTHER_SYMBOL);
  }

  /** Whether the line ends after a token, other than by being wrapped. */
  private static boolean lineEnds(String text, List<Token> tokens, int at) {
    int from = tokens.get(at).end();
    int to = tokens.get(at + 1).start();
    int newline = newline(text, from, to);
    if (newline == to) {
      return false;
    }
    boolean another = newline(text, newline + 1, to) < to;
    boolean indented = text.charAt(newline + 1) == ' ' || text.charAt(newline + 1) == '\t';
    if (another || indented) {
      return true;
    }
    int length = newline - text.lastIndexOf('\n', newline - 1) - 1;
    boolean mayBeWrapped = length >= SHORTEST_WRAPPED_LINE && length <= LONGEST_WRAPPED_LINE;
    boolean continues = Character.isLowerCase(tokens.get(at + 1).form().codePointAt(0));
    return !(mayBeWrapped || continues);
  }

  /** Index of the first line feed from one index up to another, which is given where none is. */
  private static int newline(String text, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) != '\n') {
      at++;
    }
    return at;
  }

  /**
   * Index after the dateline that begins here, such as {@code KYIV, April 7 (AFP) -}; else the
   * first token's own.
   */
  private static int dateline(List<Token> tokens, int first) {
    int limit = Math.min(tokens.size(), first + LONGEST_DATELINE);
    boolean place = false;
    for (int i = first; i < limit; i++) {
      Token token = tokens.get(i);
      boolean spaced =
          i > first
              && tokens.get(i - 1).end() < token.start()
              && i + 1 < tokens.size()
              && token.end() < tokens.get(i + 1).start();
      if (DASHES.contains(token.form()) && (spaced || token.form().length() > 1)) {
        return place ? i + 1 : first;
      }
      boolean capitals = token.form().length() > 1 && isCapitals(token.form());
      place |= capitals && i == first;
      boolean marked = i > first && tokens.get(i - 1).form().equals("(");
      boolean fits =
          capitals
              || marked
              || (token.isCapitalised() && place)
              || MONTHS.contains(token.form())
              || (!token.isWord() && place);
      if (!fits || (i > first && ENDS.contains(token.form()))) {
        return first;
      }
    }
    return first;
  }

  private static boolean isCapitals(String form) {
    return form.chars().noneMatch(Character::isLowerCase)
        && form.chars().anyMatch(Character::isUpperCase);
  }
}
