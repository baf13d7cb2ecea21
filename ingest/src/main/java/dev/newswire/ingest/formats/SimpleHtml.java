// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.nodes.Entities;

/**
 * The text of HTML that is simple and well nested, which nearly all of it is, in one pass and
 * without a tree. Of anything else it gives nothing: whatever an HTML parser would have to mend, or
 * could read in another way than it is written. What it gives is what {@link BodyText} makes of the
 * parser's tree.
 */
final class SimpleHtml {

  /** What an element does to the text and to its neighbours. */
  private enum Kind {
    /** Part of a line. */
    INLINE,
    /** A link: not within another one. */
    LINK,
    /** Ends a paragraph that is open, in HTML; has no say in the text. */
    FLOW,
    /** Stands apart from what is around it. */
    BLOCK,
    /** A block that another one like it, and most others, end. */
    PARAGRAPH,
    /** A block of entries. */
    LIST,
    /** A block that cannot be within one of its kind. */
    HEADING,
    /** A block within a list. */
    ENTRY,
    /** Not part of the text. */
    SKIPPED,
    /** A line break, and no content. */
    BREAK,
    /** A block without content. */
    RULE,
    /** Nothing to read. */
    VOID;

    private boolean isEmpty() {
      return this == BREAK || this == RULE || this == VOID;
    }

    private boolean closesParagraphs() {
      return this != INLINE && this != LINK && this != BREAK && this != VOID;
    }

    private boolean isBlock() {
      return this == BLOCK || this == PARAGRAPH || this == LIST || this == HEADING || this == ENTRY;
    }
  }

  /** An element that is known here. */
  private record Tag(String name, Kind kind) {}

  /** What is known, by the first letter. */
  private static final Tag[][] TAGS =
      Stream.of(
              kind(Kind.INLINE, "abbr b big cite code del dfn em font i ins kbd mark q s samp"),
              kind(Kind.INLINE, "small span strike strong sub sup time tt u var"),
              kind(Kind.LINK, "a"),
              kind(Kind.FLOW, "figcaption"),
              kind(Kind.BLOCK, "address article aside blockquote div main section"),
              kind(Kind.PARAGRAPH, "p"),
              kind(Kind.LIST, "ol ul"),
              kind(Kind.HEADING, "h1 h2 h3 h4 h5 h6"),
              kind(Kind.ENTRY, "li"),
              kind(Kind.SKIPPED, "figure footer header nav"),
              kind(Kind.BREAK, "br"),
              kind(Kind.RULE, "hr"),
              kind(Kind.VOID, "img wbr"))
          .flatMap(kinds -> kinds)
          .collect(
              Collectors.collectingAndThen(
                  Collectors.groupingBy(tag -> tag.name().charAt(0)),
                  tags ->
                      IntStream.rangeClosed(0, 'z')
                          .mapToObj(first -> tags.getOrDefault((char) first, List.of()))
                          .map(known -> known.toArray(Tag[]::new))
                          .toArray(Tag[][]::new)));

  private static final int DEEPEST = 64;
  private static final int LONGEST_NAME = 10;
  private static final int LONGEST_REFERENCE = 32;
  private static final int NOWHERE = -1;

  /** Where a thread reads one fragment after the other, unless one is too long for it. */
  private static final ThreadLocal<char[]> ROOM =
      ThreadLocal.withInitial(() -> new char[16 * 1024]);

  /** The fragment; its text takes its place as it is read, and never needs more of it. */
  private final char[] html;

  private final int length;

  private final PlainText plain;
  private final Tag[] open = new Tag[DEEPEST];
  private int depth;
  private int paragraphs;
  private int links;
  private int headings;
  private int skipped;

  private SimpleHtml(String html) {
    char[] room = ROOM.get();
    length = html.length();
    this.html = length <= room.length ? room : new char[length];
    html.getChars(0, length, this.html, 0);
    plain = new PlainText(this.html);
  }

  private static Stream<Tag> kind(Kind kind, String names) {
    return Stream.of(names.split(" ", -1)).map(name -> new Tag(name, kind));
  }

  /** The text of a fragment; empty where the fragment is not simple. */
  static Optional<String> text(String html) {
    SimpleHtml simple = new SimpleHtml(html);
    // An HTML parser has rules of its own for NUL.
    return html.indexOf('\0') < 0 && simple.read()
        ? Optional.of(simple.plain.toString())
        : Optional.empty();
  }

