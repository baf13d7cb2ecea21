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
    int first = 0;
    while (first < opening.length && Character.isWhitespace(opening[first] & 0xff)) {
      first++;
    }
    if (first == opening.length || opening[first] != '{') {
      return false;
    }
    int end = first;
    while (end < opening.length && opening[end] != '\n') {
      end++;
    }
    if (end == opening.length) {
      // One line as long as this may be the first of many, and is read the same way if it is not.
      return opening.length == Formats.OPENING;
    }
    String line = new String(opening, first, end - first, StandardCharsets.ISO_8859_1);
    String rest = new String(opening, end, opening.length - end, StandardCharsets.ISO_8859_1);
    return line.stripTrailing().endsWith("}") && rest.stripLeading().startsWith("{");
  }

  /** Reads all lines. */
  void parse(Delivery delivery, InputStream content, Output output) throws IOException {
    byte[] block = new byte[Formats.OPENING];
    Line line = new Line();
    for (int length = content.read(block); length >= 0; length = content.read(block)) {
      int from = 0;
      for (int i = 0; i < length; i++) {
        if (block[i] == '\n') {
          line.add(block, from, i, limits.document());
          read(line, delivery, output);
          line = new Line();
          from = i + 1;
        }
      }
      line.add(block, from, length, limits.document());
    }
    read(line, delivery, output);
  }

  private void read(Line line, Delivery delivery, Output output) {
    byte[] bytes = line.bytes.toByteArray();
    if (line.isTooLong) {
      output.reject(Reject.tooLarge(bytes, "application/json", "line", limits.document(), limits));
    } else if (!isBlank(bytes)) {
      documents.parse(delivery, bytes, output);
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (!Character.isWhitespace(b & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /** A line while it is read. */
  private static final class Line {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean isTooLong;

    void add(byte[] block, int from, int to, int most) {
      int room = Math.min(to - from, most - bytes.size());
      bytes.write(block, from, room);
      isTooLong |= room < to - from;
    }
  }
}
