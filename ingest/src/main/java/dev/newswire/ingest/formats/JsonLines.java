// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * JSON Lines: a JSON document of any format on each line. A line that cannot be read costs none of
 * its neighbours.
 */
final class JsonLines {

  private final Limits limits;

  JsonLines(Limits limits) {
    this.limits = limits;
  }

  /**
   * Whether a delivery that begins like this has one JSON document on each line. One that begins
   * with a longer line than any document may be is taken for one that has.
   *
   * @param most how many bytes the first line may have
   */
  boolean recognises(byte[] opening, int most) {
    int first = firstMark(opening, 0);
    if (first == opening.length || opening[first] != '{') {
      return false;
    }
    int to = Math.min(opening.length, most);
    int end = Utf8.indexOf(opening, '\n', first, to);
    if (end == to) {
      return to > limits.document();
    }
    int last = end - 1;
    while (Character.isWhitespace(opening[last] & 0xff)) {
      last--;
    }
    int next = firstMark(opening, end);
    return opening[last] == '}' && next < opening.length && opening[next] == '{';
  }

  private static int firstMark(byte[] bytes, int from) {
    int i = from;
    while (i < bytes.length && Character.isWhitespace(bytes[i] & 0xff)) {
      i++;
    }
    return i;
  }

  /**
   * Reads all lines.
   *
   * @param document takes each that is not blank
   */
  void parse(InputStream content, Output output, Consumer<byte[]> document) throws IOException {
    byte[] block = new byte[Formats.OPENING];
    Line line = new Line();
    for (int length = content.read(block); length >= 0; length = content.read(block)) {
      int from = 0;
      for (int i = 0; i < length; i++) {
        if (block[i] == '\n') {
          line.add(block, from, i, limits.document());
          read(line, output, document);
          line = new Line();
          from = i + 1;
        }
      }
      line.add(block, from, length, limits.document());
    }
    read(line, output, document);
  }

  private void read(Line line, Output output, Consumer<byte[]> document) {
    byte[] bytes = line.bytes.toByteArray();
    if (line.isTooLong) {
      output.reject(Reject.tooLarge(bytes, "application/json", "line", limits.document(), limits));
    } else if (!isBlank(bytes)) {
      document.accept(bytes);
    }
  }

  private static boolean isBlank(byte[] line) {
    return firstMark(line, 0) == line.length;
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
