// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * Unpacks what a server packed: gzip, deflate in both its forms, brotli. Servers say so of bodies
 * that are not packed, too; such a body is taken as it is.
 */
final class HttpAnswers {

  /** What is understood, for the request. */
  static final String ACCEPTED_ENCODINGS = "gzip, deflate, br";

  private HttpAnswers() {}

  /** Makes a stream of plain bytes of one of packed bytes. */
  private interface Unpacking {
    InputStream of(InputStream packed) throws IOException;
  }

  /**
   * Unpacks a body.
   *
   * @param encodings the values of Content-Encoding, in the order in which they were applied
   * @param cap most bytes that may come out of any of them
   * @throws IOException where it is broken, too large, or packed in a way that was not asked for
   */
  static byte[] unpack(byte[] body, List<String> encodings, int cap) throws IOException {
    List<String> names =
        encodings.stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .toList();
    byte[] plain = body;
    for (int i = names.size() - 1; i >= 0; i--) {
      plain = unpack(plain, names.get(i), cap);
    }
    return plain;
  }

  private static byte[] unpack(byte[] body, String encoding, int cap) throws IOException {
    return switch (encoding) {
      case "gzip", "x-gzip" -> isGzip(body) ? read(body, GZIPInputStream::new, cap) : body;
      case "deflate" -> inflate(body, cap);
      case "br" -> brotli(body, cap);
      // A charset or "none" stands there, too; what is packed after all is no document then.
      default -> body;
    };
  }

  private static boolean isGzip(byte[] body) {
    return body.length > 2 && body[0] == 0x1f && (body[1] & 0xff) == 0x8b;
  }

  /** By RFC 9110 in zlib's format; by custom without it as well. */
  private static byte[] inflate(byte[] body, int cap) throws IOException {
    boolean isZlib =
        body.length > 2
            && (body[0] & 0x0f) == 8
            && (((body[0] & 0xff) << 8) | (body[1] & 0xff)) % 31 == 0;
    if (isZlib) {
      return read(body, InflaterInputStream::new, cap);
    }
    if (isText(body)) {
      return body;
    }
    Inflater raw = new Inflater(true);
    try {
      return read(body, packed -> new InflaterInputStream(packed, raw), cap);
    } finally {
      raw.end();
    }
  }

  /** Brotli has no mark of its own, so only a failure tells that it is none. */
  private static byte[] brotli(byte[] body, int cap) throws IOException {
    try {
      return read(body, BrotliInputStream::new, cap);
    } catch (TooLarge e) {
      throw e;
    } catch (IOException e) {
      if (isText(body)) {
        return body;
      }
      throw new IOException("the answer is broken brotli", e);
    }
  }

  /** Whether the first bytes are those of markup, JSON or other plain text. */
  private static boolean isText(byte[] body) {
    for (int i = 0; i < Math.min(64, body.length); i++) {
      int c = body[i] & 0xff;
      boolean isControl = c < ' ' && c != '\t' && c != '\n' && c != '\r';
      boolean isByteOrderMark = i < 3 && c >= 0xbb;
      if (isControl || (c >= 0x7f && !isByteOrderMark && i < 8)) {
        return false;
      }
    }
    return true;
  }

  /** More came out than may. */
  private static final class TooLarge extends IOException {

    private static final long serialVersionUID = 1;

    TooLarge(int cap) {
      super("the answer is larger than " + cap + " bytes, unpacked");
    }
  }

  private static byte[] read(byte[] body, Unpacking unpacking, int cap) throws IOException {
    try (InputStream content = unpacking.of(new ByteArrayInputStream(body))) {
      byte[] bytes = content.readNBytes(cap + 1);
      if (bytes.length > cap) {
        throw new TooLarge(cap);
      }
      return bytes;
    } catch (EOFException e) {
      throw new IOException("the answer ended early", e);
    }
  }
}
