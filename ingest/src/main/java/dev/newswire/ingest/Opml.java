// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.Feed;
import java.io.StringReader;
import java.io.StringWriter;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * Lists of feeds as feed readers exchange them: OPML 2.0. What feed readers have no word for is in
 * attributes of a namespace of ours, so that an exported list gives the same feeds again.
 */
public final class Opml {

  private static final String XML_URL = "xmlUrl";
  private static final String PREFIX = "newswire";
  private static final String NAMESPACE = "urn:dev.newswire:opml";
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
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
      String own = own(outline, "name");
      String name = unique(own.matches(NAME) ? own : name(title, url), feeds);
      String provider = own(outline, "provider");
      feeds.put(
          name,
          Feed.newBuilder()
              .setName(name)
              .setProvider(provider.matches(NAME) ? provider : name)
              .setUrl(url)
              .setTitle(title.isBlank() ? null : title.strip())
              .setFormat(orNull(own(outline, "format")))
              .setCharset(orNull(own(outline, "charset")))
              .setTimeZone(orNull(own(outline, "timeZone")))
              .setCredential(orNull(own(outline, "credential")))
              .setFetchPages(Boolean.parseBoolean(own(outline, "fetchPages")))
              .setPaused(Boolean.parseBoolean(own(outline, "paused")))
              .setMinimumInterval(seconds(own(outline, "pollInterval")))
              .setMaximumInterval(seconds(own(outline, "pollIntervalMax")))
              .build());
    }
    return List.copyOf(feeds.values());
  }

  /** Where a document is no XML, or is cut; empty where it is well-formed. */
  public static Optional<String> faultOfXml(String document) {
    if (document.isBlank()) {
      return Optional.of("is not well-formed XML: it is empty");
    }
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml =
          factory.createXMLStreamReader(new StringReader(document.replaceFirst("^\uFEFF", "")));
      while (xml.hasNext()) {
        xml.next();
      }
      return Optional.empty();
    } catch (XMLStreamException e) {
      String line = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNumber();
      return Optional.of("is not well-formed XML: it is cut or wrong" + line);
    }
  }

  private static String own(Element outline, String name) {
    return outline.attr(PREFIX + ":" + name).strip();
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Milliseconds of a number of seconds, up to a day; null where it is none. */
  private static Long seconds(String text) {
    return text.matches("[1-9]\\d{0,4}") ? Math.min(86_400, Long.parseLong(text)) * 1_000 : null;
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
      xml.writeNamespace(PREFIX, NAMESPACE);
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
        own(xml, "name", feed.getName());
        own(xml, "provider", feed.getProvider());
        own(xml, "format", feed.getFormat());
        own(xml, "charset", feed.getCharset());
        own(xml, "timeZone", feed.getTimeZone());
        own(xml, "credential", feed.getCredential());
        own(xml, "fetchPages", feed.getFetchPages() ? "true" : null);
        own(xml, "paused", feed.getPaused() ? "true" : null);
        own(xml, "pollInterval", seconds(feed.getMinimumInterval()));
        own(xml, "pollIntervalMax", seconds(feed.getMaximumInterval()));
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

  private static String seconds(Long millis) {
    return millis == null ? null : Long.toString(millis / 1_000);
  }

  private static void own(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    if (value != null) {
      xml.writeAttribute(PREFIX, NAMESPACE, name, value);
    }
  }

  private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
