// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.runtime.UserError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recognises the format of a delivery and parses it. Immutable; safe for use by many threads.
 *
 * <p>Memory stays bounded whatever comes: a stream of transmissions, JSON lines, and what an
 * archive holds are read one by one, and a document that is read as a whole has a cap.
 */
public final class Formats {

  /** How many bytes a format is recognised by. */
  static final int OPENING = 16 * 1024;

  private final Limits limits;
  private final Allowance allowance;
  private final TrackingParameters tracking;
  private final List<StreamFormat> streams;
  private final Documents documents;
  private final Archives archives;
  private final Warc warc;
  private final JsonLines lines;

  /** Formats with {@link Limits#DEFAULT}. */
  public Formats() {
    this(Limits.DEFAULT);
  }

  /** Formats with other limits. */
  public Formats(Limits limits) {
    this(limits, Allowance.DEFAULT, TrackingParameters.DEFAULT);
  }

  /** Formats with other limits, of an item and of a delivery. */
  public Formats(Limits limits, Allowance allowance) {
    this(limits, allowance, TrackingParameters.DEFAULT);
  }

  /**
   * Formats with other limits and other parameters that are no part of an article's address.
   *
   * @param tracking the same at all times: an article whose address changes is another article
   */
  public Formats(Limits limits, TrackingParameters tracking) {
    this(limits, Allowance.DEFAULT, tracking);
  }

  private Formats(Limits limits, Allowance allowance, TrackingParameters tracking) {
    this.limits = limits;
    this.allowance = allowance;
    this.tracking = tracking;
    documents = new Documents(limits, tracking);
    archives = new Archives(this::parseUnpacked);
    warc = new Warc(documents, limits);
    lines = new JsonLines(limits);
    streams = List.of(new Anpa1312(), new Iptc7901(), new TelexText());
  }

  /** Names of all formats, as a feed can be pinned to them. */
  public List<String> names() {
    return java.util.stream.Stream.concat(streams.stream(), documents.formats().stream())
        .map(Format::name)
        .sorted()
        .toList();
  }

  /**
   * Parses a delivery to its end. A delivery that is no feed and no item at all is one reject.
   *
   * @param content the delivery's bytes; read to the end, or to where it is clear that they are no
   *     feed; not closed
   * @throws IOException only where {@code content} throws it: the delivery is incomplete and should
   *     be fetched again
   * @throws UserError where the delivery is pinned to a format that does not exist, or is a web
   *     page in place of a feed
   */
  public void parse(Delivery delivery, InputStream content, Output output) throws IOException {
    delivery.format().ifPresent(this::check);
    Budget budget = new Budget(allowance);
    try {
      archives.parse(delivery, new Source(content), budget.over(output), budget);
    } catch (SourceFailure e) {
      throw e.getCause();
    } catch (Budget.Exhausted e) {
      output.reject(givenUp(delivery, e));
    }
  }

  /**
   * Parses a delivery that memory holds. Its bytes are not copied: they are the original of the
   * articles that are parts of it.
   *
   * @param content never changed, and not to be changed afterwards
   * @throws UserError where the delivery is pinned to a format that does not exist, or is a web
   *     page in place of a feed
   */
  public void parse(Delivery delivery, byte[] content, Output output) {
    delivery.format().ifPresent(this::check);
    Budget budget = new Budget(allowance);
    try {
      archives.parse(delivery, content, budget.over(output), budget);
    } catch (Budget.Exhausted e) {
      output.reject(givenUp(delivery, e));
    }
  }

  private static Reject givenUp(Delivery delivery, Budget.Exhausted reason) {
    return new Reject(
        new byte[0], delivery.mediaType().orElse("application/octet-stream"), reason.getMessage());
  }

  /**
   * What a delivery holds.
   *
   * @param articles in its order
   * @param rejects items that could not be read, in its order
   */
  public record Content(List<ParsedArticle> articles, List<Reject> rejects) {}

  /**
   * Reads a delivery of which memory may hold all, unpacked.
   *
   * @throws UserError where the delivery is pinned to a format that does not exist, or is a web
   *     page in place of a feed
   */
  public Content read(Delivery delivery, byte[] bytes) {
    List<ParsedArticle> articles = new ArrayList<>();
    List<Reject> rejects = new ArrayList<>();
    Output output =
        new Output() {
          @Override
          public void article(ParsedArticle article) {
            articles.add(article);
          }

          @Override
          public void reject(Reject reject) {
            rejects.add(reject);
          }
        };
    parse(delivery, bytes, output);
    return new Content(List.copyOf(articles), List.copyOf(rejects));
  }

  /**
   * The form that an article id has now: one that is an address loses what is no part of its
   * identity; any other one stays as it is.
   */
  public String canonicalId(String articleId) {
    int slash = articleId.indexOf('/');
    return articleId.substring(0, slash + 1)
        + Addresses.identity(articleId.substring(slash + 1), tracking);
  }

  private void check(String name) {
    if (!names().contains(name)) {
      throw new UserError(
          "no format '%s'; known are %s".formatted(name, String.join(", ", names())));
    }
  }

  /** Parses what is no archive, or what came out of one. */
  private void parseUnpacked(Delivery delivery, byte[] opening, InputStream rest, Output output)
      throws IOException {
    Optional<StreamFormat> stream =
        streams.stream()
            .filter(
                format ->
                    delivery.format().isPresent()
                        ? delivery.format().get().equals(format.name())
                        : format.recognises(opening))
            .findFirst();
    if (stream.isPresent()) {
      parse(stream.get(), delivery, Archives.joined(opening, rest), output);
    } else if (Warc.recognises(opening)) {
      warc.parse(delivery, Archives.joined(opening, rest), output);
    } else if (lines.recognises(opening, OPENING)) {
      parseLines(delivery, Archives.joined(opening, rest), output);
    } else {
      byte[] document = Archives.read(opening, rest, limits.document() + 1);
      if (document.length > limits.document() && lines.recognises(document, document.length)) {
        parseLines(delivery, Archives.joined(document, rest), output);
      } else {
        documents.parse(delivery, document, output);
      }
    }
  }

  private void parseLines(Delivery delivery, InputStream content, Output output)
      throws IOException {
    lines.parse(content, output, line -> documents.parse(delivery, line, output));
  }

  private void parse(StreamFormat format, Delivery delivery, InputStream content, Output output)
      throws IOException {
    Reading reading =
        new Reading(
            delivery,
            format,
            output,
            limits,
            new byte[0],
            Written.NOTHING,
            "",
            List.of(),
            tracking);
    try {
      format.parse(content, reading);
    } catch (Rejection e) {
      reading.reject(
          ByteBuffer.allocate(0),
          delivery.mediaType().orElse("application/octet-stream"),
          e.getMessage());
    }
  }

  /** Tells the failures of the delivery's own stream from damage in what it holds. */
  private static final class Source extends FilterInputStream {

    Source(InputStream content) {
      super(content);
    }

    @Override
    public int read() {
      try {
        return super.read();
      } catch (IOException e) {
        throw new SourceFailure(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        throw new SourceFailure(e);
      }
    }

    @Override
    public int available() {
      try {
        return super.available();
      } catch (IOException e) {
        throw new SourceFailure(e);
      }
    }

    @Override
    public void close() {
      // The caller opened the stream, and closes it.
    }
  }

  /** The delivery's own stream failed. */
  private static final class SourceFailure extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    SourceFailure(IOException cause) {
      super(cause);
    }
  }
}
