// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.Enricher.Versions;
import dev.newswire.enrich.entities.EntityAnnotator;
import dev.newswire.enrich.entities.KnowledgeBase;
import dev.newswire.enrich.recognition.EntityRecognizer;
import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.enrich.text.Deadline;
import dev.newswire.enrich.text.TokenizedText;
import dev.newswire.enrich.topics.TopicMatcher;
import dev.newswire.enrich.topics.TopicQuery;
import dev.newswire.enrich.topics.TopicRule;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.TextField;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnricherTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final RawArticle ARTICLE =
      Articles.raw(
          "1",
          "Truce agreed in Kharkiv",
          "Both sides have agreed on a truce, the mediators said on Monday after long talks.");

  @Test
  void anAnnotatorOutOfTimeLeavesOutItsPartAlone() {
    CountDownLatch never = new CountDownLatch(1);
    EntityRecognizer stuck =
        recognizer(
            () -> {
              while (never.getCount() > 0) {
                Thread.onSpinWait();
              }
              return List.of();
            });
    EnrichedArticle enriched = enrich(stuck, new Limits(Duration.ofMillis(300), 1_000), ARTICLE);
    never.countDown();

    assertThat(enriched.getEntities()).isEmpty();
    assertThat(enriched.getTopics()).extracting(topic -> topic.getId()).containsExactly("truce");
    assertThat(enriched.getStamp().getFailures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.getAnnotator()).isEqualTo("entities");
              assertThat(failure.getReason()).isEqualTo("out of time after 300 ms");
            });
  }

  @Test
  void annotatorsThatEndInTimeHeedTheLimitThemselves() {
    RecognizedMention kharkiv =
        new RecognizedMention(TextField.HEADLINE, 16, 23, "Kharkiv", EntityKind.PLACE);
    EnrichedArticle enriched =
        enrich(
            recognizer(() -> List.of(kharkiv), true),
            new Limits(Duration.ofNanos(1), 1_000),
            ARTICLE);

    assertThat(enriched.getEntities()).isEmpty();
    assertThat(enriched.getTopics()).isEmpty();
    assertThat(enriched.getStamp().getFailures())
        .extracting(failure -> failure.getAnnotator() + ": " + failure.getReason())
        .containsExactly("entities: out of time after 0 ms", "topics: out of time after 0 ms");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnnotatorThatFailsLeavesOutItsPartAlone(boolean withAnError) {
    EntityRecognizer broken =
        recognizer(
            () -> {
              if (withAnError) {
                throw new StackOverflowError("too deep");
              }
              throw new IllegalStateException("no such label");
            });
    EnrichedArticle enriched = enrich(broken, new Limits(LONG, 1_000), ARTICLE);

    assertThat(enriched.getEntities()).isEmpty();
    assertThat(enriched.getTopics()).hasSize(1);
    assertThat(enriched.getStamp().getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getReason())
                    .isIn("StackOverflowError: too deep", "IllegalStateException: no such label"));
  }

  @Test
  void textBeyondTheLimitIsMarkedAsNotRead() {
    String body = "The mediators said that both sides have met. ".repeat(30) + "They want a truce.";
    EnrichedArticle enriched =
        enrich(
            recognizer(List::of), new Limits(LONG, 1_000), Articles.raw("1", "Talks go on", body));

    assertThat(enriched.getTopics()).isEmpty();
    assertThat(enriched.getArticle().getBody()).isEqualTo(body);
    assertThat(enriched.getStamp().getFailures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.getAnnotator()).isEqualTo("rest-of-text");
              assertThat(failure.getReason())
                  .matches("only the first \\d+ of " + body.length() + " characters read");
            });
  }

  @Test
  void aHeadlineBeyondTheLimitIsCutToo() {
    String headline = "The mediators met again. ".repeat(50) + "Truce.";
    EnrichedArticle enriched =
        enrich(recognizer(List::of), new Limits(LONG, 1_000), Articles.raw("1", headline, ""));

    assertThat(enriched.getTopics()).isEmpty();
    assertThat(enriched.getArticle().getHeadline()).isEqualTo(headline);
    assertThat(enriched.getStamp().getFailures())
        .extracting(failure -> failure.getAnnotator())
        .containsExactly("rest-of-text");
  }

  private static EntityRecognizer recognizer(Supplier<List<RecognizedMention>> mentions) {
    return recognizer(mentions, false);
  }

  private static EntityRecognizer recognizer(
      Supplier<List<RecognizedMention>> mentions, boolean endsInTime) {
    return new EntityRecognizer() {
      @Override
      public boolean endsInTime() {
        return endsInTime;
      }

      @Override
      public String name() {
        return "fake";
      }

      @Override
      public List<RecognizedMention> recognize(TokenizedText headline, TokenizedText body) {
        return mentions.get();
      }
    };
  }

  private static EnrichedArticle enrich(
      EntityRecognizer recognizer, Limits limits, RawArticle article) {
    TopicRule rule =
        new TopicRule(
            "truce",
            "Truce",
            "",
            List.of(),
            Optional.empty(),
            List.of(TopicQuery.of("truce")),
            List.of(),
            List.of());
    try (TopicMatcher topics = new TopicMatcher(List.of(rule));
        TimeLimit timeLimit = new TimeLimit(limits.timePerAnnotator(), new SimpleMeterRegistry())) {
      // Loaded beforehand, so that loading takes none of the annotators' time.
      LanguageDetection languages = new LanguageDetection();
      languages.languageOf(article.getArticle());
      topics.match(article.getArticle(), Optional.empty(), List.of(), Deadline.NONE);
      return new Enricher(
              languages,
              new EntityAnnotator(new KnowledgeBase(List.of()), recognizer),
              topics,
              new Versions(0, 0),
              timeLimit,
              limits)
          .enrich(article);
    }
  }
}
