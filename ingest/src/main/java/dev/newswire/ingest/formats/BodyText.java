// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static java.util.regex.Matcher.quoteReplacement;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Tag;
import org.jsoup.select.NodeVisitor;

/**
 * The text of marked-up articles: HTML, XHTML and NITF. Paragraphs follow the block elements;
 * scripts, styles and captions of media are not part of the text.
 */
final class BodyText {

  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "block",
          "blockquote",
          "body",
          "body.content",
          "bq",
          "caption",
          "dd",
          "div",
          "dl",
          "dt",
          "fn",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "hl1",
          "hl2",
          "hr",
          "li",
          "main",
          "nitf-table",
          "ol",
          "p",
          "pre",
          "section",
          "table",
          "tbody",
          "thead",
          "ul");
  private static final Set<String> LINES = Set.of("br", "tr", "option", "byttl");
  private static final Set<String> PARAGRAPHS = Set.of("p", "div", "block");
  private static final Set<String> CELLS = Set.of("td", "th");
  private static final Set<String> SKIPPED =
      Set.of(
          "script",
          "style",
          "template",
          "iframe",
          "object",
          "svg",
          "head",
          "noscript",
          "media",
          "figure",
          "form",
          "button",
          "nav",
          "nitf-table-metadata",
          "note",
          "NewsComponentRef",
          "NewsItemRef",
          "header",
          "footer");

  /** Classes of what stands in an article's markup and is not for publication. */
  private static final Set<String> FOR_EDITORS =
      Set.of("notepad", "np-public", "np-nonpublic", "closingline", "embargoed", "ednote");

  private static final Set<String> SKIPPED_IN_HTML =
      Set.of("header", "footer", "note", "script", "style");
  private static final Set<String> EMPTY = Set.of("br", "hr", "img");
  private static final int ROOM = 1024;
  private static final char ZERO_WIDTH_SPACE = '\u200b';
  private static final Pattern EMPTY_LINE = Pattern.compile("\\r?\\n[ \\t]*\\r?\\n");
  private static final int MOST_ESCAPES = 3;
  private static final Pattern REFERENCE =
      Pattern.compile(
          "&(?:amp|lt|gt|quot|apos|nbsp|[a-z]{2,8}[0-9]{0,2}|#\\d{2,7}|#[xX][0-9a-fA-F]{2,6});");
  private static final Pattern INLINE_TAG =
      Pattern.compile(
          "</?(?:b|i|em|strong|span|a|br|sup|sub|u|p|font)(?:\\s[^<>]{0,500})?/?>",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CODE = Pattern.compile("<([A-Z][A-Z0-9.]*)>");
  private static final Map<String, String> AS_HTML =
      Map.of("hl1", "h1", "hl2", "h2", "block", "div", "bq", "blockquote");

  private BodyText() {}

  /** Text of an HTML document or fragment. */
  static String ofHtml(String html) {
    if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
      return PlainText.line(html);
    }
    String marked = withParagraphs(html);
    return SimpleHtml.text(marked).orElseGet(() -> ofTree(marked));
  }

  /** Text of an HTML fragment by way of the parser's tree. */
  static String ofTree(String html) {
    return of(Markup.fragment(html));
  }

  /** Blogging software exports its texts with empty lines where the paragraphs will be. */
  private static String withParagraphs(String html) {
    boolean isMarkedUp = html.contains("<p") || html.contains("<br") || html.contains("<div");
    return isMarkedUp || html.indexOf('\n') < 0 ? html : EMPTY_LINE.matcher(html).replaceAll("<p>");
  }

  /**
   * Text of an HTML headline or another one-line field that may be marked up, and may be escaped
   * more than once.
   */
  static String lineOfHtml(String marked) {
    String line = lineOfHtmlOnce(marked);
    for (int i = 0; i < MOST_ESCAPES && REFERENCE.matcher(line).find(); i++) {
      line = lineOfHtmlOnce(line);
    }
    return line;
  }

  /** A line that should be plain and may hold references and tags all the same. */
  static String lineOfPlain(String text) {
    return REFERENCE.matcher(text).find() || INLINE_TAG.matcher(text).find()
        ? lineOfHtml(text)
        : PlainText.line(text);
  }

  private static String lineOfHtmlOnce(String marked) {
    String html = withoutUnknownTags(marked);
    if (html.indexOf('<') >= 0) {
      return PlainText.line(Markup.fragment(html).text());
    }
    return html.indexOf('&') < 0
        ? PlainText.line(html)
        : SimpleHtml.text(html)
            .filter(text -> text.indexOf(ZERO_WIDTH_SPACE) < 0)
            .orElseGet(() -> PlainText.line(Markup.fragment(html).text()));
  }

  /** A line without what looks like a tag and is none of HTML's: a company's {@code <ABC.N>}. */
  private static String withoutUnknownTags(String line) {
    return line.indexOf('<') < 0
        ? line
        : CODE.matcher(line)
            .replaceAll(
                code -> Tag.isKnownTag(code.group(1)) ? quoteReplacement(code.group()) : "");
  }

  /** Text of a part of an HTML page. */
  static String of(Node html) {
    PlainText plain = new PlainText();
    html.traverse(new Walk(plain));
    return plain.toString();
  }

  /** Text of an element of an XML document. */
  static String of(Element element) {
    PlainText plain = new PlainText(ROOM);
    walk(element, plain);
    return plain.toString();
  }

  private static void walk(Element element, PlainText plain) {
    for (Object node : element.content()) {
      if (node instanceof Element child) {
        String name = child.name();
        if (SKIPPED.contains(name) || isForEditors(child.attribute("class"))) {
          continue;
        }
        if (name.equals("pre")) {
          plain.preformatted(child.rawText());
          continue;
        }
        before(name, plain);
        if (PARAGRAPHS.contains(name) && ColumnText.hasLines(child)) {
          plain.preformatted(child.rawText());
        } else {
          walk(child, plain);
        }
        after(name, plain);
      } else {
        plain.inline((String) node);
      }
    }
  }

  private static boolean isForEditors(String classes) {
    return !isForReaders(classes)
        && Stream.of(classes.split("\\s+", -1)).anyMatch(FOR_EDITORS::contains);
  }

  /** Whether classes have nothing in common with those of what is not for publication. */
  static boolean isForReaders(String classes) {
    boolean isOne = true;
    for (int i = 0; i < classes.length(); i++) {
      char c = classes.charAt(i);
      if (c == '&') {
        return false;
      }
      isOne &= c > ' ';
    }
    return isOne
        ? !FOR_EDITORS.contains(classes)
        : FOR_EDITORS.stream().noneMatch(classes::contains);
  }

  private static void before(String name, PlainText plain) {
    if (BLOCKS.contains(name)) {
      plain.paragraph();
    } else if (LINES.contains(name)) {
      plain.lineBreak();
    } else if (CELLS.contains(name)) {
      plain.inline(" ");
    }
  }

  private static void after(String name, PlainText plain) {
    if (BLOCKS.contains(name)) {
      plain.paragraph();
    } else if (name.equals("tr")) {
      plain.lineBreak();
    }
  }

  /** An element's content as HTML: names without prefix, NITF's own elements as HTML's. */
  static String html(Element element) {
    StringBuilder out = new StringBuilder(ROOM);
    html(element, out);
    return out.toString().strip();
  }

  private static void html(Element element, StringBuilder out) {
    for (Object node : element.content()) {
      if (node instanceof Element child) {
        if (SKIPPED_IN_HTML.contains(child.name()) || isForEditors(child.attribute("class"))) {
          continue;
        }
        String name = AS_HTML.getOrDefault(child.name(), child.name());
        out.append('<').append(name);
        for (Element.Attribute attribute : child.attributes()) {
          out.append(' ').append(attribute.name()).append("=\"");
          out.append(quoted(attribute.value())).append('"');
        }
        out.append('>');
        html(child, out);
        if (!child.content().isEmpty() || !EMPTY.contains(name)) {
          out.append("</").append(name).append('>');
        }
      } else {
        out.append(escaped((String) node));
      }
    }
  }

  private static String quoted(String value) {
    String escaped = escaped(value);
    return escaped.indexOf('"') < 0 ? escaped : escaped.replace("\"", "&quot;");
  }

  private static String escaped(String text) {
    return text.indexOf('&') < 0 && text.indexOf('<') < 0 && text.indexOf('>') < 0
        ? text
        : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Walks an HTML tree without recursion, for pages may be nested as deep as they like. */
  private static final class Walk implements NodeVisitor {

    private final PlainText plain;
    private int skippedAt = Integer.MAX_VALUE;

    Walk(PlainText plain) {
      this.plain = plain;
    }

    @Override
    public void head(Node node, int depth) {
      if (depth > skippedAt) {
        return;
      }
      if (node instanceof TextNode text) {
        plain.inline(text.getWholeText());
      } else if (SKIPPED.contains(node.nodeName()) || isForEditors(node.attr("class"))) {
        skippedAt = depth;
      } else if (node.nodeName().equals("pre") && node instanceof org.jsoup.nodes.Element pre) {
        plain.preformatted(pre.wholeText());
        skippedAt = depth;
      } else {
        before(node.nodeName(), plain);
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (depth == skippedAt) {
        skippedAt = Integer.MAX_VALUE;
      }
      if (depth < skippedAt) {
        after(node.nodeName(), plain);
      }
    }
  }
}
