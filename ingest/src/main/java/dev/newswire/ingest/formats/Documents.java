// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newswire.runtime.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Recognises and reads the formats that are one XML or JSON document. */
final class Documents {

  private static final int LONGEST_PROLOGUE = 16 * 1024;

  private final Limits limits;
  private final TrackingParameters tracking;
  private final XmlReader xml;
  private final MendingXmlReader mending;
  private final ObjectMapper json;
  private final JsonLines lines;
  private final HtmlPage html = new HtmlPage();
  private final List<XmlFormat> xmlFormats =
      List.of(
          new Rss(),
          new Atom(),
          new Sitemap(),
          new Nitf(),
          new NewsMlG2(),
          new NewsMl12(),
          new Ritzau());
  private final List<JsonFormat> jsonFormats =
      List.of(
          new JsonFeed(), new ApMedia(), new DpaDigitalwires(), new NewswireJson(), new Ninjs());

  private final List<TextFormat> textFormats = List.of(new MarkdownArticle(), new PlainArticle());

  Documents(Limits limits, TrackingParameters tracking) {
    this.limits = limits;
    this.tracking = tracking;
    xml = new XmlReader(limits);
    mending = new MendingXmlReader(limits);
    lines = new JsonLines(limits);
    json =
        new ObjectMapper(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(limits.depth())
                            .maxStringLength(limits.document())
                            .maxTokenCount(4L * limits.elements())
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  List<Format> formats() {
    return Stream.of(List.of(html), xmlFormats, jsonFormats, textFormats)
        .<Format>flatMap(List::stream)
        .toList();
  }

  /**
   * Reads a document.
   *
   * @param document all of it; or more than the most bytes that it may have, if it has more
   * @throws UserError where it is a web page in place of a feed
   */
  void parse(Delivery delivery, byte[] document, Output output) {
    if (document.length > limits.document()) {
      output.reject(
          Reject.tooLarge(
              document,
              delivery.mediaType().orElse("application/octet-stream"),
              "document",
              limits.document(),
              limits));
      return;
    }
    Decoder.Decoded decoded = Decoder.decode(document, delivery);
    try {
      Optional<TextFormat> pinned =
          textFormats.stream()
              .filter(format -> delivery.format().equals(Optional.of(format.name())))
              .findFirst();
      if (pinned.isPresent()) {
        parseText(pinned.get(), delivery, document, decoded, output);
        return;
      }
      boolean isPinnedToHtml = delivery.format().equals(Optional.of(html.name()));
      if (!isPinnedToHtml && isJson(document, decoded)) {
        parseJson(delivery, document, decoded, output);
        return;
      }
      String text = decoded.text();
      if (firstMark(text, 0) == text.length()) {
        throw new Rejection("The document is empty.");
      }
      if (isPinnedToHtml || (delivery.format().isEmpty() && html.recognises(text))) {
        if (!isPinnedToHtml && delivery.isFeedOnly()) {
          throw new UserError(
              "the answer is an HTML page and no feed;"
                  + " only a feed of the format html is read as an article");
        }
        html.parse(
            text, reading(delivery, html, output, document, Written.NOTHING, decoded, "text/html"));
      } else if (delivery.format().isEmpty() && textFormat(text).isPresent()) {
        parseText(textFormat(text).get(), delivery, document, decoded, output);
      } else if (text.indexOf('<') < 0 || PlainArticle.isMessage(text)) {
        throw new Rejection(
            "The document is %s, which is none of the known formats."
                .formatted(PlainArticle.kind(text)));
      } else {
        parseXml(delivery, document, decoded, output);
      }
    } catch (Rejection e) {
      output.cut(e.getMessage());
      output.reject(
          new Reject(
              Arrays.copyOf(document, Math.min(document.length, limits.item())),
              delivery.mediaType().orElse("application/octet-stream"),
              e.getMessage()));
    }
  }

  private Optional<TextFormat> textFormat(String text) {
    return textFormats.stream().filter(format -> format.recognises(text)).findFirst();
  }

  private void parseText(
      TextFormat format, Delivery delivery, byte[] document, Decoder.Decoded decoded, Output output)
      throws Rejection {
    String text = decoded.text();
    if (firstMark(text, 0) == text.length()) {
      throw new Rejection("The document is empty.");
    }
    format.parse(
        text, reading(delivery, format, output, document, Written.NOTHING, decoded, "text/plain"));
  }

  /** Whether the document begins with an object or an array; JSON in UTF-8 is never decoded. */
  private static boolean isJson(byte[] document, Decoder.Decoded decoded) {
    if (decoded.isUtf8()) {
      int start = 0;
      while (start < document.length && document[start] >= 0 && document[start] <= ' ') {
        start++;
      }
      if (start < document.length && document[start] >= 0) {
        return document[start] == '{' || document[start] == '[';
      }
    }
    String text = decoded.text();
    int start = firstMark(text, 0);
    return start < text.length() && (text.charAt(start) == '{' || text.charAt(start) == '[');
  }

  private void parseJson(Delivery delivery, byte[] document, Decoder.Decoded decoded, Output output)
      throws Rejection {
    Written written = Written.of(decoded);
    JsonNode root;
    try {
      root = written.read(json);
    } catch (JsonProcessingException e) {
      if (lines.recognises(document, document.length)) {
        parseLines(delivery, document, output);
        return;
      }
      throw new Rejection(
          "The document is no well-formed JSON: "
              + oneLine(e.getOriginalMessage()).replaceFirst("(?<![ :])[ :]*+\\((start|for) .*", "")
              + place(e.getLocation()),
          e);
    }
    JsonFormat format =
        format(
            jsonFormats,
            delivery,
            candidate -> candidate.recognises(root),
            () -> "The JSON document is in none of the known formats.");
    format.parse(
        root, reading(delivery, format, output, document, written, decoded, "application/json"));
  }

  /** Reads a document whose first line is longer than what JSON Lines are recognised by. */
  private void parseLines(Delivery delivery, byte[] document, Output output) {
    try {
      lines.parse(
          new ByteArrayInputStream(document), output, line -> parse(delivery, line, output));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be read", e);
    }
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : ", at line %d, column %d.".formatted(location.getLineNr(), location.getColumnNr());
  }

  private void parseXml(Delivery delivery, byte[] document, Decoder.Decoded decoded, Output output)
      throws Rejection {
    int start = prologueEnd(decoded.text());
    XmlReader.Outcome first = xml.read(decoded.text(), start);
    String text = first.fault().isPresent() ? withoutControls(decoded.text()) : decoded.text();
    boolean isAsSent = text.length() == decoded.text().length();
    XmlReader.Outcome outcome = isAsSent ? first : xml.read(text, prologueEnd(text));
    Optional<String> fault = outcome.fault().map(Documents::oneLine).map(Documents::placed);
    Optional<Element> mended =
        fault.isPresent()
            ? mended(text.substring(prologueEnd(text)), fault.get())
            : Optional.empty();
    if (fault.isPresent() && mended.isEmpty()) {
      Optional<String> bound = UnboundPrefixes.bind(text, prologueEnd(text), fault.get());
      if (bound.isPresent()) {
        parseXml(delivery, document, Decoder.Decoded.of(bound.get()), output);
        return;
      }
    }
    Element root = mended.orElse(outcome.root());
    XmlFormat format =
        format(
            xmlFormats,
            delivery,
            candidate -> candidate.recognises(root),
            () -> fault.map(Documents::malformed).orElseGet(() -> unknown(root)));
    Reading reading =
        reading(
            delivery,
            format,
            output,
            document,
            mended.isEmpty()
                ? Written.of(isAsSent ? decoded : Decoder.Decoded.of(text))
                : Written.NOTHING,
            decoded,
            "application/xml");
    if (fault.isEmpty()) {
      format.parse(root, reading);
    } else if (mended.isEmpty()) {
      parseBeginning(format, root, reading, fault.get());
    } else {
      format.parse(root, reading);
      if (reading.cutItems() > 0) {
        throw new Rejection("The document ends within an item.");
      }
      if (endsWithinComment(text)) {
        throw new Rejection("The document ends within a comment.");
      }
    }
  }

  /** Whether a comment is never closed, so that whatever follows its beginning is none. */
  private static boolean endsWithinComment(String text) {
    int comment = text.lastIndexOf("<!--");
    return comment >= 0 && text.indexOf("-->", comment) < 0 && text.indexOf("]]>", comment) < 0;
  }

  /** Reads the items before the fault; what is cut, and what follows, is one reject. */
  private static void parseBeginning(XmlFormat format, Element root, Reading reading, String fault)
      throws Rejection {
    try {
      format.parse(root, reading);
    } catch (Rejection e) {
      throw new Rejection(malformed(fault), e);
    }
    throw new Rejection(malformed(fault));
  }

  /** The parser's message with its place in words. */
  private static String placed(String fault) {
    return fault.replaceFirst(
        "(?<! ) *+at \\[row,col(?: \\{[^}]{0,200}+\\})?+\\]: \\[(\\d++),(\\d++)\\].*",
        ", at line $1, column $2.");
  }

  private static String malformed(String fault) {
    return "The document is no well-formed XML: " + fault;
  }

  private Reading reading(
      Delivery delivery,
      Format format,
      Output output,
      byte[] document,
      Written written,
      Decoder.Decoded decoded,
      String mediaType) {
    return new Reading(
        delivery,
        format,
        output,
        limits,
        document,
        written,
        mediaType + ";charset=" + decoded.charset(),
        decoded.warning().map(List::of).orElse(List.of()),
        tracking);
  }

  /** The document as it was meant, where it is of a format that is mended. */
  private Optional<Element> mended(String text, String fault) throws Rejection {
    if (fault.contains("imit")) {
      throw new Rejection("The document is over a limit: " + fault);
    }
    Element root = mending.read(text);
    return xmlFormats.stream().anyMatch(format -> format.mends() && format.recognises(root))
        ? Optional.of(root)
        : Optional.empty();
  }

  private static <F extends Format> F format(
      List<F> formats, Delivery delivery, Predicate<F> recognises, Supplier<String> unknown)
      throws Rejection {
    Optional<String> pinned = delivery.format();
    return formats.stream()
        .filter(f -> pinned.isPresent() ? f.name().equals(pinned.get()) : recognises.test(f))
        .findFirst()
        .orElseThrow(
            () ->
                new Rejection(
                    pinned.isPresent()
                        ? "The document is not in the format " + pinned.get() + "."
                        : unknown.get()));
  }

  private static String unknown(Element root) {
    return root.name().equals("opml")
        ? "The document is OPML, a list of feeds and no feed; import it instead."
        : "The root element is <%s>, which is none of the known formats."
            .formatted(oneLine(root.name()));
  }

  /** Where, from some place on, there is something else than white space. */
  static int firstMark(String text, int from) {
    int i = from;
    while (i < text.length() && (text.charAt(i) <= ' ' || text.charAt(i) == '\ufeff')) {
      i++;
    }
    return i;
  }

  /** Where the document begins behind its XML declaration, which has done its work. */
  private static int prologueEnd(String text) {
    int declaration = text.indexOf("<?xml ");
    int start = Math.max(text.indexOf('<'), 0);
    if (declaration >= 0 && declaration < LONGEST_PROLOGUE) {
      int end = text.indexOf("?>", declaration);
      start = end < 0 ? start : end + 2;
    }
    return start;
  }

  /** The document without control characters, which XML does not allow. */
  private static String withoutControls(String document) {
    StringBuilder clean = null;
    for (int i = 0; i < document.length(); i++) {
      char c = document.charAt(i);
      if (c < ' ' ? isForbidden(c) : c >= '\ufffe') {
        clean = clean == null ? new StringBuilder(document).delete(i, document.length()) : clean;
      } else if (clean != null) {
        clean.append(c);
      }
    }
    return clean == null ? document : clean.toString();
  }

  private static boolean isForbidden(char control) {
    return control != '\n' && control != '\t' && control != '\r';
  }

  private static String oneLine(String message) {
    String line = PlainText.line(message);
    return line.substring(0, Math.min(line.length(), 300));
  }
}
