// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;

/**
 * Web archives (WARC, ISO 28500): the pages, feeds and JSON documents that were answered with
 * status 200. Other records hold nothing to read and are passed over.
 */
final class Warc {

  private static final int OK = 200;

  private final Documents documents;
  private final Limits limits;

  Warc(Documents documents, Limits limits) {
    this.documents = documents;
    this.limits = limits;
  }

  static boolean recognises(byte[] opening) {
    return new String(opening, 0, Math.min(opening.length, 5), StandardCharsets.ISO_8859_1)
        .equals("WARC/");
  }

  void parse(Delivery delivery, InputStream content, Output output) throws IOException {
    // Not closed: the caller's stream would be closed with it.
    WarcReader reader = new WarcReader(content);
    for (Optional<WarcRecord> record = next(reader); record.isPresent(); record = next(reader)) {
      if (record.get() instanceof WarcResponse response) {
        parse(response, delivery, output);
      }
    }
  }

  private static Optional<WarcRecord> next(WarcReader reader) throws IOException {
    try {
      return reader.next();
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new IOException("a WARC record's header cannot be read", e);
    }
  }

  /** A response that is damaged costs none of its neighbours. */
  private void parse(WarcResponse response, Delivery delivery, Output output) throws IOException {
    String target = Objects.requireNonNullElse(response.target(), "");
    if (!Addresses.isWeb(target)) {
      return;
    }
    String mediaType;
    byte[] body;
    try {
      HttpResponse http = response.http();
      mediaType = http.headers().first("Content-Type").orElse("");
      if (http.status() != OK || !isReadable(mediaType.toLowerCase(Locale.ROOT))) {
        return;
      }
      body = http.bodyDecoded().stream().readNBytes(limits.document() + 1);
    } catch (IOException | IllegalArgumentException | NoSuchElementException e) {
      output.reject(
          new Reject(
              new byte[0],
              "application/warc",
              "The response of %s in the archive is damaged: %s."
                  .formatted(
                      PlainText.line(target), PlainText.line(String.valueOf(e.getMessage())))));
      return;
    }
    documents.parse(delivery.from(target).withMediaType(mediaType), body, output);
  }

  private static boolean isReadable(String mediaType) {
    return mediaType.isEmpty()
        || mediaType.contains("html")
        || mediaType.contains("xml")
        || mediaType.contains("json")
        || mediaType.contains("rss");
  }
}
