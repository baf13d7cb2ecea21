// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
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

  private final Archives.Unpacked unpacked;

  Warc(Archives.Unpacked unpacked) {
    this.unpacked = unpacked;
  }

  static boolean recognises(byte[] opening) {
    return new String(opening, 0, Math.min(opening.length, 5), StandardCharsets.ISO_8859_1)
        .equals("WARC/");
  }

  void parse(Delivery delivery, InputStream content, Output output) throws IOException {
    // Not closed: the caller's stream would be closed with it.
    WarcReader reader = new WarcReader(content);
    for (Optional<WarcRecord> record = reader.next(); record.isPresent(); record = reader.next()) {
      if (record.get() instanceof WarcResponse response
          && response.target().toLowerCase(Locale.ROOT).startsWith("http")) {
        parse(response, delivery, output);
      }
    }
  }

  private void parse(WarcResponse response, Delivery delivery, Output output) throws IOException {
    HttpResponse http = response.http();
    String mediaType = http.headers().first("Content-Type").orElse("");
    if (http.status() == 200 && isReadable(mediaType.toLowerCase(Locale.ROOT))) {
      unpacked.parse(
          delivery.from(response.target()).withMediaType(mediaType),
          http.bodyDecoded().stream(),
          output);
    }
  }

  private static boolean isReadable(String mediaType) {
    return mediaType.isEmpty()
        || mediaType.contains("html")
        || mediaType.contains("xml")
        || mediaType.contains("json")
        || mediaType.contains("rss");
  }
}
