// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * JSON Lines: a JSON document of any format on each line. A line that cannot be read costs none of
 * its neighbours.
 */
final class JsonLines {

  private final Documents documents;
  private final Limits limits;

  JsonLines(Documents documents, Limits limits) {
    this.documents = documents;
    this.limits = limits;
  }

  /** Whether a delivery that begins like this has one JSON document on each line. */
  boolean recognises(byte[] opening) {
    String text = new String(opening, StandardCharsets.ISO_8859_1).stripLeading();
    int end = text.indexOf('\n');
    if (!text.startsWith("{") || end < 0) {
      // One line as long as this may be the first of many, and is read the same way if it is not.
      return text.startsWith("{") && opening.length == Formats.OPENING;
    }
    return text.substring(0, end).stripTrailing().endsWith("}")
        && text.substring(end).stripLeading().startsWith("{");
  }

  /** Reads all lines. */
  void parse(Delivery delivery, InputStream content, Output output) throws IOException {
    byte[] block = new byte[Formats.OPENING];
    Line line = new Line();
    for (int length = content.read(block); length >= 0; length = content.read(block)) {
      for (int i = 0; i < length; i++) {
        if (block[i] == '\n') {
          read(line, delivery, output);
          line = new Line();
        } else {
          line.add(block[i], limits.document());
        }
      }
    }
    read(line, delivery, output);
  }

  private void read(Line line, Delivery delivery, Output output) {
    byte[] bytes = line.bytes.toByteArray();
    if (line.isTooLong) {
      output.reject(Reject.tooLarge(bytes, "application/json", "line", limits.document(), limits));
    } else if (!new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
      documents.parse(delivery, bytes, output);
    }
  }

  /** A line while it is read. */
  private static final class Line {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean isTooLong;

    void add(byte b, int most) {
      if (bytes.size() < most) {
        bytes.write(b);
      } else {
        isTooLong = true;
      }
    }
  }
}
