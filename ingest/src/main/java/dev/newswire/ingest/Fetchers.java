// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.Feed;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What each feed is fetched with: its own credential, or none. Thread-safe. */
final class Fetchers {

  private final HttpFetcher plain;
  private final Credentials credentials;
  private final Map<String, HttpFetcher> byCredential = new ConcurrentHashMap<>();

  Fetchers(HttpFetcher plain, Credentials credentials) {
    this.plain = plain;
    this.credentials = credentials;
  }

  /**
   * A feed's fetcher.
   *
   * @throws IOException where the feed names a credential that is not here
   */
  HttpFetcher of(Feed feed) throws IOException {
    return of(Optional.ofNullable(feed.getCredential()));
  }

  /**
   * The fetcher with a credential.
   *
   * @throws IOException where it is not here
   */
  HttpFetcher of(Optional<String> name) throws IOException {
    if (name.isEmpty()) {
      return plain;
    }
    Credential credential = credentials.of(name);
    return byCredential.computeIfAbsent(name.get(), other -> plain.with(credential));
  }
}
