// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.enrich.rules.Fault;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EntityListTest {

  private static final String LIST =
      """
      entities:
        - name: Jordan Timber
          aliases: [Jordan, the sawmill of Quay Street]
          kind: organisation
        - {name: Ukrainian Republic, aliases: [Ukrainian side], id: Q212, kind: place}
        - {name: Anna Ola, kind: person}
      """;

  private static final EntityAnnotator ANNOTATOR =
      new EntityAnnotator(KnowledgeBase.bundled(), CrfRecognizer.bundled())
          .with(EntityList.of(LIST));

  @Test
  void theUsersEntitiesAreFoundByEveryNameWhereverTheyStand() {
    Entity timber =
        entity(
            ANNOTATOR.annotate(
                "JORDAN TIMBER TO CLOSE",
                "Workers of the sawmill of Quay Street heard it on Monday. Jordan said no more."),
            "Jordan Timber");

    assertThat(timber.getKind()).isEqualTo(EntityKind.ORGANISATION);
    assertThat(timber.getWikidataId()).isNull();
    assertThat(timber.getMentions())
        .extracting(Mention::getText)
        .containsExactly("JORDAN TIMBER", "the sawmill of Quay Street", "Jordan");
  }

  @Test
  void oneWithTheIdOfAKnownEntityTakesItsPlaceAndKeepsItsNamesAndCoordinates() {
    List<Entity> entities =
        ANNOTATOR.annotate("", "Ukraine said so in Kyiv. The Ukrainian side is at war, it said.");

    Entity ukraine = entity(entities, "Ukrainian Republic");
    assertThat(ukraine.getWikidataId()).isEqualTo("Q212");
    assertThat(ukraine.getLatitude()).isNotNull();
    assertThat(ukraine.getMentions())
        .extracting(Mention::getText)
        .containsExactly("Ukraine", "Ukrainian side");
  }

  @Test
  void aLongerNameAroundAListedOneIsLeftAsItIs() {
    assertThat(ANNOTATOR.annotate("", "Prime Minister Anna Ola Bergman resigned on Friday."))
        .extracting(Entity::getName)
        .contains("Anna Ola Bergman")
        .doesNotContain("Anna Ola");
  }

  @Test
  void whatIsWrongIsSaidAndTheOthersAreUsed() {
    assertThat(faultOf("{name: Oslo, kind: place, country: NO}"))
        .isEqualTo("Oslo: 'country' is 'false' to YAML, which is no text; quote it");
    assertThat(faultOf("{name: Oslo, kind: city}"))
        .isEqualTo("Oslo: the kind 'city' is none of person, organisation, place");
    assertThat(faultOf("{name: Oslo}")).isEqualTo("Oslo: it has no kind");
    assertThat(faultOf("{kind: place}")).isEqualTo("entity 1: it has no name");
    assertThat(faultOf("{name: Oslo, kind: place, country: ZZ}")).contains("'ZZ' is no code");
    assertThat(faultOf("{name: Oslo, kind: place, latitude: 60}")).contains("go together");
    assertThat(faultOf("{name: Oslo, kind: place, latitude: 91, longitude: 1}"))
        .contains("'latitude' is 91.0, not from -90.0 to 90.0");
    assertThat(faultOf("{name: Ola, kind: person, country: SE}")).contains("for places alone");
    assertThat(faultOf("{name: Ola, kind: person, id: P31}")).contains("no Wikidata id");
    assertThat(faultOf("{name: Ola, kind: person, alias: O}")).contains("'alias' is none of");
    assertThat(faultOf("{name: Ola, kind: person, aliases: [O]}")).contains("less than two");
    assertThat(EntityList.of(LIST + "  - {name: Anna Ola, kind: person}"))
        .satisfies(list -> assertThat(list.entities()).hasSize(3))
        .satisfies(
            list ->
                assertThat(list.faults())
                    .extracting(Fault::reason)
                    .containsExactly("another entity has the same name"));
  }

  @Test
  void aFileWithAFaultGetsOneLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("entities.yaml"), "entities: [{name: Oslo}]");
    assertThatThrownBy(() -> EntityList.ofFile("--entities", file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--entities: the entities '" + file + "' can't be used: Oslo (line 1): it has no kind");
  }

  private static Entity entity(List<Entity> entities, String name) {
    return entities.stream()
        .filter(entity -> entity.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + entities));
  }

  private static String faultOf(String entity) {
    Fault fault = EntityList.of("entities: [" + entity + "]").faults().get(0);
    return fault.where() + ": " + fault.reason();
  }
}
