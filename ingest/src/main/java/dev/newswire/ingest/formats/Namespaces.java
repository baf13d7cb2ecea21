// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.Locale;
import java.util.Map;

/**
 * The vocabularies of feeds, by one namespace each. Feeds write them with and without a slash at
 * the end, with http and https, in any case, and in versions that mean the same; and some bind a
 * customary prefix to a namespace that nobody knows.
 */
final class Namespaces {

  static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
  static final String DUBLIN_TERMS = "http://purl.org/dc/terms/";
  static final String CONTENT = "http://purl.org/rss/1.0/modules/content/";
  static final String MEDIA = "http://search.yahoo.com/mrss/";
  static final String ATOM = "http://www.w3.org/2005/Atom";
  static final String ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd";
  static final String FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0";
  static final String PHEEDO = "http://www.pheedo.com/namespace/pheedo";
  static final String SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/";

  /** By what is left of a namespace in lower case without scheme, www. and slash. */
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("purl.org/dc/elements/1.1", DUBLIN_CORE),
          Map.entry("purl.org/dc/elements/1.0", DUBLIN_CORE),
          Map.entry("purl.org/dc", DUBLIN_CORE),
          Map.entry("purl.org/metadata/dublin_core", DUBLIN_CORE),
          Map.entry("purl.org/dc/terms", DUBLIN_TERMS),
          Map.entry("purl.org/rss/1.0/modules/dcterms", DUBLIN_TERMS),
          Map.entry("purl.org/rss/1.0/modules/content", CONTENT),
          Map.entry("purl.org/rss/modules/content", CONTENT),
          Map.entry("search.yahoo.com/mrss", MEDIA),
          Map.entry("search.yahoo.com/rss", MEDIA),
          Map.entry("video.search.yahoo.com/mrss", MEDIA),
          Map.entry("tools.search.yahoo.com/mrss", MEDIA),
          Map.entry("w3.org/2005/atom", ATOM),
          Map.entry("itunes.com/dtds/podcast-1.0.dtd", ITUNES),
          Map.entry("itunes.com/dtds/podcast-1.0", ITUNES),
          Map.entry("example.com/dtds/podcast-1.0.dtd", ITUNES),
          Map.entry("rssnamespace.org/feedburner/ext/1.0", FEEDBURNER),
          Map.entry("feedburner.com", FEEDBURNER),
          Map.entry("pheedo.com/namespace/pheedo", PHEEDO),
          Map.entry("purl.org/rss/1.0/modules/syndication", SYNDICATION));

  private static final Map<String, String> BY_PREFIX =
      Map.of(
          "dc", DUBLIN_CORE,
          "dcterms", DUBLIN_TERMS,
          "content", CONTENT,
          "media", MEDIA,
          "itunes", ITUNES,
          "feedburner", FEEDBURNER);

  private Namespaces() {}

  /** The one namespace of a vocabulary that feeds use; any other one as it is. */
  static String canonical(String prefix, String namespace) {
    if (namespace.isEmpty() || namespace.equals(ATOM) || namespace.equals(DUBLIN_CORE)) {
      return namespace;
    }
    String known = KNOWN.get(plain(namespace));
    return known == null ? BY_PREFIX.getOrDefault(prefix, namespace) : known;
  }

  private static String plain(String namespace) {
    String plain = namespace.strip().toLowerCase(Locale.ROOT);
    int scheme = plain.indexOf("://");
    plain = scheme < 0 ? plain : plain.substring(scheme + 3);
    plain = plain.startsWith("www.") ? plain.substring(4) : plain;
    int end = plain.length();
    while (end > 0 && (plain.charAt(end - 1) == '/' || plain.charAt(end - 1) == '#')) {
      end--;
    }
    return plain.substring(0, end);
  }
}
