// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.enrich.topics.Diagnosis.Verdict;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DiagnosisTest {

  @Test
  void itNamesThePartThatFoundNothingAndWhatTheArticleHas() {
    Diagnosis diagnosis = of("truce AND (\"peace talks\" OR war)", "Truce agreed", "Talks go on.");
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.NOT_FOUND);
    assertThat(diagnosis.queries().get(0).reasons())
        .containsExactly("none of 'peace talks war' is found; the article has talks");
  }

  @Test
  void itNamesTheWordThatExcludesTheArticle() {
    assertThat(of("truce NOT film", "The Truce", "A film.").queries().get(0).reasons())
        .containsExactly("it is excluded by 'film'; the article has film");
  }

  @Test
  void whatIsOnlyMentionedHasAScoreBelowTheThreshold() {
    Diagnosis diagnosis =
        of("truce", "Bees", "The ministers met in Riga. " + "They ate. ".repeat(90) + "A truce.");
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.MENTIONED);
    assertThat(diagnosis.score()).isPositive().isLessThan(diagnosis.threshold());
  }

  @Test
  void anArticleThatHasTheTopicIsTagged() {
    assertThat(of("truce", "Truce agreed", "x").verdict()).isEqualTo(Verdict.TAGGED);
  }

  private static Diagnosis of(String query, String headline, String body) {
    TopicRule rule =
        new TopicRule(
            "t",
            "T",
            "",
            List.of(),
            Optional.empty(),
            List.of(TopicQuery.of(query)),
            List.of(),
            List.of());
    Article article =
        Article.newBuilder()
            .setId("tidewater/1")
            .setProvider("tidewater")
            .setItemId("1")
            .setFeed("tidewater")
            .setRevision(
                Revision.newBuilder().setReceivedAt(Instant.EPOCH).setContentHash("").build())
            .setPublished(Instant.EPOCH)
            .setStatus(Status.USABLE)
            .setHeadline(headline)
            .setBody(body)
            .build();
    return Diagnosis.of(rule, article, Optional.of("en"), List.of());
  }
}
