// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.Status;
import org.junit.jupiter.api.Test;

/** What came out of one pipeline and goes into another. */
class NewswireJsonTest {

  private static final String KILLED =
      """
      {"id":"tidewater/urn:2","provider":"tidewater","itemId":"urn:2","feed":"f",\
      "published":"2026-03-01T10:00:00Z","status":"canceled","statusReason":"legal",\
      "canceledBy":"tidewater/urn:3"}
      """;

  @Test
  void givenBackByItsOperatorAnArticleStaysItsProviders() {
    Parsed parsed = Parsed.of(Parsed.delivery().keepingProviders(), KILLED.getBytes(UTF_8));
    Article article = parsed.article();
    assertThat(article.getId()).isEqualTo("tidewater/urn:2");
    assertThat(article.getProvider()).isEqualTo("tidewater");
    assertThat(article.getStatus()).isEqualTo(Status.CANCELED);
    assertThat(article.getStatusReason()).isEqualTo("legal");
    assertThat(article.getCanceledBy()).isEqualTo("tidewater/urn:3");
  }

  @Test
  void deliveredByAFeedItIsTheFeedsProviders() {
    Article article = Parsed.of(KILLED).article();
    assertThat(article.getId()).isEqualTo("wire/tidewater/urn:2");
    assertThat(article.getProvider()).isEqualTo("wire");
    assertThat(article.getCanceledBy()).isNull();
  }

  @Test
  void whatIsNoNameOfAProviderIsNotTakenOver() {
    String named = KILLED.replace("\"tidewater\"", "\"../tide water\"");
    Parsed parsed = Parsed.of(Parsed.delivery().keepingProviders(), named.getBytes(UTF_8));
    assertThat(parsed.article().getProvider()).isEqualTo("wire");
  }
}
