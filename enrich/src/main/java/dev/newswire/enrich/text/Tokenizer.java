// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits English text into tokens and sentences, in one pass and in time linear in its length.
 *
 * <p>Hyphenated words are split at their hyphens, possessives and contractions before their
 * apostrophe. Initials, abbreviations, numbers, addresses of web pages and mail, user names,
 * hashtags and emoji stay whole.
 */
public final class Tokenizer {

  /** UTF-16 units of the longest mail address, by RFC 5321. */
  private static final int LONGEST_MAIL = 254;

  private static final Set<String> CONTRACTIONS = Set.of("s", "re", "ve", "ll", "d", "m");

  private final ResolvedText source;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  private Tokenizer(ResolvedText source) {
    this.source = source;
    text = source.text();
  }

  /** The tokens and sentences of a text. */
  public static TokenizedText tokenize(String text) {
    Tokenizer tokenizer = new Tokenizer(ResolvedText.of(text));
    tokenizer.scan();
    return new TokenizedText(
        text, tokenizer.tokens, SentenceSplitter.split(text, tokenizer.tokens));
  }

  private void scan() {
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (isSpace(c)) {
        at += Character.charCount(c);
      } else if (isWordPart(c)) {
        at = word(at);
      } else if ((c == '@' || c == '#')
          && at + 1 < text.length()
          && isWordPart(text.codePointAt(at + 1))) {
        at = add(at, endOfName(at + 1));
      } else if (Character.getType(c) == Character.OTHER_SYMBOL || c > 0xFFFF) {
        at = add(at, endOfSymbol(at));
      } else {
        at = add(at, endOfRun(at));
      }
    }
  }

  private int add(int start, int end) {
    tokens.add(new Token(source.origin(start), source.origin(end), text.substring(start, end)));
    return end;
  }

  private int word(int start) {
    int address = endOfAddress(start);
    if (address > start) {
      return add(start, address);
    }
    int end = start;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      if (isWordPart(c)) {
        end += Character.charCount(c);
      } else if (joins(start, end, (char) c)) {
        end++;
      } else {
        break;
      }
    }
    if (end < text.length() && text.charAt(end) == '.' && takesPoint(start, end)) {
      return add(start, end + 1);
    }
    int apostrophe = contraction(start, end);
    if (apostrophe > start) {
      add(start, apostrophe);
      return add(apostrophe, end);
    }
    return add(start, end);
  }

  /** Whether the mark at an index, after a word, holds it together with what follows. */
  private boolean joins(int start, int at, char mark) {
    if (at + 1 >= text.length()) {
      return false;
    }
    char before = text.charAt(at - 1);
    char after = text.charAt(at + 1);
    return switch (mark) {
      case '\'', '’' -> Character.isLetter(before) && Character.isLetter(after);
      case '&' -> Character.isUpperCase(before) && Character.isUpperCase(after);
      case ',', ':' -> Character.isDigit(before) && Character.isDigit(after);
      case '.' ->
          (Character.isDigit(before) && Character.isDigit(after))
              || (Character.isLetter(after) && (isInitial(start, at) || isHost(start, at)));
      default -> false;
    };
  }

  /** Whether the letter before a point stands alone or after another point. */
  private boolean isInitial(int start, int at) {
    return Character.isLetter(text.charAt(at - 1))
        && (at - 1 == start || text.charAt(at - 2) == '.');
  }

  /** Whether the point at an index is in a name such as Amazon.com: no space, no capital. */
  private boolean isHost(int start, int at) {
    return at - start > 1 && Character.isLowerCase(text.charAt(at + 1));
  }

  private boolean takesPoint(int start, int end) {
    String word = text.substring(start, end);
    return (isInitial(start, end) && (word.length() > 1 || Character.isUpperCase(word.charAt(0))))
        || Abbreviations.isAbbreviation(word);
  }

  /** Index of the apostrophe, or of the n of n't, that ends the word proper; else the start. */
  private int contraction(int start, int end) {
    int apostrophe = end - 1;
    while (apostrophe > start
        && text.charAt(apostrophe) != '\''
        && text.charAt(apostrophe) != '’') {
      apostrophe--;
    }
    String suffix = text.substring(apostrophe + 1, end).toLowerCase(Locale.ROOT);
    if (CONTRACTIONS.contains(suffix)) {
      return apostrophe;
    }
    boolean negation =
        suffix.equals("t") && apostrophe - start > 1 && (text.charAt(apostrophe - 1) | 0x20) == 'n';
    return negation ? apostrophe - 1 : start;
  }

  /** Index after a web or mail address that begins here; the start where none does. */
  private int endOfAddress(int start) {
    boolean web =
        text.startsWith("http://", start)
            || text.startsWith("https://", start)
            || text.startsWith("www.", start);
    int end = start;
    boolean mail = false;
    int limit = web ? text.length() : Math.min(text.length(), start + LONGEST_MAIL);
    while (end < limit && (web ? isInAddress(text.charAt(end)) : isInMail(end))) {
      mail |= text.charAt(end) == '@' && end > start;
      end++;
    }
    if (!web && !mail) {
      return start;
    }
    while (end > start && ".,;:!?'’)-".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean isInAddress(char c) {
    return c > ' ' && c != '"' && c != '<' && c != '>' && !isSpace(c) && c != '”';
  }

  private boolean isInMail(int at) {
    char c = text.charAt(at);
    return (c < 0x80 && Character.isLetterOrDigit(c)) || "@._-+%".indexOf(c) >= 0;
  }

  private int endOfName(int at) {
    int end = at;
    while (end < text.length() && isWordPart(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  /** Index after an emoji with its modifiers and whatever is joined to it. */
  private int endOfSymbol(int at) {
    int end = at + Character.charCount(text.codePointAt(at));
    while (end < text.length()) {
      int c = text.codePointAt(end);
      boolean joiner =
          c == 0x200D && end + 1 < text.length() && !isSpace(text.codePointAt(end + 1));
      boolean modifier = c == 0xFE0F || (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0x20E3;
      boolean flag =
          isRegionalIndicator(c) && end - at == 2 && isRegionalIndicator(text.codePointAt(at));
      if (joiner) {
        end += 1 + Character.charCount(text.codePointAt(end + 1));
      } else if (modifier || flag) {
        end += Character.charCount(c);
      } else {
        break;
      }
    }
    return end;
  }

  private static boolean isRegionalIndicator(int c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
  }

  /** Index after a row of the same mark, such as three points or two hyphens. */
  private int endOfRun(int at) {
    int c = text.codePointAt(at);
    int end = at + Character.charCount(c);
    boolean repeats = ".-!?*=_~'`".indexOf(c) >= 0;
    while (repeats && end < text.length() && text.charAt(end) == c) {
      end++;
    }
    return end;
  }

  private static boolean isWordPart(int c) {
    return Character.isLetterOrDigit(c)
        || (Character.getType(c) == Character.NON_SPACING_MARK && c != 0xFE0F)
        || c == '_';
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || c == 0x200B
        || c == 0xFEFF
        || c == 0xAD;
  }
}
