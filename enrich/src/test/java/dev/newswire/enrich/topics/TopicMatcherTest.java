// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.enrich.text.Deadline;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Subject;
import dev.newswire.schemas.TextField;
import dev.newswire.schemas.Topic;
import dev.newswire.schemas.TopicOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TopicMatcherTest {

  @Test
  void aTagShowsTheWordsThatEarnedIt() {
    Topic topic =
        only(
            match(
                "truce OR ceasefire",
                "Truce agreed",
                "They signed the truce. Cease-fire? A CEASEFIRE!"));
    assertThat(topic.getEvidence())
        .extracting(Mention::getField, Mention::getStart, Mention::getEnd, Mention::getText)
        .containsExactly(
            tuple(TextField.HEADLINE, 0, 5, "Truce"),
            tuple(TextField.BODY, 16, 21, "truce"),
            tuple(TextField.BODY, 37, 46, "CEASEFIRE"));
  }

  @Test
  void spansCountCodePointsNotCharacters() {
    Topic topic = only(match("truce", "\uD83D\uDD4A Peace", "\uD83D\uDD4A\uD83D\uDD4A truce"));
    Mention mention = topic.getEvidence().get(0);
    assertThat(mention.getStart()).isEqualTo(3);
    assertThat(mention.getEnd()).isEqualTo(8);
  }

  @Test
  void spansAreRightWhereTheHeadlineHasNoWord() {
    for (String headline : List.of("", " ", "—", "\uD83D\uDD4A", "1")) {
      Mention mention = only(match("truce", headline, "A truce")).getEvidence().get(0);
      assertThat(mention).as(headline).isEqualTo(new Mention(TextField.BODY, 2, 7, "truce"));
    }
  }

  @Test
  void inflectionsAndAccentsAreFolded() {
    assertThat(match("\"mineral deal\"", "", "Two minerals deals, and Lula's.")).hasSize(1);
    assertThat(match("lula AND sao", "", "Lula's São Paulo")).hasSize(1);
  }

  @Test
  void wildcardsAndOtherPatternsMatchTheWordsOfTheArticle() {
    assertThat(match("cease* AND tr?ce", "", "A ceasefire, a truce")).hasSize(1);
    assertThat(match("truec~1", "", "A truce")).hasSize(1);
    assertThat(match("cease* NOT tru*", "", "A ceasefire, a truce")).isEmpty();
  }

  @Test
  void aFieldThatRulesOnlyExcludeIsReadToo() {
    assertThat(match("truce NOT provider:tidewater", "", "A truce")).isEmpty();
    assertThat(match("truce NOT headline:agreed", "Truce agreed", "")).isEmpty();
    assertThat(match("truce NOT provider:other", "", "A truce")).hasSize(1);
  }

  @Test
  void proximityIntervalsAndExclusionWork() {
    assertThat(match("\"natural resources deal\"~5", "", "a deal on natural resources")).hasSize(1);
    assertThat(
            match(
                "\"natural resources deal\"~2", "", "natural gas is one of the resources; a deal"))
        .isEmpty();
    assertThat(
            match(
                "fn:maxwidth(8 fn:unordered(royalty mining))",
                "",
                "royalty payments on profits from mining"))
        .hasSize(1);
    assertThat(
            match(
                "fn:maxwidth(3 fn:unordered(royalty mining))",
                "",
                "royalty payments on profits from mining"))
        .isEmpty();
    assertThat(match("truce NOT film", "", "The Truce, a film")).isEmpty();
  }

  @Test
  void whatDoesNotMatchIsNoEvidence() {
    assertThat(evidence("truce AND ((plan AND \"peace talks\") OR war)", "truce, plan, war"))
        .containsExactly("truce", "war");
    assertThat(evidence("(truce war peace)@2 OR plan", "a plan for peace")).containsExactly("plan");
    assertThat(evidence("truce AND (plan OR film)", "a truce by plan")).hasSize(2);
    assertThat(match("truce NOT (\"peace plan\" OR film)", "", "a truce, a plan, peace"))
        .hasSize(1);
    assertThat(match("truce NOT (\"peace plan\" OR film)", "", "a truce, a peace plan")).isEmpty();
  }

  @Test
  void theEvidenceOfAPhraseIsAllOfIt() {
    assertThat(evidence("\"natural resources deal\"", "A natural resources deal."))
        .containsExactly("natural resources deal");
    assertThat(evidence("\"resources deal\"~5", "a deal on natural resources"))
        .containsExactly("deal on natural resources");
    assertThat(
            evidence(
                "fn:maxwidth(8 fn:unordered(royalty mining)) OR profit", "mining is all royalties"))
        .containsExactly("mining is all royalties");
    assertThat(evidence("deal AND resources", "a deal on natural resources"))
        .containsExactly("deal", "resources");
    assertThat(evidence("fn:ordered(a z)", "a " + "b ".repeat(100) + "z"))
        .containsExactly("a", "z");
    assertThat(only(match("fn:unordered(war peace)", "War", "A peace")).getEvidence())
        .extracting(Mention::getText)
        .containsExactly("War", "A peace");
  }

  private static List<String> evidence(String query, String body) {
    return only(match(query, "x", body)).getEvidence().stream().map(Mention::getText).toList();
  }

  @Test
  void soManyOfSomeWordsAreEnoughAndAllOfThemAreEvidence() {
    assertThat(evidence("(truce talks film)@2", "Talks on a truce"))
        .containsExactly("Talks", "truce");
    assertThat(evidence("(truce talks film)@2", "Film talks on a truce")).hasSize(3);
    assertThat(match("(truce talks film)@2", "", "Talks on talks")).isEmpty();
    assertThat(match("(truce talks film)@2 NOT paris", "", "Talks on a truce in Paris")).isEmpty();
    assertThat(evidence("(a b c d e f g h i j k l)@6", "l k j i h g")).hasSize(6);
  }

  @Test
  void wordsThatNoRuleLooksForCountWhenWordsAreToBeNear() {
    assertThat(match("\"truce talks\"", "", "truce talks")).hasSize(1);
    assertThat(match("\"truce talks\"", "", "truce and peace talks")).isEmpty();
    assertThat(match("\"truce talks\"~2", "", "truce and peace talks")).hasSize(1);
  }

  @Test
  void noPhraseSpansHeadlineAndBody() {
    assertThat(match("\"peace deal\"~20", "War and peace", "Deal or no deal")).isEmpty();
  }

  @Test
  void fieldsLookWhereTheySay() {
    assertThat(match("headline:truce", "Truce", "x")).hasSize(1);
    assertThat(match("headline:truce", "x", "truce")).isEmpty();
    assertThat(match("body:truce AND provider:tidewater", "x", "truce")).hasSize(1);
    assertThat(match("subject:20000053", "x", "y")).extracting(Topic::getId).contains("t");
    assertThat(match("entity:Q7747", "x", "y")).extracting(Topic::getId).contains("t");
    assertThat(match("entity:Q774", "x", "y")).extracting(Topic::getId).doesNotContain("t");
  }

  @Test
  void theMoreOftenTheStrongerAndTheHeadlineCountsMore() {
    float once = only(match("truce", "x", "truce")).getStrength();
    float twice = only(match("truce", "x", "truce, truce")).getStrength();
    float headline = only(match("truce", "truce", "x")).getStrength();
    assertThat(once).isPositive().isLessThan(twice);
    assertThat(twice).isLessThan(headline);
    assertThat(headline).isLessThan(1);
  }

  @Test
  void whatStandsInTheLastParagraphsAloneIsNoTopic() {
    String background =
        "The ministers met in Riga to talk of bees. " + "They ate honey. ".repeat(90);
    assertThat(match("truce", "Ministers meet", background + "A truce, the truce, and a truce."))
        .isEmpty();
    assertThat(match("truce", "Ministers meet", "A truce was agreed in Riga, the ministers said."))
        .hasSize(1);
    assertThat(match("truce", "Truce agreed", background)).hasSize(1);
  }

  @Test
  void aMentionThatSetsTheSceneCountsHalf() {
    String body =
        "Nine were killed in the north on Monday, the army said, despite the truce there.";
    assertThat(match("truce", "Nine killed", body)).isEmpty();
    assertThat(match("truce", "Nine killed", body + " The truce had held. The truce is over."))
        .hasSize(1);
  }

  @Test
  void theFirstSentenceStandsForAHeadlineThatIsMissing() {
    Topic topic = only(match("headline:truce", "", "They agreed a truce in Riga. It will last."));
    assertThat(topic.getEvidence())
        .extracting(Mention::getField, Mention::getStart, Mention::getText)
        .containsExactly(tuple(TextField.BODY, 14, "truce"));
    assertThat(
            match(
                "headline:truce", "", "The two sides met for a whole week in Riga. A truce came."))
        .isEmpty();
  }

  @Test
  void whatBelongsToTheSiteIsNoText() {
    assertThat(match("truce", "Bees", "Sign up for our newsletter on the truce. Bees fly."))
        .isEmpty();
    assertThat(match("truce", "Bees", "Bees fly.\nRead more: truce agreed\nBees sleep.")).isEmpty();
  }

  @Test
  void aProvidersOwnCodeIsATagMarkedAsTheProviders() {
    List<Topic> topics = topics("nothing", "x", "y");
    assertThat(topics).hasSize(1);
    assertThat(topics.get(0).getId()).isEqualTo("medtop:20000053");
    assertThat(topics.get(0).getOrigin()).isEqualTo(TopicOrigin.PROVIDER);
    assertThat(topics.get(0).getLabel()).isEqualTo("peace process");
  }

  @Test
  void rulesForAnotherLanguageAreLeftOut() {
    String yaml =
        "topics: [{id: t, language: de, queries: [waffenruhe]}, {id: u, queries: [waffenruhe]}]";
    try (TopicMatcher matcher = new TopicMatcher(Taxonomy.of(yaml).rules())) {
      Article article = article("x", "Die Waffenruhe hält");
      assertThat(matcher.match(article, Optional.of("de"), List.of(), Deadline.NONE))
          .extracting(Topic::getId)
          .containsExactly("medtop:20000053", "t", "u");
      assertThat(matcher.match(article, Optional.of("en"), List.of(), Deadline.NONE))
          .extracting(Topic::getId)
          .containsExactly("medtop:20000053", "u");
      assertThat(matcher.match(article, Optional.empty(), List.of(), Deadline.NONE)).hasSize(3);
    }
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private static Topic only(List<Topic> topics) {
    assertThat(topics).hasSize(1);
    return topics.get(0);
  }

  /** What the rule with this query gives, apart from the provider's own tags. */
  private static List<Topic> match(String query, String headline, String body) {
    return topics(query, headline, body).stream()
        .filter(topic -> topic.getOrigin() == TopicOrigin.RULE)
        .toList();
  }

  private static List<Topic> topics(String query, String headline, String body) {
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
    try (TopicMatcher matcher = new TopicMatcher(List.of(rule))) {
      Entity putin =
          Entity.newBuilder()
              .setKind(EntityKind.PERSON)
              .setName("Vladimir Putin")
              .setWikidataId("Q7747")
              .setMentions(List.of(new Mention(TextField.BODY, 0, 5, "Putin")))
              .build();
      return matcher.match(
          article(headline, body), Optional.of("en"), List.of(putin), Deadline.NONE);
    }
  }

  private static Article article(String headline, String body) {
    return Article.newBuilder()
        .setId("tidewater/1")
        .setProvider("tidewater")
        .setItemId("1")
        .setFeed("tidewater")
        .setRevision(Revision.newBuilder().setReceivedAt(Instant.EPOCH).setContentHash("").build())
        .setPublished(Instant.EPOCH)
        .setStatus(Status.USABLE)
        .setSubjects(
            List.of(
                Subject.newBuilder().setMediaTopic("20000053").setName("peace process").build()))
        .setHeadline(headline)
        .setBody(body)
        .build();
  }
}
