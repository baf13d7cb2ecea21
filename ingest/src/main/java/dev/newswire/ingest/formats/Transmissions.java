// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Splits the stream of a teletype wire into its transmissions: SOH, header, STX, text, ETX,
 * trailer, EOT. What is truncated, or stands between transmissions, is rejected with its bytes, so
 * that every byte but the fillers between transmissions is accounted for.
 */
final class Transmissions {

  static final char START_OF_HEADER = 1;
  static final char START_OF_TEXT = 2;
  static final char END_OF_TEXT = 3;
  static final char END_OF_TRANSMISSION = 4;

  private static final int LONGEST_HEADER = 1000;
  private static final String FILLERS = "\u0000\u0016\u007f\r\n\f\t ";
  private static final String MEDIA_TYPE = "application/octet-stream";

  /**
   * One transmission, decoded.
   *
   * @param header what stands before the text, without control characters at its ends
   * @param trailer what stands after it
   */
  record Transmission(String header, String text, String trailer) {

    /** The header's lines that are not blank. */
    List<String> headerLines() {
      return header.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  /** Reads one transmission. */
  interface Reader {
    Draft read(Transmission transmission) throws Rejection;
  }

  private final Reading reading;
  private final Reader reader;
  private byte[] bytes = new byte[16 * 1024];
  private int size;
  private boolean inside;
  private boolean tooLong;

  private Transmissions(Reading reading, Reader reader) {
    this.reading = reading;
    this.reader = reader;
  }

  /** Reads a stream to its end. */
  static void read(InputStream stream, Reading reading, Reader reader) throws IOException {
    Transmissions transmissions = new Transmissions(reading, reader);
    byte[] block = new byte[Formats.OPENING];
    for (int length = stream.read(block); length >= 0; length = stream.read(block)) {
      for (int i = 0; i < length; i++) {
        transmissions.take(block[i]);
      }
    }
    transmissions.close();
  }

  /** The header with which a stream begins; empty where it does not begin like a wire. */
  static String firstHeader(byte[] opening) {
    int start = 0;
    while (start < opening.length && FILLERS.indexOf(opening[start]) >= 0) {
      start++;
    }
    if (start == opening.length || opening[start] != START_OF_HEADER) {
      return "";
    }
    int end = start + 1;
    while (end < opening.length && end < start + 200 && opening[end] != START_OF_TEXT) {
      end++;
    }
    return new String(opening, start + 1, end - start - 1, StandardCharsets.ISO_8859_1);
  }

  private void take(byte b) {
    if (b == START_OF_HEADER) {
      close();
      inside = true;
    } else if (!inside && size == 0 && FILLERS.indexOf(b) >= 0) {
      return;
    }
    if (size == reading.limits().item()) {
      tooLong = true;
    } else {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * size);
      }
      bytes[size++] = b;
    }
    if (b == END_OF_TRANSMISSION) {
      complete();
    }
  }

  private void complete() {
    byte[] transmission = Arrays.copyOf(bytes, size);
    ByteBuffer all = ByteBuffer.wrap(transmission);
    if (!inside) {
      reading.reject(all, MEDIA_TYPE, "These bytes are outside of any transmission.");
    } else if (tooLong) {
      reading.reject(
          all,
          MEDIA_TYPE,
          "The transmission is larger than %d bytes.".formatted(reading.limits().item()));
    } else {
      reading.item(all, MEDIA_TYPE, () -> List.of(reader.read(parts(transmission))));
    }
    reset();
  }

  /** Gives up what has no end, before the next transmission begins or where the stream ends. */
  private void close() {
    if (size > 0) {
      reading.reject(
          ByteBuffer.wrap(bytes, 0, size),
          MEDIA_TYPE,
          inside
              ? "The transmission is truncated: it has no end (EOT)."
              : "These bytes are outside of any transmission.");
    }
    reset();
  }

  private void reset() {
    size = 0;
    inside = false;
    tooLong = false;
  }

  private Transmission parts(byte[] transmission) throws Rejection {
    String all = Decoder.decodePlain(transmission, reading.delivery()).text();
    int start = all.indexOf(START_OF_TEXT);
    int end = all.lastIndexOf(END_OF_TEXT);
    if (start < 0 || end < start) {
      throw new Rejection("The transmission is truncated: its text has no start or no end.");
    }
    if (start > LONGEST_HEADER) {
      throw new Rejection("The header is longer than %d characters.".formatted(LONGEST_HEADER));
    }
    return new Transmission(
        all.substring(1, start), all.substring(start + 1, end), all.substring(end + 1));
  }
}