  private boolean read() {
    int at = 0;
    while (at < length) {
      int mark = skipped == 0 ? plain.upToMark(at, length) : PlainText.mark(html, at, length);
      if (mark == length) {
        break;
      }
      at = html[mark] == '<' ? markup(mark) : reference(mark);
      if (at == NOWHERE) {
        return false;
      }
    }
    return depth == 0;
  }

  private int next(char mark, int from) {
    int at = from;
    while (at < length && html[at] != mark) {
      at++;
    }
    return at;
  }

  private int markup(int at) {
    if (at + 2 >= length) {
      return NOWHERE;
    }
    char next = html[at + 1];
    if (next == '/') {
      return endTag(at + 2);
    }
    return next == '!' ? comment(at) : startTag(at + 1);
  }

  /** A comment without dashes in it. */
  private int comment(int at) {
    int begin = at + 4;
    if (begin >= length || html[at + 2] != '-' || html[at + 3] != '-') {
      return NOWHERE;
    }
    if (html[begin] == '>' || html[begin] == '-') {
      return NOWHERE;
    }
    int dashes = begin;
    while (dashes + 2 < length && (html[dashes] != '-' || html[dashes + 1] != '-')) {
      dashes++;
    }
    return dashes + 2 < length && html[dashes + 2] == '>' ? dashes + 3 : NOWHERE;
  }

  private int startTag(int nameAt) {
    int at = nameEnd(nameAt);
    if (at == NOWHERE) {
      return NOWHERE;
    }
    Optional<Tag> known = tag(nameAt, at);
    if (known.isEmpty() || !isAllowed(known.get().kind())) {
      return NOWHERE;
    }
    Tag tag = known.get();
    int end = html[at] == '>' ? at : attributesEnd(at);
    if (end == NOWHERE) {
      return NOWHERE;
    }
    boolean closed = html[end - 1] == '/';
    if (tag.kind().isEmpty()) {
      empty(tag.kind());
    } else if (closed || depth == DEEPEST) {
      return NOWHERE;
    } else {
      open(tag);
    }
    return end + 1;
  }

  private Optional<Tag> tag(int from, int to) {
    for (Tag tag : TAGS[html[from]]) {
      if (tag.name().length() == to - from && isAt(from, tag.name())) {
        return Optional.of(tag);
      }
    }
    return Optional.empty();
  }

  private String text(int from, int to) {
    return new String(html, from, to - from);
  }

