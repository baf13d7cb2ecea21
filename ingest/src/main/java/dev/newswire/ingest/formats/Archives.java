// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
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

  /** PK and 3, 4: the first four bytes of an entry. */
  private static final int ZIP = 0x504b0304;

  private static final int SMALL = 4 * 1024;

  /** Reads what came out of an archive, or was in none. */
  interface Unpacked {

    /**
     * Reads a content.
     *
     * @param opening its first bytes: {@link Formats#OPENING} of them or more, or all where it has
     *     fewer
     * @param rest what follows
     */
    void parse(Delivery delivery, byte[] opening, InputStream rest, Output output)
        throws IOException;
  }

  private final Unpacked unpacked;

  Archives(Unpacked unpacked) {
    this.unpacked = unpacked;
  }

  void parse(Delivery delivery, InputStream content, Output output, Budget budget) {
    try {
      parse(delivery, budget.packed(content), output, budget, 0);
    } catch (IOException e) {
      output.reject(damaged(delivery, e));
    }
  }

  /** Reads a content that memory holds, which is not copied. */
  void parse(Delivery delivery, byte[] content, Output output, Budget budget) {
    if (isZip(content) || isGzip(content)) {
      parse(delivery, new ByteArrayInputStream(content), output, budget);
      return;
    }
    budget.packed(content.length);
    try {
      unpacked.parse(delivery, content, InputStream.nullInputStream(), output);
    } catch (IOException e) {
      output.reject(damaged(delivery, e));
    }
  }

  private static Reject damaged(Delivery delivery, IOException fault) {
    return new Reject(
        new byte[0],
        delivery.mediaType().orElse("application/octet-stream"),
        "The archive or stream is damaged: %s.".formatted(message(fault)));
  }

  private void parse(
      Delivery delivery, InputStream content, Output output, Budget budget, int depth)
      throws IOException {
    byte[] opening = read(new byte[0], content, Formats.OPENING);
    if (!isZip(opening) && !isGzip(opening)) {
      unpacked.parse(delivery, opening, content, output);
    } else if (depth == DEEPEST) {
      output.reject(
          new Reject(
              opening,
              "application/octet-stream",
              "The archive holds archives more than %d levels deep.".formatted(DEEPEST)));
    } else if (isZip(opening)) {
      entries(
          delivery,
          new ZipInputStream(new BufferedInputStream(joined(opening, content))),
          output,
          budget,
          depth);
    } else {
      Available packed = new Available(new BufferedInputStream(joined(opening, content)));
      InputStream bytes = budget.unpacked(new GZIPInputStream(packed, Formats.OPENING));
      parse(delivery, bytes, output, budget, depth + 1);
    }
  }

  private void entries(
      Delivery delivery, ZipInputStream zip, Output output, Budget budget, int depth)
      throws IOException {
    InputStream content = budget.unpacked(new Unclosed(zip));
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      budget.entry();
      String name = entry.getName();
      String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
      if (!entry.isDirectory() && !file.isEmpty() && !file.startsWith(".")) {
        parse(delivery.from(file), content, output, budget, depth + 1);
      }
      // The archive would go on to the next entry by unpacking the rest, which has to be counted.
      content.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** A content as one stream again. */
  static InputStream joined(byte[] opening, InputStream rest) {
    return new SequenceInputStream(new ByteArrayInputStream(opening), rest);
  }

  /**
   * Reads a stream to its end, or to so many bytes. Of a stream that knows how much it holds, each
   * byte is copied once.
   *
   * @param opening what was read of it before; part of the result, and of what is counted
   */
  static byte[] read(byte[] opening, InputStream rest, int most) throws IOException {
    int first = opening.length < most ? rest.read() : -1;
    if (first < 0) {
      return opening;
    }
    int known = rest.available();
    int room = Math.min(known > 1 ? 1 + known : SMALL, most - opening.length);
    byte[] bytes = Arrays.copyOf(opening, opening.length + room);
    int length = opening.length;
    bytes[length++] = (byte) first;
    while (true) {
      length += rest.readNBytes(bytes, length, bytes.length - length);
      int next = length < bytes.length || length == most ? -1 : rest.read();
      if (next < 0) {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(2L * length, most));
      bytes[length++] = (byte) next;
    }
  }

  private static boolean isGzip(byte[] opening) {
    return opening.length >= 2 && opening[0] == 0x1f && opening[1] == (byte) 0x8b;
  }

  private static boolean isZip(byte[] opening) {
    return opening.length >= 4 && ByteBuffer.wrap(opening).getInt() == ZIP;
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
      in.mark(1);
      int next = in.read();
      in.reset();
      return next < 0 ? 0 : 1;
    }
  }
}
