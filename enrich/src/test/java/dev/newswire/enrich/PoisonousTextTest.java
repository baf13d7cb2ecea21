// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.EnrichSettings.Replacements;
import dev.newswire.schemas.EnrichedArticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts made to take long. Each is as long as an article may be. */
class PoisonousTextTest {

  private static final int LENGTH = Limits.DEFAULT.characters();

  private static LiveEnricher enricher;

  @BeforeAll
  static void load() {
    enricher =
        LiveEnricher.bundled(
            Replacements.NONE,
            new Limits(Duration.ofMinutes(1), LENGTH),
            new SimpleMeterRegistry());
  }

  @AfterAll
  static void close() {
    enricher.close();
  }

  static Stream<String> texts() {
    List<String> units =
        List.of(
            "a",
            "A",
            "\uD83D\uDE00",
            "(",
            "&amp;",
            ".",
            "Aa, ",
            "Xi Yi Zi and ",
            "In Paris, ",
            "-",
            "a@",
            "A.",
            "\u0301",
            "\n",
            "U.S. ",
            "\uD800");
    Stream<String> names =
        Stream.of(
            IntStream.range(0, LENGTH / 12)
                .mapToObj(i -> "Mr Ab" + Integer.toString(i, 36) + " ")
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString());
    return Stream.concat(units.stream().map(unit -> unit.repeat(LENGTH / unit.length())), names);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isEnrichedLikeAnyOther(String body) {
    EnrichedArticle enriched = enricher.enrich(Articles.raw("1", "", body));

    assertThat(enriched.getStamp().getFailures())
        .noneSatisfy(failure -> assertThat(failure.getReason()).contains("out of time"))
        .noneSatisfy(failure -> assertThat(failure.getReason()).contains("Exception"));
  }
}
