// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
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

  /** Bytes that a record's header, and that of the response in it, may be read from. */
  private static final int LONGEST_HEADER = 1024 * 1024;

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
    Capped bytes = new Capped(content);
    WarcReader reader = new WarcReader(bytes);
    for (Optional<WarcRecord> record = next(reader, bytes);
        record.isPresent();
        record = next(reader, bytes)) {
      if (record.get() instanceof WarcResponse response) {
        parse(response, bytes, delivery, output);
      }
      // The reader would do it as part of the next header.
      record.get().body().consume();
    }
  }

  private static Optional<WarcRecord> next(WarcReader reader, Capped bytes) throws IOException {
    bytes.cap(LONGEST_HEADER);
    try {
      return reader.next();
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new IOException("a WARC record's header cannot be read", e);
    } finally {
      bytes.cap(Long.MAX_VALUE);
    }
  }

  /** A response that is damaged costs none of its neighbours. */
  private void parse(WarcResponse response, Capped bytes, Delivery delivery, Output output)
      throws IOException {
    String target = Objects.requireNonNullElse(response.target(), "");
    if (!Addresses.isWeb(target)) {
      return;
    }
    String mediaType;
    byte[] body;
    try {
      bytes.cap(LONGEST_HEADER);
      HttpResponse http = response.http();
      bytes.cap(Long.MAX_VALUE);
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
    } finally {
      bytes.cap(Long.MAX_VALUE);
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

  /** A stream that ends with an error where more is read of it than may. */
  private static final class Capped implements ReadableByteChannel {

    private final ReadableByteChannel content;
    private long left = Long.MAX_VALUE;

    Capped(InputStream content) {
      this.content = Channels.newChannel(content);
    }

    /** So many bytes may be read from now on. */
    void cap(long most) {
      left = most;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (left <= 0) {
        throw new IOException("a header is longer than " + LONGEST_HEADER + " bytes");
      }
      int read = content.read(target);
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public boolean isOpen() {
      return content.isOpen();
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