  /** Whether, where there is room for it, a name is written. */
  private boolean isAt(int from, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (html[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an element may begin here without ending one that is open. */
  private boolean isAllowed(Kind kind) {
    return !(kind.closesParagraphs() && paragraphs > 0)
        && !(kind == Kind.LINK && links > 0)
        && !(kind == Kind.HEADING && headings > 0)
        && !(kind == Kind.ENTRY && (depth == 0 || open[depth - 1].kind() != Kind.LIST));
  }

  private void empty(Kind kind) {
    if (skipped == 0 && kind == Kind.BREAK) {
      plain.lineBreak();
    } else if (skipped == 0 && kind == Kind.RULE) {
      plain.paragraph();
    }
  }

  private void open(Tag tag) {
    open[depth++] = tag;
    count(tag.kind(), 1);
    paragraph(tag.kind());
  }

  private void count(Kind kind, int one) {
    paragraphs += kind == Kind.PARAGRAPH ? one : 0;
    links += kind == Kind.LINK ? one : 0;
    headings += kind == Kind.HEADING ? one : 0;
    skipped += kind == Kind.SKIPPED ? one : 0;
  }

  private void paragraph(Kind kind) {
    if (skipped == 0 && kind.isBlock()) {
      plain.paragraph();
    }
  }

  private int endTag(int nameAt) {
    if (depth == 0) {
      return NOWHERE;
    }
    Tag tag = open[depth - 1];
    int end = nameAt + tag.name().length();
    if (end >= length || html[end] != '>' || !isAt(nameAt, tag.name())) {
      return NOWHERE;
    }
    depth--;
    count(tag.kind(), -1);
    paragraph(tag.kind());
    return end + 1;
  }

  /** Where a name of lower-case letters and digits ends. */
  private int nameEnd(int from) {
    int at = from;
    while (at < length && isNameCharacter(html[at])) {
      at++;
    }
    boolean isName =
        at > from
            && at - from <= LONGEST_NAME
            && at < html.length
            && (html[at] == '>' || html[at] == '/' || isSpace(html[at]));
    return isName ? at : NOWHERE;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
  }

  /** Where the tag ends: at its {@code >}. Values are quoted, or missing. */
  private int attributesEnd(int from) {
    int at = from;
    while (true) {
      at = pastSpace(at);
      if (at >= length) {
        return NOWHERE;
      }
      if (html[at] == '>') {
        return at;
      }
      if (html[at] == '/') {
        return at + 1 < length && html[at + 1] == '>' ? at + 1 : NOWHERE;
      }
      int nameAt = at;
      while (at < length && isAttributeCharacter(html[at])) {
        at++;
      }
      if (at == nameAt) {
        return NOWHERE;
      }
      boolean isClass = at == nameAt + 5 && text(nameAt, at).equalsIgnoreCase("class");
      at = pastSpace(at);
      if (at >= length) {
        return NOWHERE;
      }
      if (html[at] == '=') {
        at = valueEnd(pastSpace(at + 1), isClass);
        if (at == NOWHERE) {
          return NOWHERE;
        }
      }
    }
  }

  private static boolean isAttributeCharacter(char c) {
    return isNameCharacter(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == ':';
  }

  private int valueEnd(int from, boolean isClass) {
    if (from >= length || (html[from] != '"' && html[from] != '\'')) {
      return NOWHERE;
    }
    int at = next(html[from], from + 1);
    if (at + 1 >= length) {
      return NOWHERE;
    }
    if (isClass && !BodyText.isForReaders(text(from + 1, at))) {
      return NOWHERE;
    }
    char next = html[at + 1];
    return next == '>' || next == '/' || isSpace(next) ? at + 1 : NOWHERE;
  }

  private int pastSpace(int from) {
    int at = from;
    while (at < length && isSpace(html[at])) {
      at++;
    }
    return at;
  }

  /** A character reference that ends with a semicolon, or an ampersand that stands alone. */
  private int reference(int at) {
    int from = at + 1;
    if (from < length && html[from] == ' ') {
      add(at, from);
      return from;
    }
    int end = from;
    while (end < length && end - from < LONGEST_REFERENCE && html[end] != ';') {
      end++;
    }
    if (end >= length || html[end] != ';' || end == from) {
      return NOWHERE;
    }
    // What is meant takes the end of what stands for it, which is never shorter.
    int begin;
    if (html[from] == '#') {
      int number = numbered(from + 1, end);
      if (number < 0) {
        return NOWHERE;
      }
      begin = end + 1 - Character.charCount(number);
      Character.toChars(number, html, begin);
    } else {
      String characters = named(text(from, end));
      if (characters.isEmpty()) {
        return NOWHERE;
      }
      begin = end + 1 - characters.length();
      characters.getChars(0, characters.length(), html, begin);
    }
    add(begin, end + 1);
    return end + 1;
  }

  private void add(int from, int to) {
    if (skipped == 0) {
      plain.inline(from, to);
    }
  }

  private static String named(String name) {
    return switch (name) {
      case "amp" -> "&";
      case "lt" -> "<";
      case "gt" -> ">";
      case "quot" -> "\"";
      case "nbsp" -> "\u00a0";
      default -> name.chars().allMatch(Character::isLetterOrDigit) ? Entities.getByName(name) : "";
    };
  }

  /** The character of a number; negative where it means another one, or none. */
  private int numbered(int from, int end) {
    boolean isHex = from < end && (html[from] == 'x' || html[from] == 'X');
    int radix = isHex ? 16 : 10;
    int first = isHex ? from + 1 : from;
    int number = 0;
    for (int i = first; i < end; i++) {
      int digit = html[i] < 0x80 ? Character.digit(html[i], radix) : -1;
      if (digit < 0 || number > Character.MAX_CODE_POINT) {
        return NOWHERE;
      }
      number = number * radix + digit;
    }
    boolean isPlain =
        first < end
            && number >= ' '
            && !(number >= 0x7f && number < 0xa0)
            && !(number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE)
            && number <= Character.MAX_CODE_POINT;
    return isPlain ? number : NOWHERE;
  }
}
