// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.IdentityHashMap;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * How much running text stands under each element of a page: text of blocks that are long enough
 * and in which few words are links. Characters of Chinese, Japanese and Korean count as three.
 */
final class RunningText {

  /** Characters of a block that runs. */
  static final int SHORTEST_BLOCK = 40;

  private static final int IDEOGRAPH = 3;
  private static final Set<String> INLINE =
      Set.of(
          "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "dfn", "em", "font", "i",
          "ins", "kbd", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt",
          "u", "wbr");
  private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");

  private static final class Sums {
    int own;
    int ownLinked;
    int running;
    int all;
    int linked;
  }

  private final IdentityHashMap<Element, Sums> sums;

  private RunningText(IdentityHashMap<Element, Sums> sums) {
    this.sums = sums;
  }

  /** Measures an element and all under it. */
  static RunningText of(Element root) {
    IdentityHashMap<Element, Sums> sums = new IdentityHashMap<>();
    root.traverse(new Measure(sums));
    return new RunningText(sums);
  }

  /** Characters of running text under an element that was measured. */
  int under(Element element) {
    Sums found = sums.get(element);
    return found == null ? 0 : found.running;
  }

  /** Characters of all text under an element that was measured. */
  int characters(Element element) {
    Sums found = sums.get(element);
    return found == null ? 0 : found.all;
  }

  /** Whether an element is a block that says little but links. */
  boolean isLinks(Element element) {
    Sums found = sums.get(element);
    return found != null
        && !INLINE.contains(element.normalName())
        && found.running == 0
        && found.linked * 2 > found.all;
  }

  private static final class Measure implements NodeVisitor {

    private final IdentityHashMap<Element, Sums> sums;
    private int links;

    Measure(IdentityHashMap<Element, Sums> sums) {
      this.sums = sums;
    }

    @Override
    public void head(Node node, int depth) {
      if (node instanceof Element element) {
        sums.put(element, new Sums());
        if (element.normalName().equals("a")) {
          links++;
        }
      } else if (node instanceof TextNode text && node.parent() instanceof Element parent) {
        int length = length(text.getWholeText());
        Sums own = sums.get(parent);
        own.own += length;
        own.ownLinked += links > 0 ? length : 0;
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (!(node instanceof Element element)) {
        return;
      }
      String name = element.normalName();
      if (name.equals("a")) {
        links--;
      }
      Sums own = sums.get(element);
      boolean isInline = INLINE.contains(name) && own.running == 0;
      if (!isInline) {
        boolean runs =
            own.own >= SHORTEST_BLOCK && own.ownLinked * 2 <= own.own && !HEADINGS.contains(name);
        own.running += runs ? own.own - own.ownLinked : 0;
      }
      own.all += own.own;
      own.linked += own.ownLinked;
      Sums parent = element.parent() == null ? null : sums.get(element.parent());
      if (parent != null) {
        if (isInline) {
          parent.own += own.own;
          parent.ownLinked += own.ownLinked;
          parent.all += own.all - own.own;
          parent.linked += own.linked - own.ownLinked;
        } else {
          parent.running += own.running;
          parent.all += own.all;
          parent.linked += own.linked;
        }
      }
    }

    private static int length(String text) {
      int length = 0;
      boolean blank = true;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean isBlank = c <= ' ' || c == '\u00a0';
        if (!isBlank) {
          length += c >= '\u2e80' && c < '\ufb00' ? IDEOGRAPH : 1;
        } else if (!blank) {
          length++;
        }
        blank = isBlank;
      }
      return length;
    }
  }
}
