// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebAddressTest {

  @ParameterizedTest
  @CsvSource({
    "https://example.org/a, https://example.org/a",
    "example.org, https://example.org",
    "example.org/feed?x=1, https://example.org/feed?x=1",
    "example.org:8080/feed, https://example.org:8080/feed",
    "feed:https://example.org/a, https://example.org/a",
    "feed://example.org/a, http://example.org/a",
    "FEED://example.org/a, http://example.org/a",
    "feed:example.org/a, https://example.org/a",
    "https://b\u00fccher.example/a, https://xn--bcher-kva.example/a",
    "b\u00fccher.example/\u00fc, https://xn--bcher-kva.example/%C3%BC",
    "' https://example.org/a b ', https://example.org/a%20b",
    "file:///etc/passwd, file:///etc/passwd",
    "localhost, localhost",
    "mailto:a@example.org, mailto:a@example.org",
    "a@example.org, a@example.org"
  })
  void means(String given, String meant) {
    assertThat(WebAddress.meant(given)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org, http://www.example.org/, true",
    "https://Example.org:443/a#b, http://example.org/a, true",
    "https://example.org/a, https://example.org/b, false",
    "https://example.org/a?b, https://example.org/a, false"
  })
  void leadsToTheSame(String one, String other, boolean isSame) {
    assertThat(WebAddress.isSame(one, other)).isEqualTo(isSame);
  }
}
