// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.schemas.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Recognises the format of a delivery and parses it. Immutable; safe for use by many threads.
 *
 * <p>Memory stays bounded whatever comes: a stream of transmissions, JSON lines, and what an
 * archive holds are read one by one, and a document that is read as a whole has a cap.
 */
public final class Formats {

  private final Limits limits;

  /** Formats with {@link Limits#DEFAULT}. */
  public Formats() {
    this(Limits.DEFAULT);
  }

  /** Formats with other limits. */
  public Formats(Limits limits) {
    this.limits = limits;
  }

  /** Names of all formats, as a feed can be pinned to them. */
  public List<String> names() {
    return List.of();
  }

  /**
   * Parses a delivery to its end. A delivery that is no feed and no item at all is one reject.
   *
   * @param content the delivery's bytes; read to the end, or to where it is clear that they are no
   *     feed; not closed
   * @throws IOException only where {@code content} throws it: the delivery is incomplete and should
   *     be fetched again
   * @throws UserError where the delivery is pinned to a format that does not exist
   */
  public void parse(Delivery delivery, InputStream content, Output output) throws IOException {
    byte[] bytes = content.readNBytes(limits.item());
    output.reject(
        new Reject(bytes, delivery.mediaType().orElse(""), "no format is known by that name"));
  }
}
