// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.enrich.text.Deadline;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the bundled knowledge base knows, and what comes of it. */
class KnowledgeBaseTest {

  private static final KnowledgeBase BASE = KnowledgeBase.bundled();
  private static final EntityAnnotator ANNOTATOR =
      new EntityAnnotator(BASE, CrfRecognizer.bundled());

  @Test
  void itKnowsTheWorldAndIsSmall() throws IOException {
    assertThat(BASE.size()).isGreaterThan(90_000);
    try (InputStream in = KnowledgeBase.class.getResourceAsStream("knowledge-base.bin")) {
      assertThat(in.readAllBytes().length).isLessThan(15_000_000);
    }
  }

  @Test
  void idsThatWereWrongAreRight() {
    assertThat(idOf("Varna")).contains("Q6506");
    assertThat(idOf("Antalya")).contains("Q6487");
    assertThat(idOf("Mario Draghi")).contains("Q294460");
    assertThat(idOf("Belgorod")).contains("Q3323");
  }

  @Test
  void anEntityIsFoundByItsId() {
    for (String id : List.of("Q7747", "Q212", "Q42308", "Q1065")) {
      assertThat(BASE.withId(id)).as(id).isPresent();
    }
    assertThat(BASE.withId("Q1")).isEmpty();
  }

  @Test
  void aTownLiesInItsCountry() {
    Entity town =
        entity("Russian drones struck Kupiansk in Ukraine overnight, officials said.", "Kupiansk");
    assertThat(town.getCountry()).isEqualTo("UA");
    assertThat(town.getCountryId()).isEqualTo("Q212");
  }

  @Test
  void titlesAreNoPartOfAName() {
    List<Entity> entities =
        ANNOTATOR.annotate("", "Lt. Gen. Anna Kowalczyk spoke. Mr Tom Harris agreed with her.");
    assertThat(entities).extracting(Entity::getName).contains("Anna Kowalczyk", "Tom Harris");
  }

  @Test
  void aTeamIsNeverItsCountry() {
    List<Entity> entities =
        ANNOTATOR.annotate(
            "", "In association football, Portugal defeats Spain 5-3 in the final in Munich.");
    assertThat(entities).extracting(Entity::getWikidataId).doesNotContain("Q29", "Q45");
  }

  @Test
  void theBranchOfAnOrganisationIsNotTheWhole() {
    assertThat(
            ANNOTATOR.annotate(
                "", "Puntland forces killed 12 fighters of Islamic State – Somalia on Friday."))
        .extracting(Entity::getWikidataId)
        .doesNotContain("Q2429253");
  }

  @Test
  void anotherLanguageNamesWhatIsKnownByItsOwnNames() {
    assertThat(foreign("Les négociations en Allemagne avec Emmanuel Macron", "fr"))
        .contains("Q183", "Q3052772");
    assertThat(foreign("Встреча в Москва и Украина", "ru")).contains("Q212");
    assertThat(foreign("中国和俄罗斯", "zh")).contains("Q148", "Q159");
    assertThat(foreign("La nuit tombe sur la ville.", "fr")).isEmpty();
  }

  private static List<String> foreign(String text, String language) {
    return ANNOTATOR.annotateForeign("", text, language, Deadline.NONE).stream()
        .map(Entity::getWikidataId)
        .toList();
  }

  private static Optional<String> idOf(String name) {
    return BASE.named(name).get(0).wikidataId();
  }

  private static Entity entity(String text, String name) {
    return ANNOTATOR.annotate("", text).stream()
        .filter(one -> one.getKind() == EntityKind.PLACE)
        .filter(one -> one.getMentions().get(0).getText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
