// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.Feed;
import java.io.StringWriter;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Lists of feeds as feed readers exchange them: OPML 2.0. */
public final class Opml {

  private static final String XML_URL = "xmlUrl";
  private static final int LONGEST_NAME = 64;

  private Opml() {}

  /**
   * The feeds of a document, however deep their outlines are nested; each named after its title, or
   * where that gives no name, after its host.
   *
   * @return feeds of different names; empty where the document holds none
   */
  public static List<Feed> read(String document) {
    Map<String, Feed> feeds = new LinkedHashMap<>();
    for (Element outline :
        Jsoup.parse(document, "", Parser.xmlParser()).getElementsByAttribute(XML_URL)) {
      String url = outline.attr(XML_URL).strip();
      String title = outline.hasAttr("title") ? outline.attr("title") : outline.attr("text");
      String name = unique(name(title, url), feeds);
      feeds.put(
          name,
          Feed.newBuilder()
              .setName(name)
              .setProvider(name)
              .setUrl(url)
              .setTitle(title.isBlank() ? null : title.strip())
              .build());
    }
    return List.copyOf(feeds.values());
  }

  private static String name(String title, String url) {
    String name = words(title);
    return name.isEmpty() ? words(url.replaceFirst("(?i)^https?://(www\\.)?", "")) : name;
  }

  private static String words(String text) {
    String words =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return words.substring(0, Math.min(words.length(), LONGEST_NAME - 4)).replaceAll("-$", "");
  }

  private static String unique(String wanted, Map<String, Feed> taken) {
    String base = wanted.isEmpty() ? "feed" : wanted;
    String name = base;
    for (int number = 2; taken.containsKey(name); number++) {
      name = base + "-" + number;
    }
    return name;
  }

  /** A document of these feeds. */
  public static String write(Collection<Feed> feeds) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      line(xml, 0);
      xml.writeStartElement("opml");
      xml.writeAttribute("version", "2.0");
      line(xml, 1);
      xml.writeStartElement("head");
      xml.writeStartElement("title");
      xml.writeCharacters("Newswire feeds");
      xml.writeEndElement();
      xml.writeEndElement();
      line(xml, 1);
      xml.writeStartElement("body");
      for (Feed feed : feeds) {
        String title = feed.getTitle() == null ? feed.getName() : feed.getTitle();
        line(xml, 2);
        xml.writeEmptyElement("outline");
        xml.writeAttribute("type", "rss");
        xml.writeAttribute("text", title);
        xml.writeAttribute("title", title);
        xml.writeAttribute(XML_URL, feed.getUrl());
      }
      line(xml, 1);
      xml.writeEndElement();
      line(xml, 0);
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("text in memory can't be written", e);
    }
    return text.append('\n').toString();
  }

  private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
