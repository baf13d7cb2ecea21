// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.TextField;
import java.util.List;
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

      Overnight, drones struck Kupyansk and Kharkiv, Zelensky said. Putin's forces denied it.
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
        .extracting(Entity::getName)
        .contains(
            "NBC News", "Kharkiv", "Black Sea", "Ukraine", "United States", "Washington, D.C.")
        .anyMatch(name -> name.startsWith("Kup"))
        .doesNotContain("Truce", "Monday", "Overnight");
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

  private static List<String> names(List<Entity> entities, EntityKind kind) {
    return entities.stream()
        .filter(entity -> entity.getKind() == kind)
        .map(Entity::getName)
        .toList();
  }
}
