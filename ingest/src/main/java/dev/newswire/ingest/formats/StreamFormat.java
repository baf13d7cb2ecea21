// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.IOException;
import java.io.InputStream;

/** A format that is a stream of items of any length, read one by one. */
non-sealed interface StreamFormat extends Format {

  /**
   * Whether a delivery that begins like this is of this format.
   *
   * @param opening the first bytes: {@link Formats#OPENING} of them or more, or all there are
   */
  boolean recognises(byte[] opening);

  /**
   * Reads the stream's items.
   *
   * @throws Rejection where nothing of it, or of the rest of it, can be read
   * @throws IOException where the stream is damaged
   */
  void parse(InputStream content, Reading reading) throws Rejection, IOException;
}
