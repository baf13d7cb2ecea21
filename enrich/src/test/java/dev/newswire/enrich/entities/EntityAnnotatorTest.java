// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.enrich.text.Deadline;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TopicMatcher;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.TextField;
import dev.newswire.schemas.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EntityAnnotatorTest {

  private static final EntityAnnotator ANNOTATOR =
      new EntityAnnotator(KnowledgeBase.bundled(), CrfRecognizer.bundled());

  private static final String HEADLINE = "Kremlin says no truce agreed as Putin waits on Trump";

  private static final String BODY =
      """
      KYIV, March 31 (Tidewater) - Russian President Vladimir Putin is still open to a truce in
      Ukraine, Kremlin spokesman Dmitry Peskov said on Monday, after U.S. President Donald Trump
      told NBC News that he was "very angry".

      Truce talks would go on, Peskov said. Trump's envoy and Volodymyr Zelensky's office argued
      over a natural resources deal. Secretary of State Marco Rubio said in Washington, D.C. that
      the United States wanted peace in the Black Sea.

      Overnight, drones struck Kupyansk and Kharkiv, Zelensky said. Russia denied it.
      Monday was quiet elsewhere.
      """;

  @Test
  void theArticleOfATruceNamesItsPeopleAndPlaces() {
    List<Entity> entities = ANNOTATOR.annotate(HEADLINE, BODY);

    assertThat(names(entities, EntityKind.PERSON))
        .contains(
            "Vladimir Putin", "Dmitry Peskov", "Donald Trump", "Volodymyr Zelensky", "Marco Rubio")
        .doesNotContain("Truce", "Monday");
    assertThat(entities)
        .filteredOn(entity -> entity.getKind() == EntityKind.PLACE)
        .filteredOn(entity -> entity.getLatitude() != null && entity.getLongitude() != null)
        .extracting(Entity::getName, Entity::getWikidataId)
        .contains(
            tuple("Kremlin", "Q133274"),
            tuple("Kharkiv", "Q42308"),
            tuple("Black Sea", "Q166"),
            tuple("Washington, D.C.", "Q61"),
            tuple("Ukraine", "Q212"),
            tuple("Russia", "Q159"),
            tuple("United States", "Q30"))
        .extracting(tuple -> tuple.toList().get(0))
        .contains("Kupyansk");
    assertThat(names(entities, EntityKind.ORGANISATION)).contains("NBC News");
    assertThat(entities)
        .extracting(Entity::getName)
        .doesNotContain("Truce", "Monday", "Overnight", "Reuter");
    assertThat(entities)
        .extracting(Entity::getWikidataId)
        .contains("Q7747", "Q22686", "Q3874799", "Q324546");
  }

  @Test
  void theArticleOfATruceIsTaggedWithTheWordsThatEarnedIt() {
    Article article =
        Article.newBuilder()
            .setId("tidewater/1")
            .setProvider("tidewater")
            .setItemId("1")
            .setFeed("tidewater-world")
            .setRevision(
                Revision.newBuilder().setReceivedAt(Instant.EPOCH).setContentHash("").build())
            .setPublished(Instant.EPOCH)
            .setStatus(Status.USABLE)
            .setHeadline(HEADLINE)
            .setBody(BODY)
            .build();

    try (TopicMatcher matcher = new TopicMatcher(Taxonomy.bundled().rules())) {
      Map<String, Set<String>> evidence =
          matcher.match(article, Optional.of("en"), List.of(), Deadline.NONE).stream()
              .collect(
                  Collectors.toMap(
                      Topic::getId,
                      topic ->
                          topic.getEvidence().stream()
                              .map(Mention::getText)
                              .collect(Collectors.toSet())));

      assertThat(evidence).containsKeys("ceasefire", "minerals-deal");
      assertThat(evidence.get("ceasefire")).contains("truce", "Truce");
      assertThat(String.join(" ", evidence.get("minerals-deal"))).contains("natural resources");
    }
  }

  @Test
  void namesOfMediaAndBodiesAreOrganisations() {
    List<Entity> entities =
        ANNOTATOR.annotate(
            "Leaders gather for Asia-Pacific Economic Cooperation",
            "Al Jazeera said on Monday the Asia-Pacific Economic Cooperation forum had begun.\n Reuter\n");

    assertThat(names(entities, EntityKind.ORGANISATION))
        .contains("Al Jazeera", "Asia-Pacific Economic Cooperation");
    assertThat(names(entities, EntityKind.PERSON)).isEmpty();
    assertThat(names(entities, EntityKind.PLACE)).isEmpty();
  }

  @Test
  void aFamilyNameBelongsToThePersonNamedInFull() {
    List<Entity> entities =
        ANNOTATOR.annotate("", "Anna Kowalczyk won. Her rival said Kowalczyk had earned it.");

    assertThat(entities)
        .filteredOn(entity -> entity.getKind() == EntityKind.PERSON)
        .singleElement()
        .satisfies(
            person -> {
              assertThat(person.getName()).isEqualTo("Anna Kowalczyk");
              assertThat(person.getMentions()).hasSize(2);
            });
  }

  @Test
  void possessivesAndTitlesAreNotPartOfANameAndOffsetsAreInCodePoints() {
    List<Entity> entities =
        ANNOTATOR.annotate("", "🙂 Yesterday President Emmanuel Macron's wife spoke.");

    assertThat(entities.get(0).getMentions())
        .containsExactly(new Mention(TextField.BODY, 22, 37, "Emmanuel Macron"));
  }

  @Test
  void aTextWithoutNamesHasNoEntities() {
    assertThat(ANNOTATOR.annotate("", "it rained all day.")).isEmpty();
    assertThat(ANNOTATOR.annotate("", "")).isEmpty();
  }

  @Test
  void aShortNameMeansThePlaceThatTheArticleNamesInFull() {
    assertThat(
            idsOf(
                "Washington", "He spoke in Washington D.C. today. Officials in Washington agreed."))
        .containsExactly("Q61");
    assertThat(
            idsOf(
                "Washington",
                "WASHINGTON, D.C., May 2 - Talks began. Officials in Washington agreed."))
        .containsExactly("Q61");
    assertThat(idsOf("New York", "The mayor of New York City spoke. Officials in New York agreed."))
        .containsExactly("Q60");
    assertThat(idsOf("Georgia", "Lawyers of the state of Georgia spoke. Voters in Georgia agreed."))
        .containsExactly("Q1428");
  }

  @Test
  void aShortNameOfTwoPlacesThatTheArticleNamesInFullIsNotLinked() {
    assertThat(
            idsOf(
                "Washington",
                "He spoke in Washington D.C. today. Farmers in Washington state were angry. Officials"
                    + " in Washington agreed."))
        .containsExactly((String) null);
  }

  @Test
  void aPlaceNamedInFullForABetterKnownOneOfItsNameIsNoProofThatTheShortNameMeansIt() {
    assertThat(
            idsOf(
                "Washington", "Farmers in Washington state spoke. Officials in Washington agreed."))
        .doesNotContain("Q1223");
    assertThat(
            idsOf(
                "Washington",
                "Farmers in Washington state spoke near Spokane. Officials in Washington agreed."))
        .containsExactly("Q1223");
  }

  @Test
  void aLongerNameOfSomethingElseSaysNothingOfAPlace() {
    assertThat(idsOf("Georgia", "Georgia Tech won the prize. Voters in Georgia agreed."))
        .containsExactly((String) null);
  }

  @Test
  void aTownNamedInFullIsNotTheRegionOfItsName() {
    assertThat(idsOf("Gaza", "Strikes hit Gaza City today. Aid reached Gaza from the sea."))
        .containsExactly("Q39760");
    assertThat(idsOf("Quebec", "In Quebec City the premier of Quebec spoke today."))
        .containsExactly("Q176");
  }

  @Test
  void whatTheArticleTellsOfAnotherPlaceWeighsMoreThanALongerName() {
    assertThat(
            idsOf(
                "Washington",
                "He spoke in Washington D.C. today. Boeing, of Seattle and Tacoma, employs thousands"
                    + " in Washington, officials said."))
        .containsExactly("Q1223");
  }

  /** What mentions of exactly this name in a text are linked to. */
  private static List<String> idsOf(String name, String text) {
    return ANNOTATOR.annotate("", text).stream()
        .filter(one -> one.getMentions().stream().anyMatch(m -> m.getText().equals(name)))
        .map(Entity::getWikidataId)
        .toList();
  }

  private static List<String> names(List<Entity> entities, EntityKind kind) {
    return entities.stream()
        .filter(entity -> entity.getKind() == kind)
        .map(Entity::getName)
        .toList();
  }
}
