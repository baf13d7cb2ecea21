// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What the aliases of QCodes stand for (NewsML-G2, section "Catalogs"). An item's own catalog comes
 * first; the IPTC's catalogs ship with us, because the addresses that items name them by may not
 * answer. Catalogs of providers are not fetched: their QCodes stay as they are.
 */
final class Catalog {

  /** The IPTC's aliases. */
  static final Catalog IPTC = new Catalog(load());

  private final Map<String, String> schemes;

  private Catalog(Map<String, String> schemes) {
    this.schemes = schemes;
  }

  /** This catalog, overridden by what the item declares itself. */
  Catalog with(Iterable<Element> itemCatalogs) {
    Map<String, String> own = new HashMap<>();
    for (Element catalog : itemCatalogs) {
      for (Element scheme : catalog.all("scheme")) {
        if (!scheme.attribute("alias").isEmpty() && !scheme.attribute("uri").isEmpty()) {
          own.put(scheme.attribute("alias"), scheme.attribute("uri"));
        }
      }
    }
    if (own.isEmpty()) {
      return this;
    }
    Map<String, String> merged = new HashMap<>(schemes);
    merged.putAll(own);
    return new Catalog(merged);
  }

  /** URI of a vocabulary; the alias itself where no catalog knows it. */
  String scheme(String alias) {
    return schemes.getOrDefault(alias, alias);
  }

  /** URI of a concept: by @uri, or by @qcode through the catalogs; empty where there is neither. */
  String uri(Element element) {
    String uri = element.attribute("uri");
    if (!uri.isEmpty()) {
      return uri;
    }
    String qcode = element.attribute("qcode");
    int colon = qcode.indexOf(':');
    if (colon < 0) {
      return qcode;
    }
    String scheme = schemes.get(qcode.substring(0, colon));
    return scheme == null ? qcode : scheme + qcode.substring(colon + 1);
  }

  private static Map<String, String> load() {
    Map<String, String> schemes = new HashMap<>();
    try (InputStream resource = Catalog.class.getResourceAsStream("catalog.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          schemes.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("catalog.tsv is part of this jar", e);
    }
    return Map.copyOf(schemes);
  }
}
