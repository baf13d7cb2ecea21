// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.schemas.Article;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MarkdownArticleTest {

  private static final String CLIPPED =
      """
      # Harbour of Northport Reopens After Storm

      By [HBR](https://harbour.example/author/hbr)

      *April 07, 2025*

      ![Ships at the quay.](https://harbour.example/images/quay.jpg)
      *Ships at the quay on Monday. Ann Quay / HBR*

      The harbour of **Northport** reopened on Monday, the [port authority](https://port.example/) said.

      Ships had waited for three days.

      **Related article: [Storm Shuts Harbour](https://www.harbour.example/a/1?utm_source=x)**

      Original url: <https://www.harbour.example/a/2?utm_campaign=rss>
      """;

  @Test
  void eachPartOfAClippedArticleIsInItsField() {
    Article article = Parsed.of(CLIPPED).article();
    assertThat(article.getHeadline()).isEqualTo("Harbour of Northport Reopens After Storm");
    assertThat(article.getByline()).isEqualTo("HBR");
    assertThat(article.getSources()).containsExactly("HBR");
    assertThat(article.getPublished()).isEqualTo("2025-04-07T00:00:00Z");
    assertThat(article.getUrl()).isEqualTo("https://www.harbour.example/a/2?utm_campaign=rss");
    assertThat(article.getItemId()).isEqualTo("https://harbour.example/a/2");
    assertThat(article.getBody())
        .isEqualTo(
            "The harbour of Northport reopened on Monday, the port authority said."
                + "\n\nShips had waited for three days.");
    assertThat(article.getBodyHtml()).contains("<strong>Northport</strong>");
    assertThat(article.getRelated())
        .extracting(related -> related.getArticleId())
        .containsExactly("wire/https://harbour.example/a/1");
    assertThat(article.getRenditions())
        .extracting(
            rendition -> rendition.getHref(),
            rendition -> rendition.getCaption(),
            rendition -> rendition.getCredit())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "https://harbour.example/images/quay.jpg",
                "Ships at the quay on Monday. Ann Quay / HBR",
                "Ann Quay / HBR"));
  }

  @Test
  void frontMatterGivesTheFieldsThatItNames() {
    Article article =
        Parsed.of(
                """
                ---
                title: "Bridge: open again"
                author: Ann Poe
                date: 2026-03-02T10:00:00Z
                tags: [bridges, ships]
                url: https://harbour.example/3
                language: English
                ---

                It is open.
                """)
            .article();
    assertThat(article.getHeadline()).isEqualTo("Bridge: open again");
    assertThat(article.getByline()).isEqualTo("Ann Poe");
    assertThat(article.getPublished()).isEqualTo("2026-03-02T10:00:00Z");
    assertThat(article.getLanguage()).isEqualTo("en");
    assertThat(article.getUrl()).isEqualTo("https://harbour.example/3");
    assertThat(article.getSubjects())
        .extracting(s -> s.getName())
        .containsExactly("bridges", "ships");
    assertThat(article.getBody()).isEqualTo("It is open.");
  }

  @Test
  void aReadableTextIsAnArticleWhereItIsAskedFor() {
    byte[] text = "Bridge reopens\n\nBy Ann Poe\n\nIt is\nopen.".getBytes(StandardCharsets.UTF_8);
    Article article = Parsed.of(Parsed.delivery().withFormat("text"), text).article();
    assertThat(article.getHeadline()).isEqualTo("Bridge reopens");
    assertThat(article.getByline()).isEqualTo("Ann Poe");
    assertThat(article.getBody()).isEqualTo("It is open.");
    assertThat(Parsed.of(text).reasons())
        .containsExactly("The document is plain text, which is none of the known formats.");
  }

  @Test
  void aMailIsRejectedAsWhatItIs() {
    String mail =
        "From: Desk <desk@harbour.example>\nReceived: from a\n\tby b\nMessage-ID: <1@x>\n\nHello.";
    assertThat(Parsed.of(mail).reasons())
        .containsExactly("The document is an e-mail message, which is none of the known formats.");
  }

  @Test
  void whatIsNestedWithoutEndIsRejected() {
    Parsed parsed = Parsed.of("# A\n\n" + "> ".repeat(5_000) + "deep");
    assertThat(parsed.raws.size() + parsed.rejects.size()).isEqualTo(1);
  }
}
