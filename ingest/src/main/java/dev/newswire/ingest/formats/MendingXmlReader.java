// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/**
 * Reads what was meant as XML: missing end tags, undeclared prefixes, stray ampersands. What the
 * document ends within is cut. Entities that a DOCTYPE declares are not expanded. For feeds only:
 * an agency's item that is not well-formed is rejected, because half of an item must not pass for
 * the whole.
 */
final class MendingXmlReader {

  /** In order, for an id may be derived from how the element is written that declares them. */
  private static final SortedMap<String, String> CUSTOMARY_PREFIXES =
      new TreeMap<>(
          Map.of(
              "dc", "http://purl.org/dc/elements/1.1/",
              "dcterms", "http://purl.org/dc/terms/",
              "content", "http://purl.org/rss/1.0/modules/content/",
              "media", "http://search.yahoo.com/mrss/",
              "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
              "atom", "http://www.w3.org/2005/Atom",
              "sy", "http://purl.org/rss/1.0/modules/syndication/"));

  private final Limits limits;

  MendingXmlReader(Limits limits) {
    this.limits = limits;
  }

  /** The first element of a document; {@link Element#NONE} where it has none. */
  Element read(String document) throws Rejection {
    Document mended = Jsoup.parse(document, "", Parser.xmlParser().setTrackPosition(true));
    int end = document.length();
    Element root = Element.NONE;
    for (org.jsoup.nodes.Element child : mended.children()) {
      root = new Conversion(end).convert(child, null, CUSTOMARY_PREFIXES, 1);
      break;
    }
    return root;
  }

  /** One tree's conversion, which counts what it converts. */
  private final class Conversion {

    private final int end;
    private int elements;

    Conversion(int end) {
      this.end = end;
    }

    Element convert(
        org.jsoup.nodes.Element source, Element parent, Map<String, String> around, int depth)
        throws Rejection {
      if (depth > limits.depth() || ++elements > limits.elements()) {
        throw new Rejection(
            "is nested deeper than %d levels or has more than %d elements"
                .formatted(limits.depth(), limits.elements()));
      }
      Map<String, String> prefixes = declared(source, around);
      String prefix = prefix(source.tagName());
      Element element =
          new Element(
              parent,
              prefix,
              Namespaces.canonical(prefix, prefixes.getOrDefault(prefix, prefix)),
              local(source.tagName()));
      for (Attribute attribute : source.attributes()) {
        String name = attribute.getKey();
        if (name.equals("xmlns") || name.startsWith("xmlns:")) {
          element.add(
              new Element.Declaration(
                  name.equals("xmlns") ? "" : local(name), attribute.getValue()));
        } else {
          element.add(
              new Element.Attribute(
                  prefix(name),
                  prefixes.getOrDefault(prefix(name), ""),
                  local(name),
                  attribute.getValue()));
        }
      }
      if (parent == null) {
        declareCustomary(element);
      }
      Range.Position closed = source.endSourceRange().end();
      if (source.endSourceRange().isImplicit() && closed.pos() >= end) {
        element.cut();
      }
      for (Node node : source.childNodes()) {
        if (node instanceof TextNode text) {
          element.add(text.getWholeText());
        } else if (node instanceof org.jsoup.nodes.Element child) {
          element.add(convert(child, element, prefixes, depth + 1));
        }
      }
      return element;
    }

    private void declareCustomary(Element root) {
      CUSTOMARY_PREFIXES.forEach(
          (prefix, namespace) -> {
            if (root.declarations().stream().noneMatch(d -> d.prefix().equals(prefix))) {
              root.add(new Element.Declaration(prefix, namespace));
            }
          });
    }

    private Map<String, String> declared(
        org.jsoup.nodes.Element source, Map<String, String> around) {
      Map<String, String> prefixes = around;
      for (Attribute attribute : source.attributes()) {
        String name = attribute.getKey();
        if (name.equals("xmlns") || name.startsWith("xmlns:")) {
          prefixes = prefixes == around ? new HashMap<>(around) : prefixes;
          prefixes.put(name.equals("xmlns") ? "" : local(name), attribute.getValue());
        }
      }
      return prefixes;
    }

    private String prefix(String name) {
      int colon = name.indexOf(':');
      return colon < 0 ? "" : name.substring(0, colon);
    }

    private String local(String name) {
      return name.substring(name.indexOf(':') + 1);
    }
  }
}
