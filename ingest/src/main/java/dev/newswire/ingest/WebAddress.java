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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Web addresses as people and servers write them. */
public final class WebAddress {

  private static final String FEED = "feed:";
  private static final Pattern BARE =
      Pattern.compile("([^\\s/:?#@]++)(?::[0-9]++)?+(?:[/?#].*+)?+");
  private static final Pattern ORIGIN =
      Pattern.compile("(?i)https?://(?:www\\.)?+([^/?#]*+)([^#]*+).*+", Pattern.DOTALL);

  private WebAddress() {}

  /**
   * The address that somebody means: of a host alone, of {@code feed:} and its address, of a name
   * in letters other than ASCII's. What is none of these stays as it is.
   */
  public static String meant(String given) {
    String text = given.strip();
    if (text.regionMatches(true, 0, FEED, 0, FEED.length())) {
      String rest = text.substring(FEED.length());
      text = rest.startsWith("//") ? "http:" + rest : rest;
    }
    Matcher bare = BARE.matcher(text);
    if (bare.matches() && bare.group(1).indexOf('.') > 0) {
      text = "https://" + text;
    }
    return Addresses.absolute(text, "").orElse(text);
  }

  /** Whether two addresses lead to the same feed, by http or https, with www. or without. */
  public static boolean isSame(String one, String other) {
    return plain(one).equals(plain(other));
  }

  private static String plain(String address) {
    Matcher parts = ORIGIN.matcher(address);
    if (!parts.matches()) {
      return address;
    }
    String host = parts.group(1).toLowerCase(Locale.ROOT).replaceFirst(":(?:80|443)$", "");
    return host + (parts.group(2).isEmpty() ? "/" : parts.group(2));
  }

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
