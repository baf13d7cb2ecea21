// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLStreamReader2;
import org.jsoup.parser.Parser;

/**
 * Reads a well-formed XML document into a tree, and one that is not as far as it is. DOCTYPEs are
 * allowed; what is outside of the document is never loaded; depth, size and expansion of entities
 * are capped. HTML's named characters are known without a DTD, because DTDs that declare them are
 * not loaded.
 */
final class XmlReader {

  private final WstxInputFactory factory;
  private final Limits limits;

  XmlReader(Limits limits) {
    this.limits = limits;
    factory = new WstxInputFactory();
    XMLResolver nothing = (id, system, base, namespace) -> new ByteArrayInputStream(new byte[0]);
    XMLResolver character =
        (id, system, base, namespace) -> {
          String name = namespace == null ? "" : namespace;
          return new StringReader(character(name));
        };
    // Supported, so that a DOCTYPE may name one; and every one of them is empty.
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, true);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, true);
    factory.setProperty(XMLInputFactory.IS_VALIDATING, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(WstxInputProperties.P_DTD_RESOLVER, nothing);
    factory.setProperty(WstxInputProperties.P_ENTITY_RESOLVER, nothing);
    factory.setProperty(WstxInputProperties.P_UNDECLARED_ENTITY_RESOLVER, character);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.depth());
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) limits.elements());
    factory.setProperty(WstxInputProperties.P_MAX_ENTITY_COUNT, limits.expansions());
    factory.setProperty(WstxInputProperties.P_MAX_ENTITY_DEPTH, 16);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 500);
    factory.setProperty(WstxInputProperties.P_MAX_CHARACTERS, 4L * limits.document());
    factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, limits.document());
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.item());
    // Lazily, it would report what is wrong with a text by an unchecked exception.
    factory.getConfig().doParseLazily(false);
  }

  /**
   * What was read of a document.
   *
   * @param root its root; {@link Element#NONE} where there is none
   * @param fault why the document is not well-formed or over a limit, with line and column: what
   *     follows was not read, and the elements it lies in are cut; empty where all is well
   */
  record Outcome(Element root, Optional<String> fault) {}

  /** Reads a document from a place in its text on. */
  Outcome read(String document, int start) {
    Tree tree = new Tree(limits, start);
    try {
      XMLStreamReader2 reader =
          (XMLStreamReader2) factory.createXMLStreamReader(from(document, start));
      try {
        tree.read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      return tree.brokenOff(e.getMessage());
    }
    return new Outcome(tree.root, Optional.empty());
  }

  private static Reader from(String document, int start) {
    try {
      StringReader text = new StringReader(document);
      text.skip(start);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException("a text can be read", e);
    }
  }

  /** A tree that grows while the document is read. */
  private static final class Tree {

    private final Limits limits;
    private final int start;
    private Element root = Element.NONE;
    private Element current = Element.NONE;
    private long characters;

    Tree(Limits limits, int start) {
      this.limits = limits;
      this.start = start;
    }

    void read(XMLStreamReader2 reader) throws XMLStreamException {
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> open(reader);
          case XMLStreamConstants.END_ELEMENT -> close(reader);
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
              add(reader.getText());
          default -> {}
        }
      }
    }

    private void open(XMLStreamReader2 reader) {
      Element element = start(reader, current.exists() ? current : null);
      element.place(start + (int) reader.getLocationInfo().getStartingCharOffset(), -1);
      if (current.exists()) {
        current.add(element);
      } else {
        root = element;
      }
      current = element;
    }

    private void close(XMLStreamReader2 reader) throws XMLStreamException {
      current.place(current.begin(), start + (int) reader.getLocationInfo().getEndingCharOffset());
      current = current.parent().orElse(Element.NONE);
    }

    private void add(String text) throws XMLStreamException {
      if (current.exists()) {
        characters += text.length();
        if (characters > limits.document()) {
          throw new XMLStreamException("text limit (" + limits.document() + ") exceeded");
        }
        current.add(text);
      }
    }

    Outcome brokenOff(String fault) {
      for (Element open = current; open.exists(); open = open.parent().orElse(Element.NONE)) {
        open.cut();
      }
      return new Outcome(root, Optional.of(fault));
    }
  }

  private static Element start(XMLStreamReader reader, Element parent) {
    Element element =
        new Element(
            parent,
            orEmpty(reader.getPrefix()),
            Namespaces.canonical(orEmpty(reader.getPrefix()), orEmpty(reader.getNamespaceURI())),
            reader.getLocalName());
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      element.add(
          new Element.Declaration(
              orEmpty(reader.getNamespacePrefix(i)), orEmpty(reader.getNamespaceURI(i))));
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      element.add(
          new Element.Attribute(
              orEmpty(reader.getAttributePrefix(i)),
              orEmpty(reader.getAttributeNamespace(i)),
              reader.getAttributeLocalName(i),
              reader.getAttributeValue(i)));
    }
    return element;
  }

  private static String character(String name) {
    String reference = "&" + name + ";";
    String known = Parser.unescapeEntities(reference, true);
    return known.equals(reference) ? "&amp;" + name + ";" : known;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
