// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks gzip and zip, also in each other, a few levels deep, without ever holding what they
 * unpack to. An entry's name is only ever told, never used as a path.
 */
final class Archives {

  private static final int DEEPEST = 3;
  private static final int NOTHING = 0;
  private static final int SMALL = 4 * 1024;

  /** Reads what came out of an archive, or was in none. */
  interface Unpacked {
    void parse(Delivery delivery, InputStream content, Output output) throws IOException;
  }

  private final Unpacked unpacked;

  Archives(Unpacked unpacked) {
    this.unpacked = unpacked;
  }

  void parse(Delivery delivery, InputStream content, Output output) {
    try {
      parse(delivery, content, output, NOTHING);
    } catch (IOException e) {
      output.reject(
          new Reject(
              new byte[0],
              delivery.mediaType().orElse("application/octet-stream"),
              "The archive or stream is damaged: %s.".formatted(message(e))));
    }
  }

  private void parse(Delivery delivery, InputStream content, Output output, int depth)
      throws IOException {
    // It grows to what is marked: most items that come one by one are smaller.
    BufferedInputStream buffered = new BufferedInputStream(content, SMALL);
    byte[] magic = opening(buffered, 4);
    if (isZip(magic) || isGzip(magic)) {
      if (depth == DEEPEST) {
        output.reject(
            new Reject(
                opening(buffered, Formats.OPENING),
                "application/octet-stream",
                "The archive holds archives more than %d levels deep.".formatted(DEEPEST)));
      } else if (isZip(magic)) {
        entries(delivery, new ZipInputStream(buffered), output, depth);
      } else {
        parse(
            delivery,
            new GZIPInputStream(new Available(buffered), Formats.OPENING),
            output,
            depth + 1);
      }
      return;
    }
    unpacked.parse(delivery, buffered, output);
  }

  private void entries(Delivery delivery, ZipInputStream zip, Output output, int depth)
      throws IOException {
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName();
      String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
      if (!entry.isDirectory() && !file.isEmpty() && !file.startsWith(".")) {
        parse(delivery.from(file), new Unclosed(zip), output, depth + 1);
      }
    }
  }

  /** The first bytes of a stream, which stays where it is. */
  static byte[] opening(BufferedInputStream stream, int length) throws IOException {
    stream.mark(length);
    byte[] opening = new byte[Math.min(length, SMALL)];
    int known = stream.readNBytes(opening, 0, opening.length);
    if (known == SMALL && length > SMALL) {
      opening = Arrays.copyOf(opening, length);
      known += stream.readNBytes(opening, SMALL, length - SMALL);
    }
    stream.reset();
    return known == opening.length ? opening : Arrays.copyOf(opening, known);
  }

  private static boolean isGzip(byte[] magic) {
    return magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
  }

  private static boolean isZip(byte[] magic) {
    return magic.length == 4 && Arrays.equals(magic, new byte[] {'P', 'K', 3, 4});
  }

  private static String message(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : PlainText.line(e.getMessage());
  }

  /** Keeps a reader of one entry from closing the archive. */
  private static final class Unclosed extends FilterInputStream {

    Unclosed(InputStream archive) {
      super(archive);
    }

    @Override
    public void close() {
      // The next entry follows.
    }
  }

  /**
   * Says that there is more as long as there is: a gzip stream of several members ends for its
   * reader where nothing more is available, and a network stream says so whenever it would wait.
   */
  private static final class Available extends FilterInputStream {

    Available(BufferedInputStream stream) {
      super(stream);
    }

    @Override
    public int available() throws IOException {
      return opening((BufferedInputStream) in, 1).length;
    }
  }
}
