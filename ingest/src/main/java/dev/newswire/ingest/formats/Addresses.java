// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses of articles. */
final class Addresses {

  private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}:");

  private Addresses() {}

  /**
   * An absolute http or https address.
   *
   * @param address as written; may be relative, and need not be a valid URI
   * @param base what it is relative to; may be anything
   */
  static Optional<String> absolute(String address, String base) {
    String clean = address.strip().replace(" ", "%20");
    if (clean.isEmpty() || clean.length() > 8192) {
      return Optional.empty();
    }
    if (isWeb(clean)) {
      return Optional.of(clean);
    }
    if (clean.startsWith("//")) {
      return Optional.of("https:" + clean);
    }
    if (ABSOLUTE.matcher(clean).lookingAt() || !isWeb(base)) {
      return Optional.empty();
    }
    return uri(base)
        .flatMap(from -> uri(clean).map(from::resolve))
        .map(URI::toString)
        .filter(Addresses::isWeb);
  }

  static boolean isWeb(String address) {
    return address.regionMatches(true, 0, "http://", 0, 7)
        || address.regionMatches(true, 0, "https://", 0, 8);
  }

  /** A text as a URI; empty where it is none. */
  static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text.strip()));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * An address in the form that identifies an article: without fragment and without the parameters
   * that only tell where the reader came from.
   */
  static String identity(String address) {
    int fragment = address.indexOf('#');
    String plain = fragment < 0 ? address : address.substring(0, fragment);
    int query = plain.indexOf('?');
    if (query < 0) {
      return plain;
    }
    StringBuilder kept = new StringBuilder();
    for (String parameter : plain.substring(query + 1).split("&", -1)) {
      if (!parameter.isEmpty()
          && !parameter.startsWith("utm_")
          && !parameter.startsWith("at_")
          && !parameter.startsWith("fbclid=")
          && !parameter.startsWith("gclid=")) {
        kept.append(kept.length() == 0 ? '?' : '&').append(parameter);
      }
    }
    return plain.substring(0, query) + kept;
  }
}
