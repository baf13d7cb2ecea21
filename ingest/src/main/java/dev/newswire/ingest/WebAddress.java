// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newswire.ingest.formats.Addresses;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Web addresses as servers write them. */
final class WebAddress {

  private WebAddress() {}

  /**
   * Where a redirect leads. What no address may hold is encoded, as browsers do it.
   *
   * @param from what was asked for
   * @param location the header's value, a character for each byte
   * @throws IOException where it is no address
   */
  static URI location(URI from, String location) throws IOException {
    String text = utf8(location.strip());
    String absolute = Addresses.absolute(text, from.toString()).orElse(text);
    try {
      return new URI(absolute);
    } catch (URISyntaxException e) {
      throw new IOException("'" + text + "' is no URL", e);
    }
  }

  /** Bytes that are UTF-8 as the text that they mean; others as they are. */
  private static String utf8(String bytes) {
    if (bytes.chars().allMatch(c -> c < 0x80) || bytes.chars().anyMatch(c -> c > 0xff)) {
      return bytes;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1))).toString();
    } catch (CharacterCodingException e) {
      // Then it is in Latin-1, as which it was read.
      return bytes;
    }
  }
}
