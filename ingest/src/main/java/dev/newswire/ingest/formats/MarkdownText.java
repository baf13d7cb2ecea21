// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** The plain text of Markdown's nodes, and what is in them. Trees are of bounded depth. */
final class MarkdownText {

  private MarkdownText() {}

  /** A node's text without its marks; pictures are no text. */
  static String of(Node node) {
    return of(node, '\n');
  }

  /** The same as running text: a line that is only wrapped does not end there. */
  static String running(Node node) {
    return of(node, ' ');
  }

  private static String of(Node node, char softBreak) {
    Collector collector = new Collector(softBreak);
    node.accept(collector);
    return collector.text.toString().strip();
  }

  /** The text of a node's children: of a picture, what stands for it. */
  static String ofChildren(Node node) {
    StringBuilder text = new StringBuilder();
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      text.append(of(child)).append(' ');
    }
    return PlainText.line(text.toString());
  }

  static String withoutImages(Node block) {
    return of(block);
  }

  static List<Link> links(Node block) {
    List<Link> links = new ArrayList<>();
    block.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            links.add(link);
          }
        });
    return links;
  }

  static List<Image> images(Node block) {
    List<Image> images = new ArrayList<>();
    block.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Image image) {
            images.add(image);
          }
        });
    return images;
  }

  /** Whether a paragraph is emphasised from its beginning to its end. */
  static boolean isEmphasis(Node block) {
    return block instanceof Paragraph
        && block.getFirstChild() != null
        && block.getFirstChild() == block.getLastChild()
        && isEmphasised(block.getFirstChild());
  }

  /** Whether all that a paragraph has beside its pictures is emphasised. */
  static boolean isEmphasisBesideImages(Node block) {
    for (Node child = block.getFirstChild(); child != null; child = child.getNext()) {
      boolean isPicture = child instanceof Image || !images(child).isEmpty();
      boolean isBreak = child instanceof SoftLineBreak || child instanceof HardLineBreak;
      if (!isPicture && !isBreak && !isEmphasised(child) && !of(child).isBlank()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEmphasised(Node node) {
    return node instanceof Emphasis || node instanceof StrongEmphasis;
  }

  private static final class Collector extends AbstractVisitor {

    private final StringBuilder text = new StringBuilder();
    private final char softBreak;

    Collector(char softBreak) {
      this.softBreak = softBreak;
    }

    @Override
    public void visit(Text node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(FencedCodeBlock node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak node) {
      text.append(softBreak);
    }

    @Override
    public void visit(HardLineBreak node) {
      text.append('\n');
    }

    @Override
    public void visit(HtmlBlock node) {
      text.append(BodyText.ofHtml(node.getLiteral()));
    }

    @Override
    public void visit(HtmlInline node) {
      if (node.getLiteral().regionMatches(true, 0, "<br", 0, 3)) {
        text.append('\n');
      }
    }

    @Override
    public void visit(Image node) {
      // A picture is no text; its caption is kept beside the article.
    }

    @Override
    public void visit(ListItem node) {
      visitChildren(node);
      text.append('\n');
    }

    @Override
    public void visit(Paragraph node) {
      visitChildren(node);
      if (node.getNext() != null) {
        text.append("\n");
      }
    }
  }
}
