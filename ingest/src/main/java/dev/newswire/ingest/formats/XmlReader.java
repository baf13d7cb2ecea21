// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jsoup.parser.Parser;

/**
 * Reads a well-formed XML document into a tree. DOCTYPEs are allowed; what is outside of the
 * document is never loaded; depth, size and expansion of entities are capped. HTML's named
 * characters are known without a DTD, because DTDs that declare them are not loaded.
 */
final class XmlReader {

  private final XMLInputFactory factory;
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
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
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
    factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, limits.item());
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.item());
  }

  /** The root of a document, or why it is not well-formed, with line and column. */
  Element read(String document) throws XMLStreamException {
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(document));
    try {
      return read(reader);
    } finally {
      reader.close();
    }
  }

  private Element read(XMLStreamReader reader) throws XMLStreamException {
    Element root = Element.NONE;
    Element current = null;
    long characters = 0;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        Element element = start(reader, current);
        if (current == null) {
          root = element;
        } else {
          current.add(element);
        }
        current = element;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        current = current == null ? null : current.parent().orElse(null);
      } else if (current != null
          && (event == XMLStreamConstants.CHARACTERS
              || event == XMLStreamConstants.CDATA
              || event == XMLStreamConstants.SPACE)) {
        String text = reader.getText();
        characters += text.length();
        if (characters > limits.document()) {
          throw new XMLStreamException("text limit (" + limits.document() + ") exceeded");
        }
        current.add(text);
      }
    }
    return root;
  }

  private static Element start(XMLStreamReader reader, Element parent) {
    Element element =
        new Element(
            parent,
            orEmpty(reader.getPrefix()),
            orEmpty(reader.getNamespaceURI()),
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
