// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.schemas.Article;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedIdentitiesTest {

  private static String item(String guid, String link, String title) {
    return "<item><guid>%s</guid><link>%s</link><title>%s</title></item>"
        .formatted(guid, link, title);
  }

  private static List<String> ids(String... items) {
    return Parsed.of("<rss><channel>" + String.join("", items) + "</channel></rss>")
        .articles()
        .stream()
        .map(Article::getItemId)
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://www.harbour.example/a?id=1",
        "https://HARBOUR.example:443/a?id=1#2",
        "http://harbour.example:80/a?utm_source=x&amp;id=1",
        "https://www.harbour.example/a?id=1&amp;CMPID=2&amp;_ga=3&amp;xtor=RSS-1",
        "https://harbour.example/a?id=1&amp;source=rss"
      })
  void anAddressIsTheSameHoweverItIsWritten(String guid) {
    assertThat(ids(item(guid, "https://harbour.example/", "A")))
        .containsExactly("https://harbour.example/a?id=1");
  }

  @Test
  void oneLinkOnAllItemsIsNoIdentity() {
    String home = "https://harbour.example/";
    assertThat(ids(item("", home, "A"), item("", home, "B"), item("", home, "C"))).hasSize(3);
  }

  @Test
  void itemsThatAreToldApartByFragmentAloneAreArticles() {
    String page = "https://harbour.example/news#";
    assertThat(
            ids(
                item(page + "a", page, "A"),
                item(page + "b", page, "B"),
                item(page + "c", page, "C")))
        .hasSize(3);
  }

  @Test
  void moreParametersCanBeNamed() {
    TrackingParameters more = new TrackingParameters(List.of("from_*", "x"));
    assertThat(Addresses.identity("https://harbour.example/a?from_b=1&x=2&y=3", more))
        .isEqualTo("https://harbour.example/a?y=3");
  }
}
